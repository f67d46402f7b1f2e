"""Answers for Student's t, chi-squared and F, from positive series summed by mpmath at 60 digits and more."""
import json
import warnings
from pathlib import Path

import mpmath
import scipy
from mpmath import mp, mpf
from scipy import stats

mp.dps = 60
warnings.simplefilter("ignore")


def total(x, top, bottom):
    """Σ xⁿ (top)ₙ / (bottom)ₙ, or Σ xⁿ / (bottom)ₙ without a top: all positive, so summed in plain integers."""
    bits = mp.prec + 40
    one = 1 << bits
    x, bottom, top = int(mpmath.ldexp(x, bits)), int(mpmath.ldexp(bottom, bits)), top and int(mpmath.ldexp(top, bits))
    term = result = one
    while term > 0 and (term << (mp.prec + 10)) > result:
        term = term * x // bottom
        if top:
            term = (term * top) >> bits
            top += one
        bottom += one
        result += term
    return mpmath.ldexp(mpf(result), -bits)


def log_beta(a, b):
    return mpmath.loggamma(a) + mpmath.loggamma(b) - mpmath.loggamma(a + b)


def complement(chance):
    """1 - chance(), with 60 digits of it left however small it is."""
    for digits in (140, 420):
        with mp.workdps(digits):
            rest = 1 - chance()
        if rest > mpf(10) ** (60 - digits):
            return rest
    return rest


def beta_below(a, b, x, y):
    """I_x(a, b) for y = 1 - x: the series in x, or one minus the series in y where that is shorter."""
    if x <= 0.5 or (x <= 0.9 and x <= a / (a + b)):
        front = mpmath.exp(a * mpmath.log(x) + b * mpmath.log(y) - log_beta(a, b)) / a
        return front * total(x, a + b, a + 1)
    return complement(lambda: beta_below(b, a, y, 1 - y))


def gamma_below(a, x):
    return mpmath.exp(a * mpmath.log(x) - x - mpmath.loggamma(a + 1)) * total(x, None, a + 1)


def gamma_above(a, x):
    return complement(lambda: gamma_below(a, x))


def t_beyond(t, df):
    return beta_below(df / 2, mpf(1) / 2, df / (df + t * t), t * t / (df + t * t))


def t_within(t, df):
    return beta_below(mpf(1) / 2, df / 2, t * t / (df + t * t), df / (df + t * t))


def solve(start, wanted, rises, chance, density):
    """x where chance(x) is wanted: Newton on its logarithm over ln x, halving where that leaves the bracket."""
    low, high, x = mpf(0), mpf("inf"), mpf(start)
    for _ in range(300):
        reached = chance(x)
        error = mpmath.log(reached / wanted) if reached > 0 else mpf("-inf")
        if (error > 0) == rises:
            high = x
        else:
            low = x
        follow = x * mpmath.exp(min(1, (-1 if rises else 1) * error * reached / density(x))) if reached > 0 else mpf(-1)
        if abs(error) < mpf(10) ** -25:
            return follow
        if not low < follow < high:
            follow = 2 * low if high == mpf("inf") else high / 2 if low == 0 else mpmath.sqrt(low * high)
        x = follow
    raise ArithmeticError


def t_quantile(p, df):
    if p == mpf("0.5"):
        return mpf(0)
    away, tail = abs(p - mpf("0.5")), min(p, 1 - p)
    size = lambda t: 2 * mpmath.exp(mpmath.log(t * t / (df + t * t)) / 2 + df / 2 * mpmath.log(df / (df + t * t)) - log_beta(mpf(1) / 2, df / 2))
    if away < 0.25:
        t = solve(away * 2.6, 2 * away, True, lambda t: t_within(t, df), size)
    else:
        guess = abs(stats.norm.ppf(float(tail)))
        t = solve(guess if df > 30 else float(tail) ** (-1 / float(df)) + 1, 2 * tail, False, lambda t: t_beyond(t, df), size)
    return t if p > 0.5 else -t


def chi_quantile(p, df):
    a = df / 2
    density = lambda x: mpmath.exp(a * mpmath.log(x) - x - mpmath.loggamma(a))
    start = mpmath.exp((mpmath.log(p) + mpmath.loggamma(a + 1)) / a)
    if a > 1:
        cube = 1 - 1 / (9 * a) + mpf(float(stats.norm.ppf(float(p)))) / (3 * mpmath.sqrt(a))
        if cube > 0.1:
            start = a * cube**3
    if p < 0.5:
        return 2 * solve(start, p, True, lambda x: gamma_below(a, x), density)
    return 2 * solve(start, 1 - p, False, lambda x: gamma_above(a, x), density)


def f_above(x, d1, d2):
    s = d2 + d1 * x
    return beta_below(d2 / 2, d1 / 2, d2 / s, d1 * x / s)


EXACT = {
    "studentTCdf": lambda x, df: t_beyond(x, df) / 2 if x < 0 else 1 - t_beyond(x, df) / 2,
    "studentTSurvival": lambda x, df: t_beyond(x, df) / 2,
    "studentTPValue": lambda t, df: t_beyond(abs(t), df),
    "studentTQuantile": t_quantile,
    "chiSquaredCdf": lambda x, df: gamma_below(df / 2, x / 2),
    "chiSquaredSurvival": lambda x, df: gamma_above(df / 2, x / 2),
    "chiSquaredQuantile": chi_quantile,
    "fSurvival": f_above,
    "fCdf": lambda x, d1, d2: f_above(1 / x, d2, d1),
}
SCIPY = {
    "studentTCdf": stats.t.cdf, "studentTSurvival": stats.t.sf, "studentTPValue": lambda t, df: 2 * stats.t.sf(abs(t), df),
    "studentTQuantile": stats.t.ppf, "chiSquaredCdf": stats.chi2.cdf, "chiSquaredSurvival": stats.chi2.sf,
    "chiSquaredQuantile": stats.chi2.ppf, "fSurvival": stats.f.sf, "fCdf": stats.f.cdf,
}

some = [0.5, 1, 2, 3.7, 10, 30, 99.5, 250, 1000, 12345.6, 1e6]
INPUTS = {
    "studentTCdf": [(x, df) for df in some for x in (-30.0, -8.5, -2.3, -1.0, -0.01, 1e-8, 0.7, 1.0, 1.3, 3.0)],
    "studentTSurvival": [(5.0, df) for df in some] + [(1e10, 1), (1e40, 1), (1e160, 1), (1e200, 0.5), (1e30, 7.5), (800.0, 10), (38.0, 1e6), (36.0, 1e5)],
    "studentTPValue": [(800.0, 10), (-800.0, 10), (40.0, 1000), (2.5, 30), (12.0, 57), (25.0, 500), (30.0, 1e6)],
    "studentTQuantile": [(p, df) for df in some for p in (1e-10, 0.001, 0.025, 0.2, 0.26, 0.4999, 0.5 + 1e-12, 0.6, 0.975, 1 - 1e-12)]
    + [(1e-300, 3), (1e-300, 10.5), (1e-300, 200), (1e-300, 1e6), (1e-100, 0.7), (1e-300, 2), (0.5, 4), (1 - 2.0**-53, 5), (0.5 + 2.0**-53, 5)],
    "chiSquaredCdf": [(df * c, df) for df in some[:-1] for c in (0.01, 0.3, 1.0, 1.7)] + [(1e-30, 1.0), (1e-100, 4.0), (9.9e5, 1e6), (1e6, 1e6)],
    "chiSquaredSurvival": [(df * c, df) for df in some[:-2] for c in (0.5, 0.999, 1.0, 1.001, 1.4, 3.0)]
    + [(400.0, 2), (1300.0, 1), (1300.0, 5.5), (1400.0, 60), (2.706, 1), (6.635, 1), (199999.0, 2e5), (200001.0, 2e5), (1e6, 1e6), (1.02e6, 1e6), (1.05e6, 1e6)],
    "chiSquaredQuantile": [(p, df) for df in some for p in (0.001, 0.05, 0.3, 0.5, 0.7, 0.95, 0.99, 1 - 1e-12)]
    + [(1e-300, 3), (1e-300, 2), (1e-200, 100), (1e-20, 7.7), (1e-300, 1000), (1e-5, 0.5), (1 - 2.0**-53, 1), (1 - 2.0**-53, 500)],
    "fSurvival": [(f, d1, d2) for d1, d2 in ((1, 1), (0.5, 0.7), (2, 10), (10, 2), (3, 500.5), (40, 60), (1, 1e6), (1e6, 1), (5, 2e4), (1500, 1500), (2e5, 2e5), (1e6, 3000))
                  for f in (0.2, 0.95, 1.0, 1.05, 1.7)]
    + [(1e5, 3, 40), (350.0, 2, 1000), (1e30, 5, 5), (1e-8, 4, 9), (4.5, 1000, 500), (1.2, 1e6, 2e4), (1.05, 1e6, 1e6), (3.84, 1, 1e6)],
    "fCdf": [(0.01, 3, 40), (0.3, 200, 300), (0.95, 1e6, 1e6), (1e-20, 7, 3), (2.0, 2, 10), (1.001, 2e5, 3e5), (1e-50, 1, 8), (0.5, 800, 900)],
}
OUTSIDE = [
    ("studentTCdf", [0, 3], 0.5), ("studentTCdf", ["Infinity", 3], 1), ("studentTCdf", ["-Infinity", 3], 0), ("studentTCdf", ["NaN", 3], "NaN"),
    ("studentTCdf", [1, "NaN"], "NaN"), ("studentTCdf", [1, 0], "NaN"), ("studentTCdf", [1, -2], "NaN"),
    ("studentTQuantile", [0, 3], "-Infinity"), ("studentTQuantile", [1, 3], "Infinity"), ("studentTQuantile", [-0.1, 3], "NaN"),
    ("studentTQuantile", [1.1, 3], "NaN"), ("studentTQuantile", ["NaN", 3], "NaN"), ("studentTQuantile", [0.3, 0], "NaN"), ("studentTQuantile", [0.5, 9], 0),
    ("chiSquaredSurvival", [-1, 3], 1), ("chiSquaredSurvival", [0, 3], 1), ("chiSquaredSurvival", ["Infinity", 3], 0), ("chiSquaredSurvival", ["NaN", 3], "NaN"),
    ("chiSquaredSurvival", [1, 0], "NaN"), ("chiSquaredSurvival", [1, "NaN"], "NaN"), ("chiSquaredSurvival", [1e308, 0.5], 0),
    ("chiSquaredQuantile", [0, 3], 0), ("chiSquaredQuantile", [1, 3], "Infinity"), ("chiSquaredQuantile", [2, 3], "NaN"), ("chiSquaredQuantile", ["NaN", 3], "NaN"),
    ("chiSquaredQuantile", [0.5, -1], "NaN"), ("fSurvival", [-1, 2, 3], 1), ("fSurvival", [0, 2, 3], 1), ("fSurvival", ["Infinity", 2, 3], 0),
    ("fSurvival", ["NaN", 2, 3], "NaN"), ("fSurvival", [1, 0, 3], "NaN"), ("fSurvival", [1, 2, "NaN"], "NaN"), ("fSurvival", [1, 2, -3], "NaN"),
]

rows = []
for name, inputs in INPUTS.items():
    for arguments in inputs:
        expected = float(EXACT[name](*(mpf(x) for x in arguments)))
        if abs(expected) < 2.3e-308 and expected != 0:
            continue  # too small for a number of full precision
        row = {"name": f"{name}{arguments!r}", "input": {"of": name, "arguments": list(arguments)}, "expected": expected, "tolerance": 1e-12}
        other = float(SCIPY[name](*arguments))
        miss = abs(other / expected - 1) if expected else abs(other)
        if not miss < 1e-12:
            row["note"] = f"scipy {scipy.__version__} gives {other!r}" + (f", {miss:.1e} away" if miss == miss else "")
        rows.append(row)
for name, arguments, expected in OUTSIDE:
    shown = ", ".join(str(x) for x in arguments)
    rows.append({"name": f"{name}({shown})", "input": {"of": name, "arguments": arguments}, "expected": expected, "tolerance": 0})

answers = {
    "about": "Student's t, chi-squared and F: both tails, quantiles, fractional and huge degrees of freedom; the right answer for the doubles given.",
    "source": f"mpmath {mpmath.__version__} at 60 digits and more",
    "made": "make/distributions.py",
    "rows": rows,
}
(Path(__file__).parent.parent / "answers" / "distributions.json").write_text(json.dumps(answers, indent=1) + "\n")
print(len(rows), "rows;", sum("note" in r for r in rows), "where scipy is off by 1e-12 or more")
