"""The same panel by other programs: python peers.py panel|gdelt|ucdp polars|duckdb|pandas EVENTS PANEL.csv

From a file of events to a CSV with a row for each month and directed dyad. Each peer does it the way its manual says is
fastest, and leaves its rows in the order it likes. Sums of the Goldstein score are rounded as the score has one decimal.
"""
import sys

from gdelt import FIELDS

# Quad classes by the first two digits of a CAMEO code, as in GDELT: 01-05, 06-09, 10-14, 15-20.
QUADS = {
    "verbal_cooperation": ("01", "06"),
    "material_cooperation": ("06", "10"),
    "verbal_conflict": ("10", "15"),
    "material_conflict": ("15", "21"),
}
READ = ["date_start", "actor1", "actor2", "code", "goldstein", "fatalities_best"]


def polars_panel(events, panel):
    import polars as pl

    code = pl.col("code")
    (
        pl.scan_csv(events, schema_overrides={"code": pl.String, "date_start": pl.Date, "fatalities_best": pl.Int32})
        .group_by(pl.col("date_start").dt.truncate("1mo").alias("period"), "actor1", "actor2")
        .agg(
            pl.len().alias("events"),
            pl.col("fatalities_best").sum(),
            pl.col("goldstein").sum().round(6).alias("goldstein_sum"),
            pl.col("goldstein").mean().alias("goldstein_mean"),
            *[((code >= low) & (code < high)).sum().alias(name) for name, (low, high) in QUADS.items()],
        )
        .sink_csv(panel)
    )


def duckdb_panel(events, panel):
    import duckdb

    quads = ", ".join(
        f"count(*) FILTER (code >= '{low}' AND code < '{high}') AS {name}" for name, (low, high) in QUADS.items())
    duckdb.sql("SET preserve_insertion_order = false")
    duckdb.sql(f"""
        COPY (
          SELECT date_trunc('month', date_start)::DATE AS period, actor1, actor2, count(*) AS events,
            sum(fatalities_best) AS fatalities_best, round(sum(goldstein), 6) AS goldstein_sum,
            avg(goldstein) AS goldstein_mean, {quads}
          FROM read_csv('{events}', types = {{'code': 'VARCHAR', 'date_start': 'DATE', 'goldstein': 'DOUBLE'}})
          GROUP BY ALL
        ) TO '{panel}' (HEADER)""")


def pandas_panel(events, panel):
    import pandas as pd

    frame = pd.read_csv(events, usecols=READ, dtype={"code": str}, parse_dates=["date_start"], engine="pyarrow")
    frame["period"] = frame["date_start"].to_numpy().astype("datetime64[M]").astype("datetime64[s]")
    for name, (low, high) in QUADS.items():
        frame[name] = (frame["code"] >= low) & (frame["code"] < high)
    aggregates = {
        "events": ("code", "size"),
        "fatalities_best": ("fatalities_best", "sum"),
        "goldstein_sum": ("goldstein", "sum"),
        "goldstein_mean": ("goldstein", "mean"),
        **{name: (name, "sum") for name in QUADS},
    }
    frame.groupby(["period", "actor1", "actor2"], sort=False).agg(**aggregates).round({"goldstein_sum": 6}).to_csv(panel)


# The columns of GDELT that its panel takes; events without both actors have no dyad.
GDELT = ["Day", "Actor1Code", "Actor2Code", "QuadClass", "GoldsteinScale"]
CLASSES = dict(enumerate(QUADS, start=1))


def polars_gdelt(events, panel):
    import polars as pl

    (
        pl.scan_csv(
            events, separator="\t", quote_char=None, has_header=False, new_columns=FIELDS, infer_schema=False,
            schema_overrides={"Day": pl.Int32, "QuadClass": pl.UInt8, "GoldsteinScale": pl.Float64})
        .filter(pl.col("Actor1Code").is_not_null() & pl.col("Actor2Code").is_not_null())
        .group_by((pl.col("Day") // 100).alias("period"), pl.col("Actor1Code").alias("actor1"),
                  pl.col("Actor2Code").alias("actor2"))
        .agg(
            pl.len().alias("events"),
            pl.col("GoldsteinScale").sum().round(6).alias("goldstein_sum"),
            pl.col("GoldsteinScale").mean().alias("goldstein_mean"),
            *[(pl.col("QuadClass") == value).sum().alias(name) for value, name in CLASSES.items()],
        )
        .sink_csv(panel)
    )


def duckdb_gdelt(events, panel):
    import duckdb

    numbers = {"Day": "INTEGER", "QuadClass": "UTINYINT", "GoldsteinScale": "DOUBLE"}
    columns = ", ".join(f"'{name}': '{numbers.get(name, 'VARCHAR')}'" for name in FIELDS)
    quads = ", ".join(f"count(*) FILTER (QuadClass = {value}) AS {name}" for value, name in CLASSES.items())
    duckdb.sql("SET preserve_insertion_order = false")
    duckdb.sql(f"""
        COPY (
          SELECT Day // 100 AS period, Actor1Code AS actor1, Actor2Code AS actor2, count(*) AS events,
            round(sum(GoldsteinScale), 6) AS goldstein_sum, avg(GoldsteinScale) AS goldstein_mean, {quads}
          FROM read_csv('{events}', delim = '\t', quote = '', header = false, auto_detect = false,
            columns = {{{columns}}})
          WHERE Actor1Code IS NOT NULL AND Actor2Code IS NOT NULL
          GROUP BY ALL
        ) TO '{panel}' (HEADER)""")


def pandas_gdelt(events, panel):
    import pandas as pd
    import pyarrow.csv as arrow

    # pandas' own call of pyarrow cannot turn quoting off.
    table = arrow.read_csv(
        events, read_options=arrow.ReadOptions(column_names=FIELDS),
        parse_options=arrow.ParseOptions(delimiter="\t", quote_char=False),
        convert_options=arrow.ConvertOptions(
            include_columns=GDELT, strings_can_be_null=True,
            column_types={"Day": "int32", "QuadClass": "uint8", "GoldsteinScale": "double", "Actor1Code": "string",
                          "Actor2Code": "string"}))
    frame = table.to_pandas().dropna(subset=["Actor1Code", "Actor2Code"])
    frame = frame.rename(columns={"Actor1Code": "actor1", "Actor2Code": "actor2"})
    frame["period"] = frame["Day"] // 100
    for value, name in CLASSES.items():
        frame[name] = frame["QuadClass"] == value
    aggregates = {
        "events": ("QuadClass", "size"),
        "goldstein_sum": ("GoldsteinScale", "sum"),
        "goldstein_mean": ("GoldsteinScale", "mean"),
        **{name: (name, "sum") for name in QUADS},
    }
    frame.groupby(["period", "actor1", "actor2"], sort=False).agg(**aggregates).round({"goldstein_sum": 6}).to_csv(panel)


def polars_ucdp(events, panel):
    """By dyad, whose first actor is the one whose name comes first; to compare answers, not speed."""
    import polars as pl

    sides = pl.concat_list("side_a", "side_b").list.sort()
    (
        pl.read_csv(events, infer_schema=False)
        # A file from HDX has a row of tags below its header.
        .filter(pl.col("id").is_not_null())
        .group_by(pl.col("date_start").str.slice(0, 7).alias("period"), sides.list.get(0).alias("actor1"),
                  sides.list.get(1).alias("actor2"))
        .agg(pl.len().alias("events"),
             *[pl.col(name).cast(pl.Int64).sum().alias(f"fatalities_{name}") for name in ("low", "best", "high")])
        .write_csv(panel)
    )


if __name__ == "__main__":
    task, peer, events, panel = sys.argv[1:]
    globals()[f"{peer}_{task}"](events, panel)
