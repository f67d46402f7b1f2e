"""Johansen's test from exact sums of products.

    python johansen.py            writes answers/johansen.json
    python johansen.py --table    prints src/stationarity/johansen-tables.ts

The eigenvalues are those of a symmetric matrix of mpmath numbers. statsmodels runs on the same series; with no lagged
differences it regresses on the current level instead of the one before, and its notes say so row by row.
"""

import sys
import warnings

import mpmath
import numpy as np
import statsmodels
from statsmodels.tsa import coint_tables
from statsmodels.tsa.vector_ar.vecm import coint_johansen

from exact_series import TERMS, integers, mixed, powers, regress, write
from recipes import RECIPE

ORDERS = {"none": -1, "constant": 0, "linear": 1}
MIX = "each column is shift + weight * source + weight * source + ..., from left to right, in doubles"


def table(kind, trend):
    return getattr(coint_tables, f"{kind}jcp{ORDERS[trend] + 1}").tolist()


def print_table():
    print("// Printed by test/conformance/make/johansen.py from statsmodels.tsa.coint_tables.\n")
    print("import type { LineTrend } from './detrended.js';\n")
    print("/** The 90, 95 and 99 % points of a statistic. */")
    print("export type Quantiles = readonly [number, number, number];")
    for name, what, kind in [("TRACE", "trace", "t"), ("MAX_EIGENVALUE", "maximum eigenvalue", "e")]:
        print(f"\n/**\n * MacKinnon, Haug & Michelis (1999): points of the {what} statistic, by the number of series that no")
        print(" * relation holds, from one to twelve. No trend is their case I, a constant case III, a line case V.\n */")
        print(f"export const {name}_QUANTILES: Readonly<Record<LineTrend, readonly Quantiles[]>> = {{")
        for trend in ORDERS:
            print(f"  {trend}: [")
            for row in table(kind, trend):
                print(f"    [{', '.join(map(repr, row))}],")
            print("  ],")
        print("};")


def critical(kind, trend, series):
    rows = [table(kind, trend)[series - r - 1] for r in range(series)]
    return [{"onePercent": c[2], "fivePercent": c[1], "tenPercent": c[0]} for c in rows]


def moments(a, b):
    return mpmath.matrix([[mpmath.mpf(int(u @ v)) for v in b] for u in a])


def exact(columns, trend, lags):
    pairs = [integers(c) for c in columns]
    n, series = len(columns[0]), len(columns)
    # Each column in its own unit; residuals of a line in the unit of their common denominator.
    level, units = [], []
    for x, scale in pairs:
        _, u, common = regress(powers(n, TERMS[trend]), x)
        level.append(u)
        units.append(mpmath.mpf(common) * scale)
    step = [u[1:] - u[:-1] for u in level]
    rows = n - 1 - lags
    past = [d[lags - k : n - 1 - k] for k in range(1, lags + 1) for d in step]
    given = [*powers(rows, 0 if trend == "none" else 1), *past]
    changes = [d[lags:] for d in step]
    before = [u[lags : n - 1] for u in level]

    def less(a, b):
        whole = moments(a, b)
        if not given:
            return whole
        gg = moments(given, given)
        return whole - moments(a, given) * (gg ** -1) * moments(given, b)

    s00, s11, s01 = less(changes, changes), less(before, before), less(changes, before)
    low = mpmath.cholesky(s11)
    inverse = low ** -1
    symmetric = inverse * s01.T * (s00 ** -1) * s01 * inverse.T
    symmetric = (symmetric + symmetric.T) / 2
    values, directions = mpmath.eigsy(symmetric)
    order = sorted(range(series), key=lambda i: -values[i])
    eigenvalues = [values[i] for i in order]
    vectors = []
    for i in order:
        v = inverse.T * directions[:, i]
        v = [v[j] * mpmath.sqrt(rows) * units[j] for j in range(series)]
        sign = mpmath.sign(next(w for w in v if w != 0))
        vectors.append([float(sign * w) for w in v])
    single = [-rows * mpmath.log1p(-value) for value in eigenvalues]
    trace = [mpmath.fsum(single[r:]) for r in range(series)]
    bounds = critical("t", trend, series)
    rank = next((r for r in range(series) if trace[r] <= bounds[r]["fivePercent"]), series)
    return {
        "eigenvalues": [float(v) for v in eigenvalues],
        "traceStatistics": [float(v) for v in trace],
        "maxEigenvalueStatistics": [float(v) for v in single],
        "traceCriticalValues": bounds,
        "maxCriticalValues": critical("e", trend, series),
        "vectors": vectors,
        "rank": rank,
        "observations": rows,
    }


def row(name, length, sources, mix, shift, trend, lags):
    columns = mixed(length, sources, mix, shift)
    expected = exact(columns, trend, lags)
    out = {
        "name": f"{name}: {len(columns)} series, {length} observations, {trend}, {lags} lags",
        "input": {"length": length, "sources": sources, "mix": mix, "shift": shift, "trend": trend, "lags": lags},
        "expected": expected,
        "tolerance": 1e-9,
        "tolerances": {"vectors": 1e-8},
    }
    if len(columns) == 1:
        return out  # statsmodels takes two or more
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        r = coint_johansen(np.array(columns).T, ORDERS[trend], lags)
    gap = max(abs(a - b) / b for a, b in zip(r.lr1, expected["traceStatistics"]))
    if gap > 1e-9:
        why = "the current level: " if lags == 0 else ""
        out["note"] = f"statsmodels answers {why}trace statistics {[float(f'{v:.8g}') for v in r.lr1]}"
    return out


def system(series, walks, seed, noise="white-noise"):
    """`walks` walks and as many stationary sources as there are relations, mixed so that no column is another's multiple."""
    sources = [["walk", seed + j] for j in range(walks)] + [[noise, seed + 50 + j] for j in range(series - walks)]
    mix = [[1.0 if i == j else ((3 * i + 5 * j + i * j) % 7 - 3) / 4 for j in range(series)] for i in range(series)]
    return sources, mix


def answers():
    rows = []
    lengths = [120, 250, 400, 60]
    for series in [1, 2, 2, 3, 3, 4, 5]:
        for trend in ORDERS:
            for lags in [0, 1] if series < 4 else [2]:
                k = len(rows)
                walks = max(1, series - k % 3)
                sources, mix = system(series, walks, 100 * k + 1, ["white-noise", "near-unit-root", "trend-stationary"][k % 3])
                rows.append(row(f"{walks} walks", lengths[k % 4], sources, mix, [(10.0 * j) for j in range(series)], trend, lags))
    for series in range(6, 13):
        k = len(rows)
        trend = list(ORDERS)[k % 3]
        sources, mix = system(series, series - k % 4, 100 * k + 1)
        rows.append(row(f"{series - k % 4} walks", 300, sources, mix, [5.0] * series, trend, [1, 3, 0][k % 3]))
    two = [["walk", 3], ["near-unit-root", 4]]
    rows.append(row("a billion", 250, two, [[1.25, 1], [1, 0]], [1e9, 1e9], "constant", 1))
    rows.append(row("a billion", 250, two, [[1.25, 1], [1, 0]], [1e9, 1e9], "linear", 2))
    rows.append(row("drifts", 250, [["drift", 3], ["near-unit-root", 4]], [[1.25, 1], [1, 0]], [0, 0], "linear", 1))
    rows.append(row("a grid", 500, [["grid", 3], ["white-noise", 4]], [[1.25, 0.25], [1, 0]], [0, 0], "constant", 5))
    rows.append(row("tiny", 120, [["tiny", 3], ["tiny", 4]], [[1, 1], [1, -1]], [0, 0], "constant", 1))
    rows.append(row("tiny and large", 120, [["tiny", 3], ["walk", 4]], [[1, 0], [0, 1]], [0, 1000], "constant", 1))
    rows.append(row("outliers", 200, [["outliers", 3], ["walk", 4]], [[1, 0.5], [0, 1]], [0, 0], "constant", 1))
    rows.append(row("twelve lags", 400, [["smooth", 3], ["walk", 4]], [[1, 0.5], [0, 1]], [0, 0], "constant", 12))
    return rows


if __name__ == "__main__":
    if "--table" in sys.argv:
        print_table()
    else:
        write("johansen", {
            "about": "Johansen: eigenvalues, trace and maximum eigenvalue statistics, critical values, vectors, rank",
            "source": f"exact sums of products and mpmath {mpmath.__version__} at 80 digits; compared with statsmodels {statsmodels.__version__}",
            "made": "test/conformance/make/johansen.py",
            "recipe": f"{RECIPE} {MIX}.",
            "rows": answers(),
        })
