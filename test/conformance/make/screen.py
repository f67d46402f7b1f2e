"""Screens pair by pair: python screen.py writes answers/screen.json. Each pair is regressed in fractions and tested in
exact arithmetic, as in engle-granger.py; p-values are adjusted by multipletests of statsmodels, correlations are
square roots of fractions. coint and corrcoef run on the same series.
"""

import warnings
from fractions import Fraction
from itertools import combinations

import mpmath
import numpy as np
import statsmodels
from statsmodels.stats.multitest import multipletests
from statsmodels.tsa.stattools import coint

from exact_series import integers, mixed, powers, real, regress, tau, write
from mackinnon import p_value, probability
from recipes import RECIPE

MIX = "each column is shift + weight * source + weight * source + ..., from left to right, in doubles"


def correlation(a, b):
    n = len(a)

    def about(u, v):
        return n * int(u @ v) - int(u.sum()) * int(v.sum())

    squares = about(a, a) * about(b, b)
    return "NaN" if squares == 0 else float(mpmath.mpf(about(a, b)) / mpmath.sqrt(mpmath.mpf(squares)))


def half_life(u):
    level, change = u[:-1], u[1:] - u[:-1]
    n = len(level)
    covariance = n * int(level @ change) - int(level.sum()) * int(change.sum())
    pull = Fraction(covariance, n * int(level @ level) - int(level.sum()) ** 2)
    if pull >= 0:
        return "Infinity"
    return float(-mpmath.log(2) / mpmath.log1p(real(pull))) if pull > -1 else 0.0


def pair(y_column, x_column, lags):
    (y, y_scale), (x, x_scale) = integers(y_column), integers(x_column)
    beta, u, _ = regress([x, *powers(len(y), 1)], y)
    chosen, _, t = tau(u, lags)
    return {
        "ratio": float(real(beta[0] * x_scale / y_scale)),
        "correlation": correlation(y, x),
        "changeCorrelation": correlation(y[1:] - y[:-1], x[1:] - x[:-1]),
        "statistic": float(t),
        "pValue": p_value(float(t), probability("constant")[1]),
        "halfLife": half_life(u),
        "lags": chosen,
    }


def row(name, length, sources, mix, shift, lags, both=False):
    columns = mixed(length, sources, mix, shift)
    order = list(combinations(range(len(columns)), 2))
    order += [(j, i) for i, j in order] if both else []
    pairs = [{"y": i, "x": j, **pair(columns[i], columns[j], lags)} for i, j in order]
    adjusted = multipletests([p["pValue"] for p in pairs], method="fdr_bh")[1]
    for p, q in zip(pairs, adjusted):
        p["adjustedPValue"] = float(q)
    worst = {"tau": 0.0, "correlation": 0.0}
    related = np.corrcoef(np.array(columns))
    for p in pairs:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            rule = isinstance(lags, str)
            theirs = coint(np.array(columns[p["y"]]), np.array(columns[p["x"]]), trend="c",
                           maxlag=None if rule else lags, autolag=lags if rule else None)
        worst["tau"] = max(worst["tau"], abs(float(theirs[0]) / p["statistic"] - 1))
        worst["correlation"] = max(worst["correlation"], abs(related[p["y"], p["x"]] - p["correlation"]))
    out = {"name": f"{name}: {len(columns)} series, {length} observations, {lags} lags",
           "input": {"length": length, "sources": sources, "mix": mix, "shift": shift, "lags": lags, "both": both},
           "expected": {"pairs": pairs}, "tolerance": 1e-9}
    wrong = [f"{key} off by {value:.1g}" for key, value in worst.items() if value > 1e-9]
    if wrong:
        out["note"] = "coint and corrcoef: " + ", ".join(wrong)
    return out


def walks(count, seed):
    """Walks of their own, each but the first with a share of the first."""
    sources = [["walk", seed + j] for j in range(count)]
    mix = [[(0.5 * j if i == 0 and j > 0 else 0) + (1 if i == j else 0) for i in range(count)] for j in range(count)]
    return sources, mix


def answers():
    rows = []
    for k, (count, length, lags) in enumerate([(8, 40, 1), (6, 250, 0), (10, 300, 1), (5, 120, 3), (9, 260, "aic"),
                                               (6, 200, "bic"), (9, 500, 1)]):
        sources, mix = walks(count, 100 * k + 1)
        rows.append(row("walks", length, sources, mix, [50 + j for j in range(count)], lags, k % 2 == 1))
    held = [["walk", 901], ["near-unit-root", 902], ["white-noise", 903], ["walk", 904]]
    together = [[1, 0, 0, 0], [2, 1, 0, 0], [0.5, 0, 1, 0], [0, 0, 0, 1], [1, 0, 0, 1]]
    # More than twice twenty rows: a screen computes its first twenty another way.
    together += [[0.5 * k, 0.25 * k, 1 if k % 2 else 0.5, 0.125] for k in range(1, 5)]
    shift = [20 + 10 * j for j in range(len(together))]
    for length, lags in [(250, 1), (600, 1), (250, "aic")]:
        rows.append(row("held together", length, held, together, shift, lags, lags == 1))
    rows.append(row("a billion", 250, held, together, [1e9] * len(together), 1, True))
    near = [[1, 0, 0, 0], [1, 0, 1e-2, 0], [1, 0, 1e-4, 0], [2, 0, 1e-7, 0]]
    rows.append(row("near copies", 250, held, near, [10, 20, 30, 40], 1))
    grid = [["grid", 911], ["grid", 912], ["illiquid", 913], ["drift", 914], ["outliers", 915]]
    apart = [[1 if i == j else 0 for i in range(5)] for j in range(5)]
    rows.append(row("ticks, halts, drift and bad prints", 300, grid, apart, [0] * 5, 1))
    rows.append(row("ticks, halts, drift and bad prints", 300, grid, apart, [0] * 5, "aic"))
    return rows


if __name__ == "__main__":
    write("screen", {
        "about": "all pairs: ratio, correlations, Engle-Granger, Benjamini-Hochberg, half-life",
        "source": f"exact fractions, mpmath {mpmath.__version__} at 80 digits; fdr_bh of statsmodels {statsmodels.__version__}; compared with its coint and corrcoef of numpy {np.__version__}",
        "made": "test/conformance/make/screen.py",
        "recipe": f"{RECIPE} {MIX}.",
        "rows": answers(),
    })
