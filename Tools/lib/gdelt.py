"""A file in the format of GDELT 2.0 events: python gdelt.py OUT BYTES SEED [DAY.export.CSV.zip]

The rows of a day's file as often as they fit, where one is given; else made-up rows, about as long and as empty as
GDELT's. Tabs, no quotes, no header, 61 fields.
"""
import pathlib
import random
import sys
import zipfile

FIELDS = (
    "GlobalEventID Day MonthYear Year FractionDate"
    " Actor1Code Actor1Name Actor1CountryCode Actor1KnownGroupCode Actor1EthnicCode Actor1Religion1Code"
    " Actor1Religion2Code Actor1Type1Code Actor1Type2Code Actor1Type3Code"
    " Actor2Code Actor2Name Actor2CountryCode Actor2KnownGroupCode Actor2EthnicCode Actor2Religion1Code"
    " Actor2Religion2Code Actor2Type1Code Actor2Type2Code Actor2Type3Code"
    " IsRootEvent EventCode EventBaseCode EventRootCode QuadClass GoldsteinScale NumMentions NumSources NumArticles AvgTone"
    " Actor1Geo_Type Actor1Geo_Fullname Actor1Geo_CountryCode Actor1Geo_ADM1Code Actor1Geo_ADM2Code Actor1Geo_Lat"
    " Actor1Geo_Long Actor1Geo_FeatureID"
    " Actor2Geo_Type Actor2Geo_Fullname Actor2Geo_CountryCode Actor2Geo_ADM1Code Actor2Geo_ADM2Code Actor2Geo_Lat"
    " Actor2Geo_Long Actor2Geo_FeatureID"
    " ActionGeo_Type ActionGeo_Fullname ActionGeo_CountryCode ActionGeo_ADM1Code ActionGeo_ADM2Code ActionGeo_Lat"
    " ActionGeo_Long ActionGeo_FeatureID DATEADDED SOURCEURL").split()


def invented(seed, count=2400):
    """Rows of a day that never was."""
    chance = random.Random(seed)
    names = ["".join(chance.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ", k=3)) for _ in range(120)]
    places = ["".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=chance.randint(4, 12))).title() for _ in range(300)]

    def actor():
        if chance.random() < 0.15:
            return [""] * 10
        code = chance.choice(names) + chance.choice(["", "", "GOV", "MIL", "REB", "CVL"])
        return [code, chance.choice(places).upper(), code[:3], "", "", "", "", code[3:], "", ""]

    def place():
        if chance.random() < 0.1:
            return ["0", "", "", "", "", "", "", ""]
        name, country = chance.choice(places), chance.choice(names)[:2]
        return [
            "4", f"{name}, {chance.choice(places)}, {chance.choice(places)}", country, f"{country}{chance.randint(1, 40):02}",
            str(chance.randint(1000, 99999)), f"{chance.uniform(-60, 70):.4f}", f"{chance.uniform(-170, 170):.3f}",
            str(-chance.randint(100000, 3000000))]

    rows = []
    for number in range(count):
        root = chance.randint(1, 20)
        code = f"{root:02}{chance.randint(0, 5)}"
        day = chance.choice(["20180101", "20180101", "20180101", "20171225", "20171202", "20170101"])
        quad = 1 if root < 6 else 2 if root < 9 else 3 if root < 15 else 4
        rows.append(
            [str(700000000 + number), day, day[:6], day[:4], f"{day[:4]}.{chance.randint(0, 9999):04}"] + actor() + actor()
            + [str(chance.randint(0, 1)), code, code, code[:2], str(quad), f"{chance.randint(-100, 100) / 10}",
               str(chance.randint(1, 40)), "1", str(chance.randint(1, 40)), f"{chance.uniform(-10, 10):.12f}"]
            + place() + place() + place()
            + ["20180101000000", f"https://www.example.org/{chance.choice(places).lower()}/{chance.getrandbits(160):x}"])
    return "".join("\t".join(row) + "\n" for row in rows).encode()


def write(path, size, seed, day=None):
    if day:
        with zipfile.ZipFile(day) as archive:
            rows = archive.read(archive.namelist()[0])
    else:
        rows = invented(seed)
    with open(path, "wb") as file:
        for _ in range(-(-size // len(rows))):
            file.write(rows)


if __name__ == "__main__":
    write(pathlib.Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), *sys.argv[4:5])
