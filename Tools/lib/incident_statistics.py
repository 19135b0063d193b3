"""Tables of incident-statistics by pandas, scipy and statsmodels; called by Tools/benchmark-statistics.

usage: incident_statistics.py EVENTS.csv OUT [GROUPS]

Reads events with canonical names, and computes by month, for all and for the actors of most events, what the tables summary,
trend, dispersion and concentration hold: nothing that they lack, and each number by the library's own function where it has one.
"""
import pathlib
import sys

import numpy as np
import pandas as pd
import pymannkendall
import statsmodels.api as sm
from scipy import stats
from statsmodels.stats import diagnostic, proportion, rates
from statsmodels.tsa.seasonal import STL


def ratio(x1, t1, x2, t2):
    """A rate ratio with its exact conditional interval."""
    if x1 + x2 == 0:
        return np.nan, np.nan, np.nan
    interval = stats.binomtest(x1, x1 + x2, t1 / (t1 + t2)).proportion_ci(method="exact")
    ends = [share / (1 - share) * t2 / t1 if share < 1 else np.nan for share in (interval.low, interval.high)]
    return (x1 / t1 / (x2 / t2) if x2 else np.nan), *ends


def summary(name, months, table):
    rows = []
    for place, (month, own) in enumerate(table.iterrows()):
        days, count = month.days_in_month, int(own.incidents)
        low, high = rates.confint_poisson(count, days, method="exact-c")
        fatal = proportion.proportion_confint(own.fatal, count, method="wilson") if count else (np.nan, np.nan)
        row = [name, month, count, own.low, own.best, own.high, own.fatal, *fatal, count / days * 30, low * 30, high * 30]
        for back in (1, 12):
            if place >= back:
                row += ratio(count, days, int(table.incidents.iloc[place - back]), months[place - back].days_in_month)
        rows.append(row)
    result = pd.DataFrame(rows)
    result["rank"] = result[2].rank(ascending=False, method="min")
    result["mean"] = result[2].rolling(4).mean()
    return result


def trend(name, counts, days):
    time = np.arange(len(counts))
    slope = stats.theilslopes(counts, time)
    box = diagnostic.acorr_ljungbox(counts - slope.slope * time, lags=[min(10, len(counts) // 5)])
    test = pymannkendall.hamed_rao_modification_test if box.lb_pvalue.iloc[0] < 0.05 else pymannkendall.original_test
    found = test(counts)
    fit = sm.NegativeBinomial(counts, sm.add_constant(time / len(counts)), exposure=days).fit(disp=0, maxiter=200)
    return [name, found.s, found.z, found.p, found.Tau, *slope, box.lb_pvalue.iloc[0], *fit.params, *fit.bse]


def dispersion(name, counts, own):
    mean = counts.mean()
    statistic = ((counts - mean) ** 2).sum() / mean
    parts = [name, mean, counts.var(ddof=1), counts.var(ddof=1) / mean, stats.chi2.sf(statistic, len(counts) - 1)]
    parts += list(stats.chisquare(own.date.dt.dayofweek.value_counts()))
    parts += list(stats.chisquare(own.date.dt.month.value_counts()))
    angles = own.date.dt.day_of_year.to_numpy() / 365.25 * 2 * np.pi
    parts.append(stats.directional_stats(np.c_[np.cos(angles), np.sin(angles)]).mean_resultant_length)
    if len(counts) >= 24:
        split = STL(counts, period=12).fit()
        parts.append(max(0, 1 - np.var(split.resid) / np.var(split.seasonal + split.resid)))
        parts += list(stats.friedmanchisquare(*counts[:len(counts) // 12 * 12].reshape(-1, 12).T))
    return parts


def concentration(name, unit, counts):
    values = np.sort(counts.to_numpy())
    shares = values / values.sum()
    gini = 2 * (np.arange(1, len(values) + 1) * values).sum() / (len(values) * values.sum()) - (len(values) + 1) / len(values)
    return [name, unit, len(values), gini, shares[-1], shares[-5:].sum(), shares[-max(1, len(shares) // 10):].sum(),
            (shares**2).sum(), 1 / (shares**2).sum(), *np.cumsum(shares)[:: max(1, len(shares) // 100)]]


def main():
    events = pd.read_csv(sys.argv[1], dtype={"code": str}, low_memory=False)
    groups = int(sys.argv[3]) if len(sys.argv) > 3 else 10
    events["date"] = pd.to_datetime(events.date_start)
    events["month"] = events.date.dt.to_period("M")
    for name in ("low", "best", "high"):
        if f"fatalities_{name}" not in events:
            events[f"fatalities_{name}"] = np.nan
    months = pd.period_range(events.month.min(), events.month.max(), freq="M")
    units = [unit for unit in ("actor1", "actor2", "code", "country", "admin1", "place") if unit in events]
    tables = {"summary": [], "trend": [], "dispersion": [], "concentration": []}
    largest = events.actor1.value_counts().index[:groups]
    for name, own in [("all", events)] + [(actor, events[events.actor1 == actor]) for actor in largest]:
        by_month = own.groupby("month").agg(
            incidents=("date", "size"), low=("fatalities_low", "sum"), best=("fatalities_best", "sum"),
            high=("fatalities_high", "sum"), fatal=("fatalities_best", lambda x: (x > 0).sum()))
        table = by_month.reindex(months, fill_value=0)
        counts = table.incidents.to_numpy(float)
        tables["summary"].append(summary(name, months, table))
        tables["trend"].append(trend(name, counts, months.days_in_month.to_numpy(float)))
        tables["dispersion"].append(dispersion(name, counts, own))
        tables["concentration"] += [concentration(name, unit, own[unit].value_counts()) for unit in units]
    folder = pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    pd.concat(tables.pop("summary")).to_csv(folder / "summary.csv")
    for name, rows in tables.items():
        width = max(len(row) for row in rows)
        pd.DataFrame([[*row, *[np.nan] * (width - len(row))] for row in rows]).to_csv(folder / f"{name}.csv")
    # What must agree with the tables of the program.
    print(pd.read_csv(folder / "trend.csv").iloc[0, 2:6].tolist())


if __name__ == "__main__":
    main()
