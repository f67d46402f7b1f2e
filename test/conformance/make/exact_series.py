"""Whole numbers instead of doubles: a double is an integer times a power of two, and every statistic here is a ratio in
which that power cancels. Regressions are solved in fractions and their residuals brought to a common denominator, so
sums of products stay exact until a square root is taken with 60 digits or more.
"""

import json
from fractions import Fraction
from functools import reduce
from math import ceil, lcm
from pathlib import Path

import mpmath
import numpy as np

from adf import choose, columns_of, factorise, integers
from exact_regression import solve
from recipes import series_of

mpmath.mp.dps = 80

TERMS = {"none": 0, "constant": 1, "linear": 2, "quadratic": 3}


def real(q):
    return mpmath.mpf(q.numerator) / mpmath.mpf(q.denominator)


def powers(n, terms, start=0):
    """Columns of t^0, t^1, ... for t = start, start + 1, ..."""
    return [np.array([t**p for t in range(start, start + n)], dtype=object) for p in range(terms)]


def regress(columns, y):
    """Coefficients as fractions, and the residuals times a whole number that makes them whole, and that number."""
    if not columns:
        return [], y, 1
    gram = [[Fraction(int(u @ v)) for v in columns] for u in columns]
    beta = [row[0] for row in solve(gram, [[Fraction(int(u @ y))] for u in columns])]
    common = reduce(lcm, (b.denominator for b in beta), 1)
    residuals = common * y
    for b, column in zip(beta, columns):
        residuals = residuals - int(b * common) * column
    return beta, residuals, common


def schwert(n):
    return ceil(12 * (n / 100) ** 0.25)


def tau(x, lags, max_lags=None, terms=0):
    """Lags, rows and the t of the level of a Dickey-Fuller regression of whole numbers."""
    n = len(x)
    if isinstance(lags, str):
        longest = min(n // 2 - terms - 1, schwert(n)) if max_lags is None else max_lags
        lags = choose(x, 1, longest, terms, lags)[0]
    return lags, *tau_at(x, lags, terms)


def tau_at(x, lags, terms=0):
    c = columns_of(x, lags, terms)
    along, residual = factorise([*c["trends"], *c["past"], c["level"], c["response"]])
    rows = len(c["response"])
    return rows, along[-1] / mpmath.sqrt(residual / (rows - terms - 1 - lags))


def long_run(u, lags):
    """Newey and West with Bartlett's weights, times the number of residuals."""
    total = Fraction(int(u @ u))
    for k in range(1, lags + 1):
        total += 2 * (1 - Fraction(k, lags + 1)) * int(u[k:] @ u[:-k])
    return total


def mixed(length, sources, mix, shift):
    """Columns of doubles: shift + weight * source + weight * source ..., from left to right."""
    series = [series_of(kind, seed, length) for kind, seed in sources]
    out = []
    for weights, start in zip(mix, shift):
        column = []
        for t in range(length):
            value = float(start)
            for weight, source in zip(weights, series):
                value = value + weight * source[t]
            column.append(value)
        out.append(column)
    return out


def packed(x):
    x = float(x)
    return "NaN" if x != x else "Infinity" if x == np.inf else "-Infinity" if x == -np.inf else x


def apart(theirs, ours, tolerance=1e-9):
    """In words, what a reference answers that is not the right answer."""
    wrong = []
    for key, value in theirs.items():
        if not abs(value - ours[key]) <= tolerance * max(abs(ours[key]), 1e-300):
            wrong.append(f"{key} {value:.10g}" if isinstance(value, float) else f"{key} {value}")
    return ", ".join(wrong)


def write(name, content):
    rows = content.pop("rows")
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    head = json.dumps(content, ensure_ascii=False, indent=1)[:-2]
    target = Path(__file__).parent.parent / "answers" / f"{name}.json"
    target.write_text(f'{head},\n "rows": [\n{lines}\n]}}\n', encoding="utf8")
    noted = [row for row in rows if "note" in row]
    print(name, len(rows), "rows", len(noted), "notes")
    for row in noted:
        print("  ", row["name"], "|", row["note"])
