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
from scipy import optimize, signal, special, stats
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


def burstiness(gaps):
    """By definition, from numpy's moments: Goh and Barabási 2008; Kim and Jo 2016."""
    n, ratio = len(gaps), np.std(gaps) / np.mean(gaps)
    finite = (math.sqrt(n + 1) * ratio - math.sqrt(n - 1)) / ((math.sqrt(n + 1) - 2) * ratio + math.sqrt(n - 1))
    return [(ratio - 1) / (ratio + 1), finite, np.corrcoef(gaps[:-1], gaps[1:])[0, 1]]


def excitation(counts, segments):
    """Backgrounds, branching, half-life and gain by scipy's general optimizer from several starts."""
    counts, segments = np.array(counts, float), np.array(segments)

    def loss(parameters):
        rho = special.expit(parameters[-1])
        memory = signal.lfilter([0, 1 - rho], [1, -rho], counts)
        rates = np.exp(parameters[:-2])[segments] + math.exp(parameters[-2]) * memory
        return -stats.poisson.logpmf(counts, rates).sum()

    options = {"xatol": 1e-11, "fatol": 1e-13, "maxiter": 40000, "maxfev": 40000}
    fits = [optimize.minimize(loss, [-1.0] * (segments.max() + 1) + [-1.0, start], method="Nelder-Mead", options=options)
            for start in (-1.0, 0.5, 2.0)]
    best = min(fits, key=lambda fit: fit.fun)
    best = optimize.minimize(loss, best.x, method="Nelder-Mead", options=options)
    means = np.array([counts[segments == s].mean() for s in range(segments.max() + 1)])
    quiet = stats.poisson.logpmf(counts, means[segments]).sum()
    rho = special.expit(best.x[-1])
    return list(np.exp(best.x[:-2])) + [math.exp(best.x[-2]), math.log(0.5) / math.log(rho), -best.fun - quiet]


def cheapest_states(counts, levels):
    """Kleinberg's states by visiting every sequence of them."""
    rates = np.mean(counts) * 2.0 ** np.arange(levels + 1)
    costs = -stats.poisson.logpmf(np.array(counts)[:, None], rates)
    best = None
    for path in itertools.product(range(levels + 1), repeat=len(counts)):
        steps = sum(max(0, b - a) for a, b in zip((0,) + path, path)) * math.log(len(counts))
        cost = steps + sum(costs[day, state] for day, state in enumerate(path))
        best = min(best or (math.inf,), (cost, path))
    return list(best[1])


def rook(width, height, kept):
    """Weights of cells that share a side, as a matrix."""
    cells = [(x, y) for y in range(height) for x in range(width) if kept[y * width + x]]
    return np.array([[float(abs(a - c) + abs(b - d) == 1) for c, d in cells] for a, b in cells])


def moran(values, weights):
    """Index and variances by the matrix formulas of Cliff and Ord 1981."""
    values, weights = np.array(values, float), weights / np.maximum(weights.sum(1, keepdims=True), 1)
    n, z = len(values), np.array(values) - np.mean(values)
    s0, s1 = weights.sum(), ((weights + weights.T) ** 2).sum() / 2
    s2 = ((weights.sum(0) + weights.sum(1)) ** 2).sum()
    index = n / s0 * (z @ weights @ z) / (z @ z)
    k = n * (z**4).sum() / (z @ z) ** 2
    normal = (n**2 * s1 - n * s2 + 3 * s0**2) / ((n**2 - 1) * s0**2) - 1 / (n - 1) ** 2
    random = (n * ((n**2 - 3 * n + 3) * s1 - n * s2 + 3 * s0**2)
              - k * ((n**2 - n) * s1 - 2 * n * s2 + 6 * s0**2)) / ((n - 1) * (n - 2) * (n - 3) * s0**2) - 1 / (n - 1) ** 2
    return [index, normal, random]


def gi_star(values, weights):
    values, weights = np.array(values, float), weights + np.eye(len(values))
    n, size = len(values), weights.sum(1)
    return list((weights @ values - size * values.mean()) / (values.std() * np.sqrt((n * size - size**2) / (n - 1))))


def great_circle(one, other):
    """Kilometres by the haversine formula."""
    a, b, c, d = map(math.radians, (*one, *other))
    half = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * 6371.0088 * math.asin(math.sqrt(half))


def knox(places, dates):
    """Pairs by band of space (the very same place, 1, 5, 10 km) and time (2, 7, 14, 28 days), each pair by itself."""
    table = np.zeros((4, 4))
    for (one, day), (other, later) in itertools.combinations(zip(places, dates), 2):
        distance = great_circle(one, other)
        space = 0 if one == other else next((i + 1 for i, most in enumerate((1, 5, 10)) if distance <= most), None)
        time = next((i for i, most in enumerate((2, 7, 14, 28)) if abs(day - later) <= most), None)
        if space is not None and time is not None:
            table[space, time] += 1
    return list(table.ravel())


def forecast(history, exposure, ahead):
    """Farrington's reweighting without trend, in the form of Noufaily et al. 2013, by a loop of statsmodels' fits."""
    history, exposure = np.array(history, float), np.array(exposure, float)
    weights, n = np.ones(len(history)), len(history)
    for _ in range(11):
        fit = sm.GLM(history, np.ones((n, 1)), exposure=exposure, family=sm.families.Poisson(),
                     freq_weights=weights).fit(tol=1e-14)
        mean = fit.fittedvalues
        spread = max(1, (weights * (history - mean) ** 2 / mean).sum() / (weights.sum() - 1))
        hat = weights * mean / (weights * mean).sum()
        residual = 1.5 * (history ** (2 / 3) - mean ** (2 / 3)) / (mean ** (1 / 6) * np.sqrt(spread * (1 - hat)))
        new = np.where(residual > 2.58, np.maximum(residual, 2.58) ** -2.0, 1)
        if _ < 10:
            weights = new * n / new.sum()
    rate = math.exp(fit.params[0])
    expected = rate * ahead
    variance = spread * expected + ahead**2 * spread * rate / (weights * exposure).sum()
    size = expected**2 / (variance - expected)
    law = stats.nbinom(size, size / (size + expected))
    return [expected, variance, law.sf(7), law.sf(14), law.cdf(2), law.ppf(0.975), law.ppf(0.025)]


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
    yield "burstiness", burstiness([1, 1, 2, 1, 30, 1, 2, 45, 1, 1]) + burstiness([x * x for x in draws(43, 60, 9)])
    yield "kolmogorov", [stats.kstwobign.sf(d * (math.sqrt(n) + 0.12 + 0.11 / math.sqrt(n)))
                         for d, n in [(0.05, 400), (0.1, 150), (0.02, 12000)]]
    parents = array(draws(47, 240, 10)) // 8 + (np.arange(240) >= 150) * (array(draws(53, 240, 6)) // 4)
    excited = parents + sum(np.roll(parents, k) * (array(draws(57 + 2 * k, 240, 9)) // 7) for k in range(1, 7))
    yield "excitation", excitation(excited, (np.arange(240) >= 150).astype(int))
    yield "cheapestStates", cheapest_states([0, 0, 0, 2, 9, 8, 3, 0, 0, 0, 1], 2)
    moran_values = [1, 2, 2, 1, 0, 2, 5, 6, 2, 1, 1, 6, 9, 4, 1, 0, 2, 4, 3, 1, 0, 1, 1, 1, 0]
    whole, holed = rook(5, 5, [1] * 25), rook(5, 5, [i % 6 != 1 for i in range(25)])
    holed_values = [x for i, x in enumerate(moran_values) if i % 6 != 1]
    yield "moran", moran(moran_values, whole) + moran(holed_values, holed)
    yield "giStar", gi_star(moran_values, whole) + gi_star(holed_values, holed)
    sites = [(33 + x / 200, 71 + y / 160) for x, y in zip(draws(61, 90, 9), draws(67, 90, 7))]
    yield "knox", knox(sites, draws(71, 90, 120))
    yield "greatCircle", [great_circle((33.6, 73.1), (34.0, 71.5)), great_circle((0, 179.9), (0, -179.9))]
    yield "forecast", forecast(draws(73, 51, 7) + [40], [7.0] * 51 + [6.0], 7)
    yield "effectiveNumber", [math.exp(stats.entropy([5, 3, 1, 1]))]


def main():
    print("/// What Tools/oracles.py computes; written by it, never by hand.\nenum OracleNumbers {")
    print("  static let all: [String: [Double]] = [")
    for name, numbers in oracles():
        print(f'    "{name}": [{", ".join(repr(float(number)) for number in numbers)}],')
    print("  ]\n}")


if __name__ == "__main__":
    main()
