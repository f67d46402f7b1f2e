"""Rolling and whole skewness and kurtosis in exact fractions; roots with mpmath at 50 digits. pandas is asked beside."""

import json
import warnings
from fractions import Fraction
from pathlib import Path

import mpmath
import numpy as np
import pandas as pd
from mpmath import mp, mpf

from recipes import RECIPE, series_of
from rolling_flaws import FLAWS, flawed

mp.dps = 50
warnings.simplefilter("ignore")


def exact(value):
    return mpf(value.numerator) / mpf(value.denominator)


def powers(xs):
    n = len(xs)
    mean = sum(xs) / n
    return [sum((x - mean) ** k for x in xs) for k in (2, 3, 4)]


def statistic(name, xs):
    """Joanes & Gill (1998): G1 and G2; None where there is none."""
    n = len(xs)
    if n < (3 if name == "skewness" else 4):
        return None
    m2, m3, m4 = powers(xs)
    if m2 == 0:
        return None
    if name == "skewness":
        return n * mpmath.sqrt(n - 1) / (n - 2) * exact(m3) / exact(m2) ** mpf("1.5")
    return exact(Fraction(n - 1, (n - 2) * (n - 3)) * (n * (n + 1) * m4 / (m2 * m2) - 3 * (n - 1)))


def row(name, kind, flaw, window, minimum, seed, length):
    y = flawed(series_of(kind, seed, length), flaw)
    ends = sorted({window - 1, window, 41, 46, 48, 57, 61, 75, 93, 94, 119, 130, length - 2, length - 1})
    expected = {}
    pandas = pd.Series([np.nan if v is None else v for v in y]).rolling(window, min_periods=minimum)
    theirs = (pandas.skew() if name == "skewness" else pandas.kurt()).to_numpy()
    worst = 0.0
    for end in ends:
        kept = [Fraction(y[t]) for t in range(max(end - window + 1, 0), end + 1) if y[t] is not None]
        value = statistic(name, kept) if len(kept) >= minimum else None
        expected[str(end)] = "NaN" if value is None else float(value)
        if value is not None:
            off = abs(theirs[end] - float(value)) / max(1, abs(float(value)))
            worst = max(worst, float("inf") if np.isnan(off) else off)
    return {
        "name": f"{name}, {kind}, {flaw}, window {window}, minimum {minimum}",
        "input": {"of": name, "kind": kind, "seed": seed, "length": length, "flaw": flaw, "window": window, "minimum": minimum},
        "expected": expected,
        # Of the value, or of 1 where that is more: a skewness near 0 is what is left of cubes of either sign.
        "tolerance": 1e-13,
        "note": f"pandas is off by {worst:.1e}",
    }


if __name__ == "__main__":
    rows = []
    seed = 2900
    for name in ["skewness", "kurtosis"]:
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
            ("tiny", "none", 20),
            ("outliers", "none", 50),
            ("drift", "none", 30),
        ]:
            seed += 1
            minimum = max(window // 2, 4) if flaw == "missing" else window
            rows.append(row(name, kind, flaw, window, minimum, seed, 160))

    out = {
        "about": "rolling adjusted skewness G1 and excess kurtosis G2 at some indices",
        "source": f"exact fractions of the doubles; roots with mpmath {mpmath.__version__} at 50 digits; beside them pandas {pd.__version__}",
        "made": "test/conformance/make/shape.py",
        "recipe": RECIPE + " " + FLAWS,
        "rows": "ROWS",
    }
    text = json.dumps(out, indent=1).replace('"ROWS"', "[\n" + ",\n".join(json.dumps(r) for r in rows) + "\n]")
    (Path(__file__).parent.parent / "answers" / "shape.json").write_text(text + "\n")
    for r in rows:
        print(r["name"], r["note"])
