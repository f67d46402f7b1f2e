"""Augmented Dickey-Fuller in exact arithmetic: python adf.py writes answers/adf.json.

Each series is made of doubles by a recipe (the field `recipe` says it in words; test/support/recipes.ts is the same in
TypeScript). Its doubles are integers times a power of two, so the sums of products are exact integers; they are
factorised with 80 digits. statsmodels runs on the same series, and a row's note says where it departs.
"""

import json
import warnings
from fractions import Fraction
from math import ceil
from pathlib import Path

import mpmath
import numpy as np
import statsmodels
from statsmodels.tsa.stattools import adfuller

from mackinnon import TRENDS, critical_values, p_value, probability, surface
from recipes import KINDS, RECIPE, series_of

mpmath.mp.dps = 80
SIGNIFICANT = mpmath.mpf(1.6448536269514722)


def integers(series):
    """The series times a power of two that makes it whole, and that power."""
    fractions = [Fraction(x) for x in series]
    scale = max(f.denominator for f in fractions)
    return np.array([int(f * scale) for f in fractions], dtype=object), scale


def factorise(columns):
    """Components of the last column along the others in turn, and the squared length that is left, from exact sums."""
    matrix = np.array(columns, dtype=object)
    gram = matrix @ matrix.T
    n = len(columns)
    a = [[mpmath.mpf(int(gram[i, j])) for j in range(n)] for i in range(n)]
    low = [[mpmath.mpf(0)] * n for _ in range(n)]
    for i in range(n):
        for j in range(i + 1):
            left = a[i][j] - mpmath.fsum(low[i][k] * low[j][k] for k in range(j))
            if i == j:
                assert left > mpmath.mpf(10) ** -40 * a[i][i], "a regressor is not independent"
                low[i][i] = mpmath.sqrt(left)
            else:
                low[i][j] = left / low[j][j]
    return low[-1][:-1], low[-1][-1] ** 2


def columns_of(x, lags, terms):
    d = x[1:] - x[:-1]
    n = len(d)
    t = np.array(range(1, n - lags + 1), dtype=object)
    return {
        "trends": [t**p for p in range(terms)],
        "level": x[lags:n],
        "past": [d[lags - i : n - i] for i in range(1, lags + 1)],
        "response": d[lags:],
    }


def choose(x, scale, longest, terms, rule):
    c = columns_of(x, longest, terms)
    along, residual = factorise([*c["trends"], c["level"], *c["past"], c["response"]])
    rows = len(c["response"])
    left = [residual + mpmath.fsum(v * v for v in along[terms + 1 + lags :]) for lags in range(longest + 1)]
    if rule == "t-stat":
        for lags in range(longest, -1, -1):
            k = terms + 1 + lags
            t = abs(along[k - 1]) / mpmath.sqrt(left[lags] / (rows - k))
            if t >= SIGNIFICANT or lags == 0:
                return lags, t
    penalty = 2 if rule == "aic" else mpmath.log(rows)
    best = min(
        (
            rows * (mpmath.log(2 * mpmath.pi) + mpmath.log(left[lags] / rows / mpmath.mpf(scale) ** 2) + 1)
            + penalty * (terms + 1 + lags),
            lags,
        )
        for lags in range(longest + 1)
    )
    return best[1], best[0]


def exact_adf(series, trend, lags, max_lags):
    x, scale = integers(series)
    n = len(series)
    terms = list(TRENDS).index(trend)
    criterion = "NaN"
    chosen = lags
    if isinstance(lags, str):
        longest = min(n // 2 - terms - 1, ceil(12 * (n / 100) ** 0.25)) if max_lags is None else max_lags
        chosen, criterion = choose(x, scale, longest, terms, lags)
        criterion = float(criterion)
    c = columns_of(x, chosen, terms)
    along, residual = factorise([*c["trends"], *c["past"], c["level"], c["response"]])
    observations = len(c["response"])
    statistic = float(along[-1] / mpmath.sqrt(residual / (observations - terms - 1 - chosen)))
    return {
        "statistic": statistic,
        "pValue": p_value(statistic, probability(trend)[0]),
        "lags": chosen,
        "observations": observations,
        "criticalValues": critical_values(surface(trend)[0], observations),
        "criterion": criterion,
    }


def peer(series, trend, lags, max_lags):
    warnings.simplefilter("ignore")
    rule = isinstance(lags, str)
    try:
        r = adfuller(np.array(series), maxlag=max_lags if rule else lags, regression=TRENDS[trend],
                     autolag=lags if rule else None, result_object=False)
    except Exception as error:  # the reference may refuse what is well defined
        return str(error)
    return {"statistic": r[0], "pValue": r[1], "lags": r[2], "observations": r[3], "criterion": r[5] if rule else "NaN"}


def row(kind, seed, length, trend, lags, max_lags=None):
    series = series_of(kind, seed, length)
    expected = exact_adf(series, trend, lags, max_lags)
    theirs = peer(series, trend, lags, max_lags)
    given = {"kind": kind, "seed": seed, "length": length, "trend": trend, "lags": lags}
    if max_lags is not None:
        given["maxLags"] = max_lags
    bound = "" if max_lags is None else f" up to {max_lags}"
    out = {
        "name": f"{kind}, {length} observations, {trend}, {lags} lags{bound}",
        "input": given,
        "expected": expected,
        "tolerance": 1e-9,
    }
    if isinstance(theirs, str):
        out["note"] = f"statsmodels refuses: {theirs}"
    else:
        apart = [k for k in theirs if theirs[k] != expected[k]
                 and abs(theirs[k] - expected[k]) > 1e-9 * abs(expected[k])]
        if apart:
            out["note"] = "statsmodels answers " + ", ".join(f"{k} {theirs[k]:.10g}" for k in apart)
    return out


def answers():
    rows = []
    rules = ["aic", "bic", "t-stat", None]
    lengths = [25, 60, 250, 1000, 40, 120, 500, 2000]
    count = 0
    for kind in KINDS:
        for trend in TRENDS:
            for rule in rules:
                length = lengths[count % len(lengths)]
                lags = rule or [0, 1, 3, 6][count % 4 if length > 30 else 1]
                rows.append(row(kind, count + 1, length, trend, lags))
                count += 3 if count % 16 == 15 else 1
                print(rows[-1]["name"], rows[-1].get("note", ""), flush=True)
    for kind in ["walk", "near-unit-root", "offset-noise", "grid", "drift"]:
        rows.append(row(kind, 900, 5000, "constant", "aic"))
        rows.append(row(kind, 901, 5000, "quadratic", "bic"))
        rows.append(row(kind, 902, 300, "linear", "aic", 4))
        rows.append(row(kind, 903, 300, "none", "t-stat", 40))
        print(kind, [r.get("note") for r in rows[-4:]], flush=True)
    return {
        "about": "Augmented Dickey-Fuller: statistic, p-value, chosen lags, criterion",
        "source": f"exact sums of products, factorised with mpmath {mpmath.__version__} at 80 digits; compared with statsmodels {statsmodels.__version__}",
        "made": "test/conformance/make/adf.py",
        "recipe": RECIPE,
        "rows": rows,
    }


if __name__ == "__main__":
    content = answers()
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in content.pop("rows"))
    head = json.dumps(content, ensure_ascii=False, indent=1)[:-2]
    target = Path(__file__).parent.parent / "answers" / "adf.json"
    target.write_text(f'{head},\n "rows": [\n{lines}\n]}}\n', encoding="utf8")
