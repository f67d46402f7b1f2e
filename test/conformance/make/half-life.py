"""Half-lives in exact arithmetic: python half-life.py writes answers/half-life.json.

The slope of the change on the level is a ratio of exact integers; the logarithms are taken with 50 digits.
"""

import json
from fractions import Fraction
from pathlib import Path

import mpmath

from recipes import KINDS, RECIPE, series_of

mpmath.mp.dps = 50


def half_life(series, method):
    x = [Fraction(v) for v in series]
    level = x[:-1]
    change = [b - a for a, b in zip(x, x[1:])]
    rows = len(level)
    covariance = rows * sum(a * b for a, b in zip(level, change)) - sum(level) * sum(change)
    variance = rows * sum(a * a for a in level) - sum(level) ** 2
    pull = covariance / variance
    if pull >= 0:
        return "Infinity"
    value = mpmath.mpf(pull.numerator) / pull.denominator
    if method == "linear":
        return float(-mpmath.log(2) / value)
    return float(-mpmath.log(2) / mpmath.log1p(value)) if pull > -1 else 0.0


def answers():
    rows = []
    for number, kind in enumerate(KINDS):
        for method, length in [("exact", 60), ("linear", 400), ("exact", 1500)]:
            given = {"kind": kind, "seed": 300 + number, "length": length, "method": method}
            expected = {"halfLife": half_life(series_of(kind, given["seed"], length), method)}
            rows.append({"name": f"{kind}, {length} observations, {method}", "input": given, "expected": expected,
                         "tolerance": 1e-10})
    return {
        "about": "half-life of a deviation from the mean",
        "source": f"exact fractions, logarithms with mpmath {mpmath.__version__} at 50 digits",
        "made": "test/conformance/make/half-life.py",
        "recipe": RECIPE,
        "rows": rows,
    }


if __name__ == "__main__":
    content = answers()
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in content.pop("rows"))
    head = json.dumps(content, ensure_ascii=False, indent=1)[:-2]
    target = Path(__file__).parent.parent / "answers" / "half-life.json"
    target.write_text(f'{head},\n "rows": [\n{lines}\n]}}\n', encoding="utf8")
