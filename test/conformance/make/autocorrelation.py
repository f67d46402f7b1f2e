"""Autocorrelations in exact fractions, partial ones and p-values at 80 digits. statsmodels is asked beside."""

import json
import warnings
from fractions import Fraction
from pathlib import Path

import mpmath
import numpy as np
import statsmodels
from mpmath import mp, mpf
from statsmodels.stats.diagnostic import acorr_ljungbox
from statsmodels.tsa.stattools import acf, pacf

from recipes import RECIPE, series_of

mp.dps = 80
warnings.simplefilter("ignore")


def exact(value):
    return mpf(value.numerator) / mpf(value.denominator)


def autocorrelations(x, lags):
    n = len(x)
    mean = sum(x) / n
    d = [v - mean for v in x]
    sums = [sum(d[t] * d[t - k] for t in range(k, n)) for k in range(lags + 1)]
    return [s / sums[0] for s in sums]


def yule_walker(r, n, lags):
    """The last coefficient of each order's equations, autocovariances divided by n - k."""
    c = [exact(r[k]) * n / (n - k) for k in range(lags + 1)]
    out = [mpf(1)]
    for order in range(1, lags + 1):
        matrix = mpmath.matrix(order, order)
        for i in range(order):
            for j in range(order):
                matrix[i, j] = c[abs(i - j)]
        out.append(mpmath.lu_solve(matrix, mpmath.matrix(c[1 : order + 1]))[order - 1])
    return out


def regressions(x, lags):
    """The last coefficient of a regression on a constant and each number of lags."""
    n = len(x)
    # In units of the widest deviation, or tiny equations look singular; a slope on lags of oneself is free of both.
    unit = max(abs(v - x[0]) for v in x)
    x = [(v - x[0]) / unit for v in x]
    out = [mpf(1)]
    for order in range(1, lags + 1):
        rows = [[mpf(1)] + [exact(x[t - k]) for k in range(1, order + 1)] for t in range(order, n)]
        y = [exact(x[t]) for t in range(order, n)]
        size = order + 1
        gram = mpmath.matrix(size, size)
        right = mpmath.matrix(size, 1)
        for i in range(size):
            right[i] = mpmath.fsum(r[i] * v for r, v in zip(rows, y))
            for j in range(size):
                gram[i, j] = mpmath.fsum(r[i] * r[j] for r in rows)
        out.append(mpmath.lu_solve(gram, right)[order])
    return out


def row(kind, seed, length, lags, used):
    raw = series_of(kind, seed, length)
    x = [Fraction(v) for v in raw]
    r = autocorrelations(x, lags)
    statistic, p = [], []
    total = Fraction(0)
    for k in range(1, lags + 1):
        total += r[k] * r[k] / (length - k)
        q = exact(length * (length + 2) * total)
        statistic.append(q)
        p.append(mpmath.gammainc(mpf(k - used) / 2, q / 2, regularized=True) if k > used else None)
    expected = {
        "autocorrelation": [float(exact(v)) for v in r],
        "yuleWalker": [float(v) for v in yule_walker(r, length, lags)],
        "regression": [float(v) for v in regressions(x, lags)],
        "statistic": [float(v) for v in statistic],
        "pValue": ["NaN" if v is None else float(v) for v in p],
    }
    series = np.array(raw)
    box = acorr_ljungbox(series, lags=lags, model_df=used)
    theirs = {
        "autocorrelation": acf(series, nlags=lags, fft=False),
        "yuleWalker": pacf(series, nlags=lags),
        "regression": pacf(series, nlags=lags, method="ols"),
        "statistic": box["lb_stat"].to_numpy(),
        "pValue": box["lb_pvalue"].to_numpy(),
    }
    off = {}
    for name, values in expected.items():
        worst = 0.0
        for a, b in zip(theirs[name], values):
            if b == "NaN":
                assert np.isnan(a)
                continue
            worst = max(worst, abs(a - b) / (1 if name in ["autocorrelation", "yuleWalker", "regression"] else abs(b)))
        off[name] = worst
    return {
        "name": f"{kind}, {length} observations, {lags} lags" + (f", {used} of a model" if used else ""),
        "input": {"kind": kind, "seed": seed, "length": length, "lags": lags, "degreesOfFreedom": used},
        "expected": expected,
        # Correlations of 1; the statistic and its p-value of themselves.
        "tolerance": 1e-12,
        "tolerances": {"pValue": 1e-9},
        "note": "statsmodels is off by " + ", ".join(f"{k} {v:.1e}" for k, v in off.items()),
    }


rows = []
seed = 4900
for kind, length, lags, used in [
    ("walk", 120, 8, 0),
    ("white-noise", 120, 10, 0),
    ("white-noise", 500, 12, 2),
    ("near-unit-root", 300, 6, 1),
    ("trend-stationary", 200, 8, 0),
    ("grid", 150, 6, 0),
    ("offset-walk", 160, 6, 0),
    ("offset-noise", 160, 8, 0),
    ("illiquid", 140, 9, 0),
    ("outliers", 200, 6, 0),
    ("drift", 100, 5, 0),
    ("white-noise", 30, 12, 3),
    ("parabola", 90, 6, 0),
    ("smooth", 200, 4, 0),
    ("tiny", 120, 5, 0),
]:
    seed += 1
    rows.append(row(kind, seed, length, lags, used))

out = {
    "about": "autocorrelation, partial autocorrelation by both methods, and the Ljung-Box test",
    "source": f"exact fractions, mpmath {mpmath.__version__} at 80 digits; beside them statsmodels {statsmodels.__version__}",
    "made": "test/conformance/make/autocorrelation.py",
    "recipe": RECIPE,
    "rows": "ROWS",
}
text = json.dumps(out, indent=1).replace('"ROWS"', "[\n" + ",\n".join(json.dumps(r) for r in rows) + "\n]")
(Path(__file__).parent.parent / "answers" / "autocorrelation.json").write_text(text + "\n")
for r in rows:
    print(r["name"], r["note"])
