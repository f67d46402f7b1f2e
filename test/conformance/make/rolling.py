"""Rolling and whole statistics in exact fractions; roots with mpmath at 50 digits."""

import json
from fractions import Fraction
from pathlib import Path

import mpmath
from mpmath import mp, mpf

from recipes import RECIPE, series_of
from rolling_flaws import FLAWS, flawed

mp.dps = 50


def exact(value):
    return mpf(value.numerator) / mpf(value.denominator)


def joint(a, b):
    n = len(a)
    return sum(p * q for p, q in zip(a, b)) - sum(a) * sum(b) / n


def statistic(name, y, x, now_known):
    """The exact value for the known values of one window; None where there is none."""
    n = len(y)
    if name == "mean":
        return exact(sum(y) / n) if n else None
    if n < 2:
        return None
    yy = joint(y, y)
    if name == "variance":
        return exact(yy / (n - 1))
    if name == "standardDeviation":
        return mpmath.sqrt(exact(yy / (n - 1)))
    if name == "zScore":
        return None if yy == 0 or not now_known else exact(y[-1] - sum(y) / n) / mpmath.sqrt(exact(yy / (n - 1)))
    xy, xx = joint(x, y), joint(x, x)
    if name == "covariance":
        return exact(xy / (n - 1))
    if name == "correlation":
        return None if xx == 0 or yy == 0 else exact(xy) / mpmath.sqrt(exact(xx * yy))
    if xx == 0 or n < 3:
        return None
    ratio = xy / xx
    left = (yy - xy * ratio) / (n - 2)
    mean_y, mean_x = sum(y) / n, sum(x) / n
    return {
        "ratio": lambda: exact(ratio),
        "intercept": lambda: exact(mean_y - ratio * mean_x),
        "rSquared": lambda: exact(xy * ratio / yy) if yy else None,
        "ratioError": lambda: mpmath.sqrt(exact(left / xx)),
        "interceptError": lambda: mpmath.sqrt(exact(left * (Fraction(1, n) + mean_x * mean_x / xx))),
        "residualDeviation": lambda: mpmath.sqrt(exact(left)),
    }[name]()


ONE = ["mean", "variance", "standardDeviation", "zScore"]
TWO = ["covariance", "correlation"]
OLS = ["ratio", "intercept", "rSquared", "ratioError", "interceptError", "residualDeviation"]


def row(name, kind, flaw, window, minimum, seed, length):
    y = flawed(series_of(kind, seed, length), flaw)
    x = series_of("walk", seed + 1000, length)
    pair = name not in ONE
    known = [value is not None for value in y]
    ends = sorted({window - 1, window, 41, 46, 48, 57, 61, 75, 93, 94, 119, 130, length - 2, length - 1})
    expected = {}
    weakest = 1.0
    for end in ends:
        kept = [t for t in range(max(end - window + 1, 0), end + 1) if known[t]]
        enough = len(kept) >= minimum
        ys = [Fraction(y[t]) for t in kept]
        xs = [Fraction(x[t]) for t in kept] if pair else None
        value = statistic(name, ys, xs, known[end]) if enough else None
        expected[str(end)] = "NaN" if value is None else float(value)
        if name in ["covariance", "correlation", "ratio"] and value is not None:
            weakest = min(weakest, abs(float(statistic("correlation", ys, xs, True) or 1)))
    return {
        "name": f"{name}, {kind}, {flaw}, window {window}, minimum {minimum}",
        "input": {"of": name, "kind": kind, "seed": seed, "length": length, "flaw": flaw, "window": window, "minimum": minimum},
        "expected": expected,
        # A product of two legs is known to the last digits of their sizes: relative to a weak correlation that is less.
        "tolerance": 5e-14 / weakest,
    }


rows = []
seed = 900
for name in ONE + TWO + OLS:
    for kind, flaw, window in [
        ("walk", "none", 20),
        ("offset-noise", "none", 60),
        ("grid", "halt", 25),
        ("walk", "missing", 12),
        ("walk", "spike", 30),
        ("offset-walk", "missing", 40),
        ("illiquid", "none", 7),
        ("grid", "none", 100),
        ("white-noise", "spike", 60),
    ]:
        seed += 1
        minimum = max(window // 2, 3) if flaw == "missing" else window
        rows.append(row(name, kind, flaw, window, minimum, seed, 160))

out = {
    "about": "rolling mean, variance, deviation, z-score, covariance, correlation and regression at some indices",
    "source": f"exact fractions of the doubles; roots with mpmath {mpmath.__version__} at 50 digits",
    "made": "test/conformance/make/rolling.py",
    "recipe": RECIPE + " y has the seed given, x is a walk of that seed + 1000. " + FLAWS,
    "rows": "ROWS",
}
text = json.dumps(out, indent=1).replace('"ROWS"', "[\n" + ",\n".join(json.dumps(r) for r in rows) + "\n]")
(Path(__file__).parent.parent / "answers" / "rolling.json").write_text(text + "\n")
print(len(rows), "rows")
