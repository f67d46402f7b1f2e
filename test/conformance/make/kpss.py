"""KPSS in exact arithmetic: python kpss.py writes answers/kpss.json. statsmodels runs on the same series."""

import warnings

import mpmath
import numpy as np
import statsmodels
from statsmodels.tsa.stattools import kpss

from exact_series import TERMS, apart, integers, long_run, powers, real, regress, schwert, write
from recipes import KINDS, RECIPE, series_of

TABLE = {"constant": [0.347, 0.463, 0.574, 0.739], "linear": [0.119, 0.146, 0.176, 0.216]}
PROBABILITIES = [0.10, 0.05, 0.025, 0.01]


def automatic(u):
    n = len(u)
    depth = 1
    while (depth + 1) ** 9 <= n**2:
        depth += 1
    s0, s1 = int(u @ u), 0
    for k in range(1, depth + 1):
        product = 2 * int(u[k:] @ u[:-k])
        s0 += product
        s1 += k * product
    ratio = mpmath.mpf(s1) / mpmath.mpf(s0)
    return int(mpmath.floor(mpmath.mpf("1.1447") * mpmath.cbrt(ratio**2) * mpmath.cbrt(n)))


def exact(series, trend, lags):
    x, _ = integers(series)
    n = len(x)
    _, u, _ = regress(powers(n, TERMS[trend]), x)
    chosen = automatic(u) if lags == "auto" else schwert(n) if lags == "legacy" else lags
    chosen = min(chosen, n - 1)
    sums = np.cumsum(u)
    statistic = float(real(int(sums @ sums) / (n * long_run(u, chosen))))
    table = TABLE[trend]
    p = mpmath.mpf(PROBABILITIES[0])
    for i in range(1, 4):
        if statistic > table[i - 1]:
            share = (mpmath.mpf(statistic) - mpmath.mpf(repr(table[i - 1]))) / (mpmath.mpf(repr(table[i])) - mpmath.mpf(repr(table[i - 1])))
            share = min(share, mpmath.mpf(1))
            low, high = mpmath.mpf(repr(PROBABILITIES[i - 1])), mpmath.mpf(repr(PROBABILITIES[i]))
            p = low + share * (high - low)
    return {
        "statistic": statistic,
        "pValue": float(p),
        "clipped": statistic < table[0] or statistic > table[3],
        "lags": chosen,
        "observations": n,
    }


def row(kind, seed, length, trend, lags):
    series = series_of(kind, seed, length)
    expected = exact(series, trend, lags)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        r = kpss(np.array(series), regression={"constant": "c", "linear": "ct"}[trend], nlags=lags, result_object=False)
    out = {
        "name": f"{kind}, {length} observations, {trend}, {lags} lags",
        "input": {"kind": kind, "seed": seed, "length": length, "trend": trend, "lags": lags},
        "expected": expected,
        "tolerance": 1e-9,
    }
    wrong = apart({"statistic": float(r[0]), "pValue": float(r[1]), "lags": int(r[2])}, expected)
    if wrong:
        out["note"] = f"statsmodels answers {wrong}"
    return out


if __name__ == "__main__":
    lengths = [25, 60, 250, 1000, 40, 120, 500, 2000, 10]
    rows = []
    for kind in KINDS:
        for trend in TABLE:
            for lags in ["auto", "legacy", None]:
                i = len(rows)
                length = lengths[i % len(lengths)]
                rows.append(row(kind, i + 1, length, trend, [0, 1, 4, 9][i % 4] if lags is None else lags))
    # 512^(2/9) is 4: in doubles a little less.
    for kind in ["white-noise", "reverting" if "reverting" in KINDS else "near-unit-root"]:
        for length in [512, 19683]:
            rows.append(row(kind, 77, length, "constant", "auto"))
    write("kpss", {
        "about": "KPSS: statistic, p-value, chosen lags",
        "source": f"exact residuals and sums of products, with mpmath {mpmath.__version__}; compared with statsmodels {statsmodels.__version__}",
        "made": "test/conformance/make/kpss.py",
        "recipe": RECIPE,
        "rows": rows,
    })
