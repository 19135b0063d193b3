#!/usr/bin/env python3
"""Computes by scipy, statsmodels and pymannkendall what the functions of Statistics must give.

usage: python Tools/oracles.py | swift format > Tests/StatisticsTests/OracleNumbers.swift

Tools/check-oracles does so in a virtual environment and asserts that the numbers recorded are these. Data are literal or
come from a generator of a few lines, which Tests/StatisticsTests/OracleTests.swift has too.
"""
import itertools
import math

import numpy as np
import pymannkendall
import statsmodels.api as sm
from scipy import optimize, special, stats
from scipy.stats import contingency
from statsmodels.stats import diagnostic, proportion, rates
from statsmodels.tsa.seasonal import STL
from statsmodels.tsa.stattools import acf

# Disasters in British coal mines, 1851 to 1962 (coal of the R package boot; Jarrett 1979).
COAL = [int(c) for c in (
    "4541043406334026335453144155342522342132211113001011003103220111010100021000110233112111123300014000100000100101")]


def draws(seed, count, limit):
    """Whole numbers below a limit: a linear congruential generator, its upper bits."""
    numbers, state = [], seed
    for _ in range(count):
        state = (state * 1103515245 + 12345) % 2**31
        numbers.append(state // 65536 % limit)
    return numbers


# A rising series with ties, and one with a season; each of 120 months.
RISING = [x + i // 24 for i, x in enumerate(draws(7, 120, 6))]
SEASONAL = [x + 6 * (i % 12 in (5, 6, 7)) + i // 40 for i, x in enumerate(draws(11, 120, 5))]
CLUSTERED = [x * x // 3 for x in draws(3, 120, 9)]
# Fatalities of 400 events: a body and a heavy tail.
SEVERITY = [1 + a % 4 + (1000 // (1 + b) if b < 250 else 0) for a, b in zip(draws(19, 400, 7), draws(23, 400, 1000))]
# Products of four dice, nearly log-normal.
PRODUCTS = [math.prod(x + 1 for x in dice) for dice in zip(*(draws(seed, 400, 6) for seed in (29, 31, 37, 41)))]
TABLE = [[12, 5, 9], [7, 29, 3], [2, 8, 11], [6, 6, 1]]
SMALL = [[3, 0, 2], [1, 4, 0], [2, 1, 3]]
P_VALUES = [0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216]


def bergsma(table):
    """Cramér's V corrected for bias, from scipy's own V: Bergsma 2013."""
    table = np.array(table)
    n, (r, c) = table.sum(), table.shape
    phi2 = contingency.association(table, method="cramer") ** 2 * (min(r, c) - 1)
    corrected = max(0, phi2 - (r - 1) * (c - 1) / (n - 1))
    return math.sqrt(corrected / (min(r - (r - 1) ** 2 / (n - 1), c - (c - 1) ** 2 / (n - 1)) - 1))


def freeman_halton(table):
    """Fisher's exact p-value by visiting every table, each with scipy's probability."""
    table = np.array(table)
    rows, columns = table.sum(1), table.sum(0)
    law = stats.random_table(rows, columns)
    observed, total = law.pmf(table), 0.0
    for cells in itertools.product(*(range(min(r, c) + 1) for r in rows[:-1] for c in columns[:-1])):
        inner = np.array(cells).reshape(len(rows) - 1, len(columns) - 1)
        whole = np.zeros_like(table)
        whole[:-1, :-1] = inner
        whole[:-1, -1] = rows[:-1] - inner.sum(1)
        whole[-1] = columns - whole[:-1].sum(0)
        if (whole >= 0).all():
            probability = law.pmf(whole)
            total += probability if probability <= observed * (1 + 1e-7) else 0
    return total


def negative_binomial(counts, exposure):
    """Coefficients, size, and standard errors where the size is known."""
    time = np.linspace(-1, 1, len(counts))
    design = sm.add_constant(time)
    fit = sm.NegativeBinomial(counts, design, exposure=exposure).fit(disp=0, maxiter=500, method="newton", tol=1e-14)
    alpha = fit.params[-1]
    known = sm.GLM(counts, design, exposure=exposure, family=sm.families.NegativeBinomial(alpha=alpha)).fit(tol=1e-14)
    return list(fit.params[:2]) + [1 / alpha] + list(known.bse)


def poisson(counts):
    design = sm.add_constant(np.linspace(-1, 1, len(counts)))
    fit = sm.GLM(counts, design, family=sm.families.Poisson()).fit(tol=1e-14, scale="X2")
    return list(fit.params) + list(fit.bse) + [fit.scale]


def mann_kendall(series):
    result = pymannkendall.original_test(series)
    return [result.s, result.var_s, result.z, result.Tau, 2 * stats.norm.sf(abs(result.z))]


def hamed_rao(series):
    result = pymannkendall.hamed_rao_modification_test(series)
    return [result.var_s, result.z, 2 * stats.norm.sf(abs(result.z))]


def gini(parts):
    parts = np.array(parts, float)
    return abs(parts[:, None] - parts).sum() / (2 * len(parts) ** 2 * parts.mean())


def season(series):
    result = STL(series, period=12).fit()
    both = result.seasonal + result.resid
    strength = max(0, 1 - np.var(result.resid, ddof=1) / np.var(both, ddof=1))
    return [strength] + list(result.seasonal[[0, 6, 60, 119]]) + list(result.trend[[0, 6, 60, 119]])


def tail(numbers, minimum):
    """Exponent and greatest distance of the power law from a least number on."""
    own = np.array([x for x in numbers if x >= minimum])
    loss = lambda a: len(own) * math.log(special.zeta(a, minimum)) + a * np.log(own).sum()
    exponent = optimize.minimize_scalar(loss, bounds=(1.01, 20), method="bounded", options={"xatol": 1e-12}).x
    every = np.arange(minimum, own.max() + 2)
    expected = special.zeta(exponent, every) / special.zeta(exponent, minimum)
    observed = np.array([(own >= x).mean() for x in every])
    return exponent, abs(expected - observed).max()


def power_law(numbers, fewest):
    fits = [(tail(numbers, x)[1], x) for x in sorted(set(numbers))[:-1] if sum(y >= x for y in numbers) >= fewest]
    minimum = min(fits)[1]
    exponent, distance = tail(numbers, minimum)
    # The information is the second derivative of the logarithm of zeta, here by differences.
    step = 1e-3
    logs = [math.log(special.zeta(exponent + d, minimum)) for d in (-step, 0, step)]
    count = sum(x >= minimum for x in numbers)
    return [minimum, exponent, 1 / math.sqrt(count * (logs[0] - 2 * logs[1] + logs[2]) / step**2), count, distance]


def log_normal(numbers, minimum):
    own = np.array([x for x in numbers if x >= minimum], float)

    def logs(parameters):
        law = stats.norm(parameters[0], math.exp(parameters[1]))
        above = law.sf(np.log(own - 0.5)) - law.sf(np.log(own + 0.5))
        return np.log(above) - law.logsf(math.log(minimum - 0.5))

    best = optimize.minimize(lambda p: -logs(p).sum() if p[0] >= -5 else math.inf, [np.log(own).mean(), 0], method="Nelder-Mead",
                             options={"xatol": 1e-10, "fatol": 1e-12, "maxiter": 9999}).x
    exponent = tail(numbers, minimum)[0]
    difference = -exponent * np.log(own) - math.log(special.zeta(exponent, minimum)) - logs(best)
    z = difference.sum() / (math.sqrt(len(own)) * difference.std())
    return [best[0], math.exp(best[1]), difference.sum(), z, 2 * stats.norm.sf(abs(z))]


def conditional_odds(table):
    result = contingency.odds_ratio(np.array(table), kind="conditional")
    interval = result.confidence_interval(0.95)
    return [result.statistic, interval.low, interval.high]


def oracles():
    array = np.array
    yield "regularizedBeta", [special.betainc(a, b, x) for a, b, x in [(0.5, 3, 0.2), (45, 208, 0.17), (1e4, 2e4, 0.33)]]
    yield "betaQuantile", [special.betaincinv(a, b, p) for a, b, p in [(3, 13, 0.025), (0.7, 9.2, 0.975), (500, 2, 0.5)]]
    yield "regularizedLowerGamma", [special.gammainc(a, x) for a, x in [(0.5, 0.1), (12, 9), (1000, 1010)]]
    yield "regularizedUpperGamma", [special.gammaincc(a, x) for a, x in [(0.5, 8), (12, 30), (1000, 1100)]]
    yield "gammaQuantile", [special.gammaincinv(a, p) for a, p in [(0.3, 0.025), (46, 0.975), (1e4, 0.5)]]
    yield "normalQuantile", list(stats.norm.ppf([1e-12, 0.025, 0.3, 0.5, 0.8, 0.975, 0.999999]))
    yield "normalPValue", list(2 * stats.norm.sf([0, 1, 1.96, 6.275293, 12]))
    yield "chiSquaredPValue", list(stats.chi2.sf([0.1, 3.84, 175.492, 30], [1, 1, 111, 7]))
    yield "studentPValue", list(2 * stats.t.sf([0.5, 2.2, 8], [1, 9, 40.5]))
    yield "wilsonInterval", [e for x, n in [(7, 20), (0, 9), (9, 9), (300, 1000)]
                             for e in proportion.proportion_confint(x, n, method="wilson")]
    yield "binomialInterval", [e for x, n in [(7, 20), (0, 9), (300, 1000)]
                               for e in proportion.proportion_confint(x, n, method="beta")]
    yield "poissonInterval", [e for x in [1, 5, 45, 1000] for e in rates.confint_poisson(x, 1, method="exact-c")]
    yield "temperedInterval", [f * stats.gamma.ppf(p, x / f + a) for x, f in [(3, 1.5), (46, 2), (12, 4), (46, 1)]
                               for p, a in [(0.025, 0), (0.975, 1)]]
    yield "rateRatio", [rates.test_poisson_2indep(x1, t1, x2, t2, method="exact-cond").pvalue
                        for x1, t1, x2, t2 in [(45, 31, 45, 31), (10, 30, 10, 30)]] + [
        min(1, 2 * min(stats.binom.cdf(x1, x1 + x2, t1 / (t1 + t2)), stats.binom.sf(x1 - 1, x1 + x2, t1 / (t1 + t2))))
        for x1, t1, x2, t2 in [(45, 31, 207, 334), (3, 30, 12, 31)]]
    yield "temperedRatio", [e for x1, t1, x2, t2, f in [(45, 31, 207, 334, 2), (3, 30, 12, 31, 3)]
                            for b in [stats.beta.ppf(0.025, x1 / f, x2 / f + 1), stats.beta.ppf(0.975, x1 / f + 1, x2 / f)]
                            for e in [b / (1 - b) * t2 / t1]]
    yield "midPValue", [min(1, 2 * min(stats.binom.cdf(x1, n, s) - stats.binom.pmf(x1, n, s) / 2,
                                       stats.binom.sf(x1 - 1, n, s) - stats.binom.pmf(x1, n, s) / 2))
                        for x1, n, s in [(45, 252, 31 / 365), (3, 15, 30 / 61)]]
    yield "falseDiscoveryRates", list(stats.false_discovery_control(P_VALUES))
    chi2 = stats.chi2_contingency(TABLE, correction=False)
    yield "chiSquared", [chi2.statistic, chi2.pvalue, chi2.dof, chi2.expected_freq.min()]
    yield "cramersV", [bergsma(TABLE), bergsma(SMALL)]
    yield "residuals", list(sm.stats.Table(array(TABLE)).standardized_resids.ravel())
    yield "fisher2x2", [stats.fisher_exact([[12, 5], [7, 29]]).pvalue, stats.fisher_exact([[3, 9], [8, 2]]).pvalue]
    yield "fisherExact", [freeman_halton(SMALL), freeman_halton([[4, 1, 0, 2], [0, 3, 5, 1]])]
    yield "oddsRatio", conditional_odds([[12, 5], [7, 29]]) + conditional_odds([[3, 9], [8, 2]])
    yield "mannKendallCoal", mann_kendall(COAL)
    yield "mannKendallRising", mann_kendall(RISING)
    yield "hamedRaoCoal", hamed_rao(COAL)
    yield "hamedRaoRising", hamed_rao(RISING)
    yield "theilSenCoal", list(stats.theilslopes(COAL, np.arange(len(COAL))))
    uneven = np.cumsum(array(draws(5, 120, 3)) + 1)
    yield "theilSenUneven", list(stats.theilslopes(RISING, uneven))
    yield "averageRanks", list(stats.rankdata(RISING[:12]))
    yield "median", [np.median(RISING), np.median(COAL[:7])]
    yield "autocorrelations", list(acf(RISING, nlags=6, fft=False))
    for name, series in [("Coal", COAL), ("Seasonal", SEASONAL)]:
        box = diagnostic.acorr_ljungbox(series, lags=[5])
        yield "ljungBox" + name, [box.lb_stat.iloc[0], box.lb_pvalue.iloc[0]]
    yield "poissonFit", poisson(array(CLUSTERED))
    yield "negativeBinomialClustered", negative_binomial(array(CLUSTERED), np.ones(120))
    yield "negativeBinomialExposed", negative_binomial(array(CLUSTERED), array(draws(13, 120, 4)) + 28.0)
    mean = np.mean(COAL)
    statistic = sum((array(COAL) - mean) ** 2) / mean
    yield "dispersionCoal", [mean, np.var(COAL, ddof=1), np.var(COAL, ddof=1) / mean, statistic,
                             stats.chi2.sf(statistic, len(COAL) - 1)]
    days, found = array([31.0, 28, 31, 30]), array([40, 22, 31, 37])
    fit = stats.chisquare(found, days * found.sum() / days.sum())
    yield "uniformity", [fit.statistic, fit.pvalue, stats.chi2.sf(fit.statistic / 2, 3)]
    years = array(CLUSTERED).reshape(10, 12)
    ranked = stats.friedmanchisquare(*years.T)
    residual = stats.chi2_contingency(years, correction=False)
    yield "cycle", [ranked.statistic, ranked.pvalue, residual.statistic / residual.dof]
    hours = array(draws(17, 40, 24)) / 24 * 0.5
    angles = 2 * np.pi * hours
    length, count = stats.directional_stats(np.c_[np.cos(angles), np.sin(angles)]).mean_resultant_length, len(hours)
    yield "rayleigh", [length, stats.circmean(angles) / (2 * np.pi), math.exp(
        math.sqrt(1 + 4 * count + 4 * (count**2 - (count * length) ** 2)) - (1 + 2 * count))]
    yield "seasonal", season(array(SEASONAL, float))
    yield "seasonalShort", season(array(CLUSTERED[:31] + SEASONAL[:89], float))
    yield "gini", [gini(COAL), gini([1, 2, 3, 4, 5]), gini([0, 0, 0, 10])]
    shares = np.sort(array(CLUSTERED)) / sum(CLUSTERED)
    yield "concentration", [shares[-1], shares[-5:].sum(), shares[-12:].sum(), (shares**2).sum(), 1 / (shares**2).sum(),
                            shares[:60].sum()]
    yield "hurwitzZeta", [special.zeta(s, q) for s, q in [(2.5, 1), (1.1, 3), (2.38, 12), (7, 250)]]
    yield "powerLaw", power_law(SEVERITY, 50)
    yield "logNormal", log_normal(PRODUCTS, 5)
    yield "effectiveNumber", [math.exp(stats.entropy([5, 3, 1, 1]))]


def main():
    print("/// What Tools/oracles.py computes; written by it, never by hand.\nenum OracleNumbers {")
    print("  static let all: [String: [Double]] = [")
    for name, numbers in oracles():
        print(f'    "{name}": [{", ".join(repr(float(number)) for number in numbers)}],')
    print("  ]\n}")


if __name__ == "__main__":
    main()
