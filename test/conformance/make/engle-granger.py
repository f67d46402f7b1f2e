"""Engle-Granger in exact arithmetic: python engle-granger.py writes answers/engle-granger.json. The first regression is
solved in fractions, its residuals are whole numbers over a common denominator. statsmodels runs on the same series.
"""

import warnings

import mpmath
import numpy as np
import statsmodels
from statsmodels.tsa.stattools import coint

from exact_series import TERMS, apart, integers, mixed, powers, real, regress, tau, write
from mackinnon import TRENDS, critical_values, p_value, probability, surface
from recipes import RECIPE

MIX = "each column is shift + weight * source + weight * source + ..., from left to right, in doubles"


def exact(columns, trend, lags, max_lags):
    whole = [integers(c) for c in columns]
    (y, y_scale), xs = whole[0], whole[1:]
    n, terms, series = len(y), TERMS[trend], len(columns)
    beta, u, _ = regress([*[x for x, _ in xs], *powers(n, terms)], y)
    ratios = [real(b * scale / y_scale) for b, (_, scale) in zip(beta, xs)]
    deterministic = [real(b / y_scale) for b in beta[len(xs):]] + [0] * (3 - terms)
    out = {
        "ratios": [float(r) for r in ratios],
        "intercept": float(deterministic[0]),
        "slope": float(deterministic[1]),
        "curvature": float(deterministic[2]),
    }
    if all(v == 0 for v in u) or perfect(columns):
        chosen = 0 if isinstance(lags, str) else lags
        out |= {"statistic": "-Infinity", "pValue": 0.0, "lags": chosen, "observations": n - 1 - chosen}
    else:
        chosen, rows, t = tau(u, lags, max_lags)
        t = float(t)
        p = p_value(t, probability(trend)[series - 1]) if series <= 6 else "NaN"
        out |= {"statistic": t, "pValue": p, "lags": chosen, "observations": rows}
    if trend == "none":
        out["criticalValues"] = {"onePercent": "NaN", "fivePercent": "NaN", "tenPercent": "NaN"}
    else:
        out["criticalValues"] = critical_values(surface(trend)[series - 1], n - 1)
    return out


def perfect(columns):
    """Whether doubles nearest to a multiple are all that separates the first two columns."""
    return len(columns) == 2 and all(abs(a - 0.1 * b) <= abs(a) * 1e-15 for a, b in zip(*columns))


def row(name, length, sources, mix, shift, trend, lags, max_lags=None):
    columns = mixed(length, sources, mix, shift)
    expected = exact(columns, trend, lags, max_lags)
    given = {"length": length, "sources": sources, "mix": mix, "shift": shift, "trend": trend, "lags": lags}
    if max_lags is not None:
        given["maxLags"] = max_lags
    out = {"name": f"{name}: {len(columns)} series, {length} observations, {trend}, {lags} lags"
           + ("" if max_lags is None else f" up to {max_lags}"),
           "input": given, "expected": expected, "tolerance": 1e-9}
    rule = isinstance(lags, str)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            r = coint(np.array(columns[0]), np.array(columns[1:]).T, trend=TRENDS[trend],
                      maxlag=max_lags if rule else lags, autolag=lags if rule else None)
        theirs = {"statistic": float(r[0])}
        if expected["pValue"] != "NaN":
            theirs["pValue"] = float(r[1])
        ours = {k: float(expected[k]) for k in theirs}
        wrong = "" if theirs == ours else apart(theirs, ours)
        if trend != "none":
            gaps = [abs(a - b) for a, b in zip(r[2], expected["criticalValues"].values())]
            if max(gaps) > 1e-6:
                wrong += (", " if wrong else "") + f"critical values {[round(float(v), 6) for v in r[2]]}"
        if wrong:
            out["note"] = f"statsmodels answers {wrong}"
    except Exception as error:  # the reference may refuse what is well defined
        out["note"] = f"statsmodels refuses: {str(error).strip()[:80]}"
    return out


def answers():
    rows = []
    rules = ["aic", "bic", "t-stat", 0, 1, 4]
    lengths = [40, 120, 250, 60, 500]
    noises = ["white-noise", "near-unit-root", "walk", "smooth", "outliers", "illiquid", "grid"]
    for trend in TERMS:
        for i, noise in enumerate(noises):
            k = len(rows)
            n = lengths[k % len(lengths)]
            rows.append(row(f"1.5 walks and {noise}", n, [["walk", k + 1], [noise, k + 900]], [[1.5, 1], [1, 0]], [10, 50],
                            trend, rules[k % len(rules)]))
    for series in range(3, 13):
        for trend in ["constant", "linear"] if series < 8 else [["constant", "linear", "quadratic"][series % 3]]:
            k = len(rows)
            sources = [["walk", 100 * k + j] for j in range(series)]
            mix = [[0.5 + 0.25 * ((3 * j) % 5) for j in range(series - 1)] + [0.5]]
            mix += [[1 if i == j else 0 for j in range(series)] for i in range(series - 1)]
            rows.append(row("a basket of walks", [120, 250, 500][k % 3], sources, mix, [5] * series, trend, rules[k % len(rules)]))
    rows.append(row("no constant", 200, [["walk", 5], ["walk", 6], ["white-noise", 7]], [[1, 2, 1], [1, 0, 0], [0, 1, 0]],
                    [0, 0, 0], "none", "aic"))
    rows.append(row("bounded rule", 300, [["walk", 8], ["near-unit-root", 9]], [[2, 1], [1, 0]], [0, 0], "constant", "aic", 3))
    rows.append(row("bounded rule", 300, [["walk", 8], ["smooth", 9]], [[2, 0.01], [1, 0]], [0, 0], "linear", "t-stat", 20))
    for weight in [1e-3, 1e-5, 1e-8]:
        rows.append(row(f"a near copy, noise {weight:g}", 250, [["walk", 11], ["white-noise", 12]], [[1, weight], [1, 0]],
                        [0, 0], "constant", "aic"))
    rows.append(row("a billion", 250, [["walk", 13], ["near-unit-root", 14]], [[1.25, 1], [1, 0]], [1e9, 1e9], "constant", "aic"))
    rows.append(row("a drifting leg", 250, [["drift", 13], ["near-unit-root", 14]], [[1.25, 1], [1, 0]], [0, 0], "linear", "bic"))
    rows.append(row("an exact copy", 100, [["walk", 15]], [[3], [1]], [7, 0], "constant", "aic"))
    rows.append(row("an exact copy without a constant", 100, [["walk", 15]], [[3], [1]], [0, 0], "none", 2))
    rows.append(row("a tenth, rounded", 100, [["walk", 15]], [[0.1], [1]], [0, 0], "constant", "aic"))
    return rows


if __name__ == "__main__":
    write("engle-granger", {
        "about": "Engle-Granger: statistic, p-value, lags, critical values, coefficients",
        "source": f"exact fractions, factorised with mpmath {mpmath.__version__} at 80 digits; tables as in mackinnon.py; compared with statsmodels {statsmodels.__version__}",
        "made": "test/conformance/make/engle-granger.py",
        "recipe": f"{RECIPE} {MIX}.",
        "rows": answers(),
    })
