"""DF-GLS in exact arithmetic.

    python df-gls.py            writes answers/df-gls.json
    python df-gls.py --table    prints src/stationarity/df-gls-tables.ts

p-values and critical values are surfaces that arch's author simulated after MacKinnon's method. arch runs on the same
series; its t-stat rule divides by the number of rows instead of the degrees of freedom.
"""

import sys

import arch
import mpmath
import numpy as np
from arch.unitroot import DFGLS
from arch.unitroot.critical_values import dfgls as published

from exact_series import TERMS, apart, integers, powers, regress, tau, write
from mackinnon import critical_values, p_value
from recipes import KINDS, RECIPE, series_of

ARCH = {"constant": "c", "linear": "ct"}


def curve(trend):
    k = ARCH[trend]
    return {"least": published.dfgls_tau_min[k], "star": published.dfgls_tau_star[k], "most": published.dfgls_tau_max[k],
            "small": published.dfgls_small_p[k], "large": published.dfgls_large_p[k]}


def print_table():
    print("// Printed by test/conformance/make/df-gls.py from arch.unitroot.critical_values.dfgls: simulated by K. Sheppard")
    print("// after the method of MacKinnon (1994, 2010).\n")
    print("import type { ProbabilityCurve } from './mackinnon-tables.js';\n")
    print("/** Φ(polynomial of τ); 0 below `least`, 1 above `most`. */")
    print("export const DF_GLS_CURVES: Readonly<Record<'constant' | 'linear', ProbabilityCurve>> = {")
    for trend in ARCH:
        print(f"  {trend}: {{")
        for name, value in curve(trend).items():
            print(f"    {name}: {list(map(float, value)) if isinstance(value, list) else float(value)},")
        print("  },")
    print("};\n\n/** Ascending powers of 1 / observations; [1 %, 5 %, 10 %][power]. */")
    print("export const DF_GLS_SURFACES: Readonly<Record<'constant' | 'linear', readonly (readonly number[])[]>> = {")
    for trend, k in ARCH.items():
        print(f"  {trend}: [")
        for row in published.dfgls_cv_approx[k].tolist():
            print(f"    {row},")
        print("  ],")
    print("};")


def generalised(x, trend):
    """The series about the trend fitted to quasi-differences, times a whole number."""
    n = len(x)
    # The root is 1 - gap / (2n), with gap 14 or 27: everything times 2n is whole.
    gap = {"constant": 14, "linear": 27}[trend]
    columns = powers(n, TERMS[trend], 1)

    def differenced(c):
        return np.concatenate([2 * n * c[:1], 2 * n * c[1:] - (2 * n - gap) * c[:-1]])

    beta, _, common = regress([differenced(c) for c in columns], differenced(x))
    rest = common * x
    for b, c in zip(beta, columns):
        rest = rest - int(b * common) * c
    return rest


def exact(series, trend, lags, max_lags):
    x, _ = integers(series)
    _, ordinary, _ = regress(powers(len(x), TERMS[trend]), x)
    chosen = tau(ordinary, lags, max_lags)[0]
    _, rows, t = tau(generalised(x, trend), chosen)
    t = float(t)
    return {
        "statistic": t,
        "pValue": p_value(t, curve(trend)),
        "lags": chosen,
        "observations": rows,
        "criticalValues": critical_values(published.dfgls_cv_approx[ARCH[trend]].tolist(), rows),
    }


def row(kind, seed, length, trend, lags, max_lags=None):
    series = series_of(kind, seed, length)
    expected = exact(series, trend, lags, max_lags)
    given = {"kind": kind, "seed": seed, "length": length, "trend": trend, "lags": lags}
    if max_lags is not None:
        given["maxLags"] = max_lags
    bound = "" if max_lags is None else f" up to {max_lags}"
    out = {"name": f"{kind}, {length} observations, {trend}, {lags} lags{bound}", "input": given, "expected": expected,
           "tolerance": 1e-9}
    rule = isinstance(lags, str)
    try:
        r = DFGLS(np.array(series), lags=None if rule else lags, trend=ARCH[trend], max_lags=max_lags,
                  method=lags if rule else "aic")
        wrong = apart({"statistic": float(r.stat), "pValue": float(r.pvalue), "lags": int(r.lags)}, expected)
        if wrong:
            out["note"] = f"arch answers {wrong}"
    except Exception as error:  # the reference may refuse what is well defined
        out["note"] = f"arch refuses: {str(error).strip()[:80]}"
    return out


if __name__ == "__main__":
    if "--table" in sys.argv:
        print_table()
    else:
        lengths = [40, 120, 250, 60, 500, 25, 1000]
        rows = []
        for kind in KINDS:
            for trend in ARCH:
                i = len(rows)
                rows.append(row(kind, 500 + i, lengths[i % len(lengths)], trend, ["aic", 0, "bic", 3, "t-stat"][i % 5]))
        rows.append(row("near-unit-root", 600, 300, "constant", "aic", 2))
        rows.append(row("smooth", 601, 300, "linear", "bic", 25))
        write("df-gls", {
            "about": "DF-GLS: statistic, p-value, chosen lags",
            "source": f"exact sums of products, factorised with mpmath {mpmath.__version__} at 80 digits; tables of arch {arch.__version__}, with which it is compared",
            "made": "test/conformance/make/df-gls.py",
            "recipe": RECIPE,
            "rows": rows,
        })
