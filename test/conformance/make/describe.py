"""What a series looks like, in exact fractions; roots with mpmath at 50 digits."""

import json
from fractions import Fraction
from math import floor
from pathlib import Path

import mpmath
from mpmath import mp

from recipes import RECIPE, series_of
from rolling_flaws import FLAWS, flawed
from shape import exact, powers, statistic

mp.dps = 50


def quantile(ordered, p):
    """Hyndman & Fan (1996), type 7."""
    place = (len(ordered) - 1) * Fraction(p)
    k = floor(place)
    if place == k:
        return ordered[k]
    return ordered[k] + (place - k) * (ordered[k + 1] - ordered[k])


def row(kind, flaw, seed, length):
    raw = flawed(series_of(kind, seed, length), flaw)
    known = [Fraction(v) for v in raw if v is not None]
    n = len(known)
    ordered = sorted(known)
    values = {
        "count": n,
        "missing": length - n,
        "mean": exact(sum(known) / n),
        "standardDeviation": mpmath.sqrt(exact(powers(known)[0] / (n - 1))) if n > 1 else None,
        "skewness": statistic("skewness", known),
        "kurtosis": statistic("kurtosis", known),
        "minimum": exact(ordered[0]),
        "lowerQuartile": exact(quantile(ordered, "1/4")),
        "median": exact(quantile(ordered, "1/2")),
        "upperQuartile": exact(quantile(ordered, "3/4")),
        "maximum": exact(ordered[-1]),
    }
    return {
        "name": f"{kind}, {flaw}, {length} observations",
        "input": {"kind": kind, "seed": seed, "length": length, "flaw": flaw},
        "expected": {k: "NaN" if v is None else float(v) for k, v in values.items()},
        "tolerance": 1e-15,
        # Of themselves or of 1.
        "tolerances": {"skewness": 5e-14, "kurtosis": 5e-14, "standardDeviation": 2e-15},
    }


if __name__ == "__main__":
    rows = []
    for i, (kind, flaw, length) in enumerate(
        [
            ("walk", "none", 100),
            ("walk", "missing", 101),
            ("offset-noise", "none", 250),
            ("grid", "halt", 150),
            ("white-noise", "spike", 200),
            ("tiny", "none", 60),
            ("outliers", "missing", 300),
            ("walk", "none", 3),
            ("walk", "none", 2),
            ("walk", "none", 1),
        ]
    ):
        rows.append(row(kind, flaw, 5900 + i, length))
    out = {
        "about": "what whole series look like: count, mean, deviation, shape and quartiles of the values that are there",
        "source": f"exact fractions of the doubles; roots with mpmath {mpmath.__version__} at 50 digits",
        "made": "test/conformance/make/describe.py",
        "recipe": RECIPE + " " + FLAWS,
        "rows": "ROWS",
    }
    text = json.dumps(out, indent=1).replace('"ROWS"', "[\n" + ",\n".join(json.dumps(r) for r in rows) + "\n]")
    (Path(__file__).parent.parent / "answers" / "describe.json").write_text(text + "\n")
    print(len(rows), "rows")
