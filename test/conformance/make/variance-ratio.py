"""Lo and MacKinlay's variance ratio in fractions: python variance-ratio.py writes answers/variance-ratio.json. The
package arch runs on the same series.
"""

from fractions import Fraction

import arch
import mpmath
import numpy as np
from arch.unitroot import VarianceRatio

from exact_series import apart, integers, real, write
from recipes import KINDS, RECIPE, series_of


def exact(series, q, robust):
    x, _ = integers(series)
    n = len(x) - 1
    x = x * n  # the mean change is then whole
    drift = (x[n] - x[0]) // n
    steps = x[1:] - x[:-1] - drift
    short = Fraction(int(steps @ steps), n - 1)
    jumps = x[q:] - x[:-q] - q * drift
    long = Fraction(int(jumps @ jumps)) / (q * (n - q + 1) * (1 - Fraction(q, n)))
    ratio = long / short
    squares = steps * steps
    total = int(squares.sum())
    if robust:
        variance = sum(4 * (1 - Fraction(k, q)) ** 2 * n * Fraction(int(squares[k:] @ squares[:-k]), total**2) for k in range(1, q))
    else:
        variance = Fraction(2 * (2 * q - 1) * (q - 1), 3 * q)
    statistic = mpmath.sqrt(n) * real(ratio - 1) / mpmath.sqrt(real(variance))
    return {
        "ratio": float(real(ratio)),
        "statistic": float(statistic),
        "pValue": float(mpmath.erfc(abs(mpmath.mpf(float(statistic))) / mpmath.sqrt(2))),
        "observations": n,
    }


def row(kind, seed, length, lag, robust):
    series = series_of(kind, seed, length)
    expected = exact(series, lag, robust)
    out = {
        "name": f"{kind}, {length} observations, lag {lag}, {'robust' if robust else 'equal variances'}",
        "input": {"kind": kind, "seed": seed, "length": length, "lag": lag, "robust": robust},
        "expected": expected,
        "tolerance": 1e-9,
    }
    r = VarianceRatio(np.array(series), lags=lag, robust=robust)
    wrong = apart({"ratio": float(r.vr), "statistic": float(r.stat), "pValue": float(r.pvalue)}, expected)
    if wrong:
        out["note"] = f"arch answers {wrong}"
    return out


if __name__ == "__main__":
    lengths = [25, 60, 250, 1000, 40, 120, 500]
    rows = []
    for kind in KINDS:
        for robust in [True, False]:
            i = len(rows)
            rows.append(row(kind, 300 + i, lengths[i % len(lengths)], [2, 5, 16, 3][i % 4], robust))
    write("variance-ratio", {
        "about": "Variance ratio: ratio, z-statistic with and without equal variances, p-value",
        "source": f"fractions, with mpmath {mpmath.__version__}; compared with arch {arch.__version__}",
        "made": "test/conformance/make/variance-ratio.py",
        "recipe": RECIPE,
        "rows": rows,
    })
