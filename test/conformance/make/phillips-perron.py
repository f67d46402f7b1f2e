"""Phillips-Perron in exact arithmetic, after Hamilton (1994), section 17.6: python phillips-perron.py writes
answers/phillips-perron.json. The package arch runs on the same series.
"""

import arch
import mpmath
import numpy as np
from arch.unitroot import PhillipsPerron

from exact_series import TERMS, apart, integers, long_run, powers, real, regress, schwert, write
from mackinnon import critical_values, p_value, probability, surface
from recipes import KINDS, RECIPE, series_of

ARCH = {"none": "n", "constant": "c", "linear": "ct"}


def exact(series, trend, lags):
    x, _ = integers(series)
    rows = len(x) - 1
    chosen = min(schwert(rows + 1), rows - 1) if lags is None else lags
    trends = powers(rows, TERMS[trend])
    beta, u, common = regress([*trends, x[:-1]], x[1:])
    pull = real(beta[-1] - 1)
    # The squared length of the level about its trend, in the unit of x.
    _, level, unit = regress(trends, x[:-1])
    spread = mpmath.mpf(int(level @ level)) / mpmath.mpf(unit) ** 2
    scale = mpmath.mpf(common) ** 2
    gamma = mpmath.mpf(int(u @ u)) / rows / scale
    long = real(long_run(u, chosen)) / rows / scale
    s2 = gamma * rows / (rows - len(trends) - 1)
    error = mpmath.sqrt(s2 / spread)
    statistic = mpmath.sqrt(gamma / long) * pull / error - (long - gamma) / 2 / mpmath.sqrt(long) * rows * error / mpmath.sqrt(s2)
    rho = rows * pull - rows**2 * error**2 / s2 * (long - gamma) / 2
    statistic = float(statistic)
    return {
        "statistic": statistic,
        "rhoStatistic": float(rho),
        "pValue": p_value(statistic, probability(trend)[0]),
        "lags": chosen,
        "observations": rows,
        "criticalValues": critical_values(surface(trend)[0], rows),
    }


def row(kind, seed, length, trend, lags):
    series = series_of(kind, seed, length)
    expected = exact(series, trend, lags)
    given = {"kind": kind, "seed": seed, "length": length, "trend": trend}
    if lags is not None:
        given["lags"] = lags
    out = {
        "name": f"{kind}, {length} observations, {trend}, {'default' if lags is None else lags} lags",
        "input": given,
        "expected": expected,
        "tolerance": 1e-9,
    }
    try:
        r = PhillipsPerron(np.array(series), lags=lags, trend=ARCH[trend])
        theirs = {"statistic": float(r.stat), "pValue": float(r.pvalue), "lags": int(r.lags)}
        rho = PhillipsPerron(np.array(series), lags=lags, trend=ARCH[trend], test_type="rho")
        theirs["rhoStatistic"] = float(rho.stat)
        wrong = apart(theirs, expected)
        if wrong:
            out["note"] = f"arch answers {wrong}"
    except Exception as error:  # the reference may refuse what is well defined
        out["note"] = f"arch refuses: {str(error).strip()[:80]}"
    return out


if __name__ == "__main__":
    lengths = [25, 60, 250, 1000, 40, 120, 500]
    rows = []
    for kind in KINDS:
        for trend in ARCH:
            i = len(rows)
            rows.append(row(kind, 200 + i, lengths[i % len(lengths)], trend, [None, 0, 3, 12][i % 4]))
    write("phillips-perron", {
        "about": "Phillips-Perron: Z-tau, Z-rho, p-value",
        "source": f"exact regressions and sums of products, with mpmath {mpmath.__version__}; compared with arch {arch.__version__}",
        "made": "test/conformance/make/phillips-perron.py",
        "recipe": RECIPE,
        "rows": rows,
    })
