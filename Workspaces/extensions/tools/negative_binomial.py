#!/usr/bin/env python3
"""Negative binomial regression of events on the events of the periods before: a plugin for casus.

`negative_binomial.py describe` says what it is, `negative_binomial.py run` does the work. Needs statsmodels and pandas.
"""
import json
import sys


def column(name, kind, meaning, unit=None):
    return {"name": name, "kind": kind, "meaning": meaning, "unit": unit}


DESCRIPTION = {
    "type": "describe",
    "protocol": 1,
    "id": "negative-binomial",
    "kind": "analyzer",
    "name": "Negative binomial regression",
    "summary": "Regresses the events of a unit and period on those of the periods before, from a panel.",
    "version": "1.0",
    "behaviour": 1,
    "deterministic": True,
    "citation": "Cameron, A. C. and Trivedi, P. K. (2013). Regression Analysis of Count Data, 2nd edition, chapter 3. "
    "Fitted by statsmodels (Seabold and Perktold 2010).",
    "requires": {"tables": [{"plugin": "panel", "table": "panel"}]},
    "outputs": [
        {
            "name": "coefficients",
            "summary": "A row is a term of the model.",
            "keys": ["term"],
            "columns": [
                column("term", "text", "intercept, or log(1 + outcome) so many periods before"),
                column("estimate", "real", "coefficient on the log of the expected outcome"),
                column("std_error", "real", "standard error, clustered by unit"),
                column("z", "real", "estimate divided by its standard error"),
                column("p_value", "real", "two-sided, from the normal distribution", "probability"),
                column("low", "real", "lower end of the interval"),
                column("high", "real", "upper end of the interval"),
            ],
        },
        {
            "name": "diagnostics",
            "summary": "A row is a number that says how the model fits.",
            "keys": ["statistic"],
            "columns": [
                column("statistic", "text", "name of the number"),
                column("value", "real", "its value"),
                column("meaning", "text", "what it says"),
            ],
        },
    ],
    "parameters": {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "outcome": {
                "enum": ["events", "incidents", "material_conflict", "verbal_conflict"],
                "default": "events",
                "description": "Which column of the panel is explained.",
            },
            "lags": {
                "type": "integer", "minimum": 1, "maximum": 12, "default": 2,
                "description": "How many periods before are looked at.",
            },
            "confidence": {
                "type": "number", "minimum": 0.5, "maximum": 0.999, "default": 0.95,
                "description": "Confidence of the intervals.",
            },
            "min_rows": {
                "type": "integer", "minimum": 30, "default": 100,
                "description": "Fits nothing with fewer unit-periods than these.",
            },
        },
    },
}


def say(type, **members):
    print(json.dumps({"type": type, **members}, ensure_ascii=False, allow_nan=False), flush=True)


def fail(message, hint=None):
    say("error", message=message, hint=hint)
    sys.exit(1)


def lagged(panel, units, outcome, lags):
    """The rows whose periods before are all in the panel, and how many rows have an outcome at all."""
    import numpy as np

    periods = {period: number for number, period in enumerate(sorted(panel["period"].unique()))}
    panel = panel.assign(place=panel["period"].map(periods)).dropna(subset=[outcome])
    panel = panel.sort_values(units + ["place"], kind="stable")
    groups = panel.groupby(units, sort=False)
    complete = np.ones(len(panel), dtype=bool)
    for lag in range(1, lags + 1):
        # A period that the source does not cover is missing from the panel, and no zero.
        complete &= (panel["place"] - groups["place"].shift(lag) == lag).to_numpy()
        panel[f"lag_{lag:02}"] = np.log1p(groups[outcome].shift(lag))
    return panel[complete], len(panel)


def fit(rows, units, outcome, lags, confidence):
    import numpy as np
    import statsmodels.api as sm
    from scipy import stats

    terms = [f"lag_{lag:02}" for lag in range(1, lags + 1)]
    design = sm.add_constant(rows[terms], has_constant="add").rename(columns={"const": "intercept"})
    clusters = rows.groupby(units, sort=True).ngroup().to_numpy()
    observed = rows[outcome].to_numpy(dtype=float)
    poisson = sm.Poisson(observed, design.to_numpy()).fit(disp=0, maxiter=200)
    start = np.append(poisson.params, 0.5)
    model = sm.NegativeBinomial(observed, design.to_numpy(), loglike_method="nb2")
    found = model.fit(
        start_params=start, method="bfgs", disp=0, maxiter=500, gtol=1e-7,
        cov_type="cluster", cov_kwds={"groups": clusters})
    alpha = float(found.params[-1])
    if not found.mle_retvals["converged"] or not np.isfinite(found.bse).all() or not alpha > 0:
        return None
    width = float(stats.norm.ppf(0.5 + confidence / 2))
    coefficients = []
    for place, term in enumerate(["intercept"] + terms):
        estimate, error = float(found.params[place]), float(found.bse[place])
        z = estimate / error
        coefficients.append(
            [term, estimate, error, z, float(2 * stats.norm.sf(abs(z))), estimate - width * error,
             estimate + width * error])
    expected = found.predict(design.to_numpy())
    variance = expected + alpha * expected**2
    # Twice the gain in log likelihood; half of its distribution lies at zero, the boundary of alpha.
    gain = max(0.0, 2 * (float(found.llf) - float(poisson.llf)))
    diagnostics = [
        ["rows", len(rows), "unit-periods in the model"],
        ["units", int(clusters.max()) + 1, "units, by which standard errors are clustered"],
        ["alpha", alpha, "overdispersion: the variance is mean + alpha mean^2"],
        ["poisson_p_value", float(stats.chi2.sf(gain, 1) / 2), "of the hypothesis that alpha is 0, a Poisson model"],
        ["log_likelihood", float(found.llf), "of the model"],
        ["aic", float(found.aic), "Akaike's criterion"],
        ["pearson_dispersion", float(((observed - expected) ** 2 / variance).sum() / (len(rows) - len(found.params))),
         "near 1 where the variance is as the model has it"],
        ["zeros_observed", float((observed == 0).mean()), "share of unit-periods without any"],
        ["zeros_expected", float(((1 + alpha * expected) ** (-1 / alpha)).mean()), "the same share by the model"],
    ]
    return coefficients, sorted(diagnostics)


def finding(coefficients, diagnostics, outcome, confidence):
    first = next(row for row in coefficients if row[0] == "lag_01")
    numbers = {name: value for name, value, _ in diagnostics}
    ratio, low, high = (2**value for value in (first[1], first[5], first[6]))
    clusters = int(numbers["units"])
    # With few units, errors clustered by unit are too small.
    strength = "weak" if clusters < 30 or low <= 1 <= high else "moderate"
    name = outcome.replace("_", " ")
    many = f"{ratio:.2f} times as many {name} are expected"
    unclear = "; whether more or fewer cannot be told" if low <= 1 <= high else ""
    sentence = (
        f"Where 1 + {name} of the period before is twice as high, {many}{unclear}: {confidence:.0%} interval {low:.2f} to "
        f"{high:.2f}, from {int(numbers['rows']):,} unit-periods of {clusters} units; an association, not a cause.")
    say("finding", sentence=sentence, strength=strength, numbers={
        "ratio": ratio, "low": low, "high": high, "rows": int(numbers["rows"]), "units": clusters}, events=[])


def write(folder, name, header, rows):
    import csv

    with open(f"{folder}/{name}.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows([repr(value) if isinstance(value, float) else value for value in row] for row in rows)
    say("table", name=name, path=f"{name}.csv", rows=len(rows))


def run(request):
    try:
        import pandas
        import statsmodels  # noqa: F401
    except ImportError as error:
        fail(f"needs {error.name}", "pip install statsmodels, and put that python3 first on PATH")
    parameters = request["parameters"]
    outcome, lags = parameters["outcome"], parameters["lags"]
    table = next((table for table in request["inputs"] if table["name"] == "panel"), None)
    if table is None:
        fail("got no panel", "name an analysis by 'panel' in 'from'")
    units = [key for key in table["keys"] if key != "period"]
    panel = pandas.read_csv(
        table["path"], usecols=["period", outcome] + units, keep_default_na=False, na_values={outcome: [""]},
        dtype={name: "string" for name in units})
    say("progress", done=0, total=2, unit="models")
    rows, known = lagged(panel, units, outcome, lags)
    found = None
    if len(rows) < parameters["min_rows"] or rows[outcome].nunique() < 2:
        say("finding", strength="descriptive", numbers={"rows": len(rows)}, events=[], sentence=(
            f"No model is fitted: {len(rows):,} unit-periods have {lags} periods before them in the panel, and "
            f"{parameters['min_rows']:,} that differ are asked for."))
    else:
        found = fit(rows, units, outcome, lags, parameters["confidence"])
        if found is None:
            say("finding", strength="descriptive", numbers={"rows": len(rows)}, events=[], sentence=(
                "No model is shown: the search for the most likely one did not come to an end."))
    coefficients, diagnostics = found or ([], [])
    if found:
        finding(coefficients, diagnostics, outcome, parameters["confidence"])
    say("progress", done=2, total=2, unit="models")
    schema = {output["name"]: [column["name"] for column in output["columns"]] for output in DESCRIPTION["outputs"]}
    write(request["output"], "coefficients", schema["coefficients"], coefficients)
    write(request["output"], "diagnostics", schema["diagnostics"], diagnostics)
    say("done")


if __name__ == "__main__":
    if sys.argv[1:] == ["describe"]:
        print(json.dumps(DESCRIPTION))
    elif sys.argv[1:] == ["run"]:
        run(json.loads(sys.stdin.readline()))
    else:
        sys.exit("usage: negative_binomial.py describe|run")
