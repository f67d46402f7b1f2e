"""Answers for the normal distribution and the error functions, from mpmath at 60 digits."""
import json
import math
from pathlib import Path

import mpmath
import scipy
from mpmath import mp, mpf
from scipy import special

mp.dps = 60
SQRT_2 = mpmath.sqrt(2)

def below(x):
    return mpmath.erfc(-x / SQRT_2) / 2

def density(x):
    return mpmath.exp(-x * x / 2) / mpmath.sqrt(2 * mpmath.pi)

def log_below(x):
    if x > 0:
        return mpmath.log1p(-below(-x))
    if x > -1000:
        return mpmath.log(below(x))
    y = x * x  # the asymptotic series of the Mills ratio
    series = 1 - 1 / y + 3 / y**2 - 15 / y**3 + 105 / y**4 - 945 / y**5
    return -y / 2 - mpmath.log(-x * mpmath.sqrt(2 * mpmath.pi)) + mpmath.log(series)

def scaled(x):
    if x < 1000:
        return mpmath.exp(x * x) * mpmath.erfc(x)
    y = 2 * x * x
    return (1 - 1 / y + 3 / y**2 - 15 / y**3 + 105 / y**4) / (x * mpmath.sqrt(mpmath.pi))

def quantile(p):
    """Newton's method on the logarithm of the smaller tail, from a double guess."""
    if p == mpf("0.5"):
        return mpf(0)
    tail = p if p < 0.5 else 1 - p
    x = mpf(float(special.ndtri(float(tail))))
    if abs(p - 0.5) < mpf("0.01"):
        x = (p - mpf("0.5")) * mpmath.sqrt(2 * mpmath.pi) if p < 0.5 else (mpf("0.5") - p) * mpmath.sqrt(2 * mpmath.pi)
    for _ in range(60):
        step = (mpmath.log(below(x)) - mpmath.log(tail)) * below(x) / density(x)
        x -= step
        if abs(step) < abs(x) * mpf(10) ** -50:
            break
    return x if p < 0.5 else -x

EXACT = {
    "normalPdf": density, "normalCdf": below, "normalSurvival": lambda x: below(-x), "normalLogCdf": log_below,
    "normalQuantile": quantile, "erf": mpmath.erf, "erfc": mpmath.erfc, "erfcx": scaled,
}
SCIPY = {
    "normalCdf": special.ndtr, "normalSurvival": lambda x: special.ndtr(-x), "normalLogCdf": special.log_ndtr,
    "normalQuantile": special.ndtri, "erf": special.erf, "erfc": special.erfc, "erfcx": special.erfcx,
}
line = [0.0, 1e-300, 1e-20, 1e-8, 0.001, 0.1, 0.5, 0.75, 0.7500001, 1.0, 1.5, 1.96, 2.5, 3.0, 4.2, 5.0, 6.0, 7.5, 8.0]
both = sorted({x for v in line for x in (v, -v)})
far = [8.3, 10.0, 11.99, 12.0, 12.01, 15.5, 20.0, 25.3, 30.0, 33.333, 37.0, 37.5]
INPUTS = {
    "normalPdf": both + far + [-x for x in far],
    "normalCdf": both + [-x for x in far],
    "normalSurvival": both + far,
    "normalLogCdf": both + far[:-2] + [-x for x in far] + [-38.0, -40.0, -100.0, -1234.5, -1e4, -1e6, -1e8, -1e10],
    "normalQuantile": [1e-300, 1e-250, 1e-200, 1e-150, 1e-100, 1e-50, 1e-20, 1.3e-11, 1e-10, 1.4e-11, 1e-6, 0.001, 0.01, 0.025, 0.05,
                       0.0749, 0.075, 0.0751, 0.1, 0.25, 0.3, 0.4, 0.45, 0.49, 0.499, 0.4999999, 0.5 - 1e-12, 0.5 - 2.0**-54, 0.5,
                       0.5 + 2.0**-53, 0.5 + 1e-12, 0.5000001, 0.51, 0.6, 0.75, 0.9, 0.924, 0.925, 0.9251, 0.95, 0.975, 0.99, 0.999,
                       0.999999, 1 - 1e-10, 1 - 1e-14, 1 - 2.0**-53],
    "erf": both + [1e-308, -1e-308, 5.5, 5.9, 6.5],
    "erfc": both + [9.0, 10.0, 12.5, 15.0, 20.0, 25.0, 26.0, 26.5],
    "erfcx": both + [9.0, 10.0, 15.0, 26.5, 100.0, 1e4, 1e8, 1e15, 1e100, -10.0, -20.0, -26.0, -26.6],
}
OUTSIDE = [
    ("normalCdf", "-Infinity", 0), ("normalCdf", "Infinity", 1), ("normalCdf", "NaN", "NaN"),
    ("normalSurvival", "Infinity", 0), ("normalSurvival", "-Infinity", 1), ("normalSurvival", "NaN", "NaN"),
    ("normalPdf", "Infinity", 0), ("normalPdf", "NaN", "NaN"), ("normalLogCdf", "-Infinity", "-Infinity"),
    ("normalLogCdf", "Infinity", 0), ("normalLogCdf", "NaN", "NaN"), ("normalQuantile", 0, "-Infinity"),
    ("normalQuantile", 1, "Infinity"), ("normalQuantile", -1e-300, "NaN"), ("normalQuantile", 1.0000001, "NaN"),
    ("normalQuantile", "NaN", "NaN"), ("erf", "Infinity", 1), ("erf", "-Infinity", -1), ("erf", "NaN", "NaN"),
    ("erfc", "Infinity", 0), ("erfc", "-Infinity", 2), ("erfc", "NaN", "NaN"), ("erfcx", "Infinity", 0),
    ("erfcx", "-Infinity", "Infinity"), ("erfcx", -26.8, "Infinity"), ("erfcx", "NaN", "NaN"),
]

rows = []
for name, inputs in INPUTS.items():
    for x in inputs:
        expected = float(EXACT[name](mpf(x)))
        row = {"name": f"{name}({x!r})", "input": {"of": name, "x": x}, "expected": expected, "tolerance": 1e-14}
        if name in SCIPY and expected != 0:
            other = float(SCIPY[name](x))
            miss = abs(other / expected - 1)
            if not miss < 1e-14:
                row["note"] = f"scipy {scipy.__version__} gives {other!r}, {miss:.1e} away"
        rows.append(row)
for name, x, expected in OUTSIDE:
    rows.append({"name": f"{name}({x})", "input": {"of": name, "x": x}, "expected": expected, "tolerance": 0})

answers = {
    "about": "The normal distribution and the error functions, both tails; the right answer for the double given.",
    "source": f"mpmath {mpmath.__version__} at 60 digits",
    "made": "make/normal.py",
    "rows": rows,
}
target = Path(__file__).parent.parent / "answers" / "normal.json"
target.parent.mkdir(exist_ok=True)
assert all(not isinstance(r["expected"], float) or math.isfinite(r["expected"]) for r in rows)
target.write_text(json.dumps(answers, indent=1) + "\n")
print(len(rows), "rows;", sum("note" in r for r in rows), "where scipy is off")
