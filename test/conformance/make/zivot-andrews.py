"""Zivot-Andrews in exact arithmetic, every break a regression of its own.

    python zivot-andrews.py            writes answers/zivot-andrews.json
    python zivot-andrews.py --table    prints src/stationarity/zivot-andrews-tables.ts

statsmodels runs on the same series. Its slope dummy of model B is one observation ahead of the paper's
(t - TB + 1 from TB on, where the paper has t - TB after TB), so its break comes out one later and its range one earlier;
with dummies that would begin within the lags it wraps round to the end of the array.
"""

import sys
import warnings

import mpmath
import numpy as np
import statsmodels
from statsmodels.tsa.stattools import zivot_andrews

from exact_series import apart, integers, powers, regress, tau, write
from adf import columns_of, factorise
from recipes import KINDS, RECIPE, series_of

MODELS = {"constant": "c", "slope": "t", "linear": "ct"}


def quantiles(trend):
    return zivot_andrews._za_critical_values[MODELS[trend]].tolist()


def print_table():
    print("// Printed by test/conformance/make/zivot-andrews.py from statsmodels.tsa.stattools: 100,000 simulated walks of 2,000")
    print("// steps.\n\n/** What breaks: the level, the slope, or both. */")
    print("export type BreakTrend = 'constant' | 'slope' | 'linear';\n")
    print("/** How many walks of 100 have a lower statistic, and that statistic. */")
    print("export const ZIVOT_ANDREWS_QUANTILES: Readonly<Record<BreakTrend, readonly (readonly [number, number])[]>> = {")
    for trend in MODELS:
        print(f"  {trend}: [")
        for row in quantiles(trend):
            print(f"    {row},")
        print("  ],")
    print("};")


def exact(series, trend, trim, lags, max_lags):
    x, _ = integers(series)
    n = len(x)
    _, level, _ = regress(powers(n, 2), x)  # a line taken away changes no regression, and keeps the numbers small
    chosen = tau(x, lags, max_lags, 2)[0]
    edge = int(n * trim)
    c = columns_of(level, chosen, 2)
    rows = len(c["response"])
    best = None
    for last in range(max(edge, chosen + 2), min(n - edge, n - 2)):
        start = last - chosen
        ramp = np.array([max(0, i - start + 1) for i in range(rows)], dtype=object)
        step = np.array([int(i >= start) for i in range(rows)], dtype=object)
        dummies = {"constant": [step], "slope": [ramp], "linear": [step, ramp]}[trend]
        along, residual = factorise([*c["trends"], *c["past"], *dummies, c["level"], c["response"]])
        t = along[-1] / mpmath.sqrt(residual / (rows - len(along)))
        if best is None or t < best[0]:
            best = (t, last)
    statistic = float(best[0])
    table = quantiles(trend)
    p = np.interp(statistic, [b for _, b in table], [a for a, _ in table]) / 100
    at = dict(map(tuple, table))
    return {
        "statistic": statistic,
        "pValue": float(p),
        "breakIndex": best[1],
        "lags": chosen,
        "observations": rows,
        "criticalValues": {"onePercent": at[1.0], "fivePercent": at[5.0], "tenPercent": at[10.0]},
    }


def row(kind, seed, length, trend, lags, trim=0.15, max_lags=None):
    series = series_of(kind, seed, length)
    expected = exact(series, trend, trim, lags, max_lags)
    given = {"kind": kind, "seed": seed, "length": length, "trend": trend, "lags": lags, "trim": trim}
    if max_lags is not None:
        given["maxLags"] = max_lags
    bound = "" if max_lags is None else f" up to {max_lags}"
    out = {"name": f"{kind}, {length} observations, {trend}, {lags} lags{bound}, trim {trim}", "input": given,
           "expected": expected, "tolerance": 1e-9}
    rule = isinstance(lags, str)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            r = zivot_andrews(np.array(series), trim=trim, maxlag=max_lags if rule else lags, regression=MODELS[trend],
                              autolag=lags if rule else None)
        wrong = apart({"statistic": float(r[0]), "pValue": float(r[1]), "lags": int(r[3]), "breakIndex": int(r[4])}, expected)
        if wrong:
            out["note"] = f"statsmodels answers {wrong}"
    except Exception as error:  # the reference may refuse what is well defined
        out["note"] = f"statsmodels refuses: {str(error).strip()[:80]}"
    return out


if __name__ == "__main__":
    if "--table" in sys.argv:
        print_table()
    else:
        lengths = [60, 100, 150, 80, 200]
        rows = []
        for kind in KINDS:
            for trend in MODELS if kind in ["walk", "near-unit-root", "smooth", "grid"] else [list(MODELS)[len(rows) % 3]]:
                i = len(rows)
                rows.append(row(kind, 700 + i, lengths[i % len(lengths)], trend, ["aic", 1, "bic", 3, "t-stat", 2][i % 6],
                                [0.15, 0.15, 0.1, 0.25][i % 4]))
                print(rows[-1]["name"], flush=True)
        rows.append(row("walk", 800, 120, "constant", "aic", 0.15, 2))
        rows.append(row("white-noise", 801, 90, "linear", "aic", 0))
        rows.append(row("parabola", 802, 90, "slope", 0, 0.01))
        write("zivot-andrews", {
            "about": "Zivot-Andrews: statistic, p-value, break, chosen lags",
            "source": f"exact sums of products, factorised with mpmath {mpmath.__version__} at 80 digits; quantiles of statsmodels {statsmodels.__version__}, with which it is compared",
            "made": "test/conformance/make/zivot-andrews.py",
            "recipe": RECIPE,
            "rows": rows,
        })
