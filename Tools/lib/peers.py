"""The same panel by other programs: python peers.py polars|duckdb|pandas EVENTS.csv PANEL.csv

From a CSV of events to a CSV with a row for each month and directed dyad. Each peer does it the way its manual says is
fastest, and leaves its rows in the order it likes. Sums of the Goldstein score are rounded as the score has one decimal.
"""
import sys

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


if __name__ == "__main__":
    name, events, panel = sys.argv[1:]
    {"polars": polars_panel, "duckdb": duckdb_panel, "pandas": pandas_panel}[name](events, panel)
