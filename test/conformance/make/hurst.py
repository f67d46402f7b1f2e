"""The Hurst exponent, both ways, in exact arithmetic: python hurst.py writes answers/hurst.json and
answers/hurst-rescaled-range.json. The first is what numpy's std and polyfit of the logarithms give.
"""

from fractions import Fraction

import mpmath
import numpy as np

from exact_series import integers, real, write
from recipes import KINDS, RECIPE, series_of


def slope(x, y):
    x, y = [mpmath.log(v) for v in x], [mpmath.log(v) for v in y]
    mean = mpmath.fsum(x) / len(x)
    return mpmath.fsum((a - mean) * b for a, b in zip(x, y)) / mpmath.fsum((a - mean) ** 2 for a in x)


def deviation(d):
    """The root of the mean square about the mean of whole numbers."""
    n = len(d)
    return mpmath.sqrt(real(Fraction(int(d @ d), n) - Fraction(int(d.sum()), n) ** 2))


def by_differences(series, lags):
    x, scale = integers(series)
    return float(slope(lags, [deviation(x[k:] - x[:-k]) / scale for k in lags]))


def by_rescaled_range(series, windows):
    x, _ = integers(series)
    averages = []
    for w in windows:
        found = []
        for start in range(0, len(x) - w, w):
            d = (x[start + 1 : start + w + 1] - x[start : start + w]) * w
            d = d - d.sum() // w
            sums = [0, *np.cumsum(d)]
            if any(d):
                found.append(mpmath.mpf(int(max(sums) - min(sums))) / deviation(d))
        averages.append(mpmath.fsum(found) / len(found))
    return float(slope(windows, averages))


if __name__ == "__main__":
    lengths = [130, 300, 1000, 60, 2000]
    differences, ranges = [], []
    for i, kind in enumerate([*KINDS, *KINDS]):
        length = lengths[i % len(lengths)]
        given = {"kind": kind, "seed": 400 + i, "length": length}
        series = series_of(*given.values())
        lags = [list(range(2, 20)), [1, 2, 4, 8, 16, 32], [1, 10], [5, 3, 40]][i % 4]
        row = {"name": f"{kind}, {length} observations, {len(lags)} lags", "input": {**given, "lags": lags},
               "expected": {"exponent": by_differences(series, lags)}, "tolerance": 1e-9}
        if kind not in ["tiny"]:
            s = np.array(series)
            theirs = np.polyfit(np.log(lags), np.log([np.std(s[k:] - s[:-k]) for k in lags]), 1)[0]
            if abs(theirs - row["expected"]["exponent"]) > 1e-9 * abs(row["expected"]["exponent"]):
                row["note"] = f"numpy answers {theirs:.10g}"
        differences.append(row)
        windows = [[8, 16, 32], [10, 20, 30, 40, 50], [2, 5, 11, 23, 47]][i % 3]
        ranges.append({"name": f"{kind}, {length} observations, {len(windows)} windows", "input": {**given, "windows": windows},
                       "expected": {"exponent": by_rescaled_range(series, windows)}, "tolerance": 1e-9})
    made = {"source": f"fractions, with mpmath {mpmath.__version__}", "made": "test/conformance/make/hurst.py", "recipe": RECIPE}
    write("hurst", {"about": "Hurst exponent: slope of log standard deviation of differences on log lag", **made, "rows": differences})
    write("hurst-rescaled-range", {"about": "Hurst exponent by rescaled range", **made, "rows": ranges})
