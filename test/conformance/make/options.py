"""Answers for European options: prices and every Greek of three models, from mpmath at 80 digits.

The Greeks are closed forms; for every fifth row they are compared here with differences of the price at 80 digits.
A tolerance is relative to the value, or, where a Greek is a difference of terms (theta, vanna at d2 = 0), to the terms.
"""
import json
import random
from pathlib import Path

import mpmath
from mpmath import mp, mpf

mp.dps = 80
NAMES = ["price", "delta", "gamma", "vega", "theta", "rho", "vanna", "volga", "charm", "speed", "zomma", "color", "veta",
         "ultima", "dualDelta", "dualGamma", "dividendRho"]


def below(x):
    return mpmath.erfc(-x / mpmath.sqrt(2)) / 2


def density(x):
    return mpmath.exp(-x * x / 2) / mpmath.sqrt(2 * mpmath.pi)


def lognormal_price(sign, S, K, T, r, q, v):
    s = v * mpmath.sqrt(T)
    d1 = (mpmath.log(S / K) + (r - q) * T) / s + s / 2
    return sign * (S * mpmath.exp(-q * T) * below(sign * d1) - K * mpmath.exp(-r * T) * below(sign * (d1 - s)))


def normal_price(sign, F, K, T, r, v):
    s = v * mpmath.sqrt(T)
    d = (F - K) / s
    return mpmath.exp(-r * T) * (sign * (F - K) * below(sign * d) + s * density(d))


def lognormal(sign, S, K, T, r, q, v):
    """Every value as the list of the terms it is the sum of."""
    root = mpmath.sqrt(T)
    s = v * root
    b = r - q
    d1 = (mpmath.log(S / K) + b * T) / s + s / 2
    d2 = d1 - s
    spread = (abs(mpmath.log(S / K)) + abs(b * T)) / s + s / 2  # what d1 and d2 are made of
    w, z = mpmath.exp(-q * T), mpmath.exp(-r * T)
    n = w * density(d1)
    N1, N2 = below(sign * d1), below(sign * d2)
    gamma, vega, both = n / (S * s), S * n * root, d1 * d2
    pull = [q, b * d1 / s]
    wide = [q, abs(b) * spread / s]
    return {
        "price": ([lognormal_price(sign, S, K, T, r, q, v)], None),
        "delta": ([sign * w * N1], None),
        "gamma": ([gamma], None),
        "vega": ([vega], None),
        "theta": ([-S * n * v / (2 * root), -sign * r * K * z * N2, sign * q * S * w * N1], None),
        "rho": ([sign * T * K * z * N2], None),
        "vanna": ([-n * d2 / v], [n * spread / v]),
        "volga": ([vega * both / v], [vega * (abs(both) + abs(d1 + d2) * spread) / v]),
        "charm": ([sign * q * w * N1, -n * b / s, n * d2 / (2 * T)], [q * w * N1, n * b / s, n * spread / T]),
        "speed": ([-gamma / S, -gamma / S * d1 / s], [gamma / S, gamma / S * spread / s]),
        "zomma": ([gamma * (both - 1) / v], [gamma * (abs(both) + abs(d1 + d2) * spread + 1) / v]),
        "color": ([gamma * p for p in pull + [(1 - both) / (2 * T)]],
                  [gamma * p for p in wide + [(1 + abs(both) + abs(d1 + d2) * spread) / (2 * T)]]),
        "veta": ([vega * p for p in pull + [-(1 + both) / (2 * T)]],
                 [vega * p for p in wide + [(1 + abs(both) + abs(d1 + d2) * spread) / (2 * T)]]),
        "ultima": ([vega / v**2 * both * (both - 1), -vega / v**2 * (d1**2 + d2**2)],
                   [vega / v**2 * (abs(both) + abs(d1 + d2) * spread) * (abs(both) + 1), vega / v**2 * (d1**2 + d2**2)]),
        "dualDelta": ([-sign * z * N2], None),
        "dualGamma": ([S * n / (K * K * s)], None),
        "dividendRho": ([-sign * T * S * w * N1], None),
    }


def black76(sign, F, K, T, r, v):
    values = lognormal(sign, F, K, T, r, r, v)
    values["rho"] = ([-T * values["price"][0][0]], None)
    values["dividendRho"] = ([mpf(0)], None)
    return values


def bachelier(sign, F, K, T, r, v):
    root = mpmath.sqrt(T)
    s = v * root
    d = (F - K) / s
    z = mpmath.exp(-r * T)
    n = z * density(d)
    price = normal_price(sign, F, K, T, r, v)
    delta = sign * z * below(sign * d)
    gamma, vega = n / s, n * root
    return {
        "price": ([price], None), "delta": ([delta], None), "gamma": ([gamma], None), "vega": ([vega], None),
        "theta": ([-n * v / (2 * root), r * price], None), "rho": ([-T * price], None),
        "vanna": ([-n * d / v], None), "volga": ([vega * d * d / v], None),
        "charm": ([r * delta, n * d / (2 * T)], None), "speed": ([-gamma * d / s], None),
        "zomma": ([gamma * d * d / v, -gamma / v], None),
        "color": ([gamma * r, gamma / (2 * T), -gamma * d * d / (2 * T)], None),
        "veta": ([vega * r, -vega / (2 * T), -vega * d * d / (2 * T)], None),
        "ultima": ([vega / v**2 * d**4, -3 * vega / v**2 * d**2], None),
        "dualDelta": ([-delta], None), "dualGamma": ([gamma], None), "dividendRho": ([mpf(0)], None),
    }


# Which derivative of the price each Greek is: sign, then the orders by argument.
DERIVATIVES = {"delta": (1, "U"), "gamma": (1, "UU"), "vega": (1, "v"), "theta": (-1, "T"), "rho": (1, "r"), "vanna": (1, "Uv"),
               "volga": (1, "vv"), "charm": (-1, "UT"), "speed": (1, "UUU"), "zomma": (1, "UUv"), "color": (-1, "UUT"),
               "veta": (-1, "vT"), "ultima": (1, "vvv"), "dualDelta": (1, "K"), "dualGamma": (1, "KK"), "dividendRho": (1, "q")}


def compare_with_differences(model, sign, terms, values):
    if model == "blackScholes":
        order = "UKTrqv"
        price = lambda *a: lognormal_price(sign, *a)
    elif model == "black76":
        order = "UKTrv"
        price = lambda U, K, T, r, v: lognormal_price(sign, U, K, T, r, r, v)
    else:
        order = "UKTrv"
        price = lambda *a: normal_price(sign, *a)
    for name, (side, by) in DERIVATIVES.items():
        if "q" in by and model != "blackScholes":
            continue
        orders = tuple(by.count(letter) for letter in order)
        old = mp.dps
        mp.dps = 160
        # small enough steps for an option a second from expiry
        estimate = side * mpmath.diff(price, tuple(mpf(x) for x in terms), orders, h=mpf(10) ** -30)
        mp.dps = old
        total, size = sum(values[name][0]), sum(abs(t) for t in values[name][1] or values[name][0])
        if name == "theta" or size == 0:
            size = max(size, abs(total))
        assert abs(estimate - total) <= mpf(10) ** -12 * max(size, abs(total)) + mpf(10) ** -200, (model, name, terms, estimate, total)


rng = random.Random(20240607)
rows = []


def pack(x):
    return float(x)


def add(model, kind, **terms):
    sign = 1 if terms["type"] == "call" else -1
    numbers = {k: mpf(v) for k, v in terms.items() if k != "type"}
    if model == "blackScholes":
        flat = [numbers[k] for k in ("spot", "strike", "years", "rate", "dividendYield", "volatility")]
        values = lognormal(sign, *flat)
    else:
        flat = [numbers[k] for k in ("forward", "strike", "years", "rate", "volatility")]
        values = (black76 if model == "black76" else bachelier)(sign, *flat)
    # how many deviations out of the money the farther of d1, d2 is: the exponent of the tail
    far = values["vega"][0][0] / mpmath.sqrt(flat[2])
    reference = flat[0] if model != "bachelier" else mpf(1)
    depth = -mpmath.log10(abs(far / reference)) if far else mpf(10000)
    if len(rows) % 5 == 0 and depth < 60:
        compare_with_differences(model, sign, flat, values)
    base = mpf("1e-13") if depth < 12 else mpf("1e-12") if depth < 30 else mpf("2e-11")
    expected, tolerances = {}, {}
    for name in NAMES:
        terms_of, scale = values[name]
        total = sum(terms_of)
        size = max(abs(total), sum(abs(t) for t in scale or terms_of))
        if size < mpf("1e-290"):  # next to the smallest numbers digits are lost
            expected[name], tolerances[name] = 0.0, 1e-285
            continue
        expected[name] = pack(total)
        if total == 0:
            tolerances[name] = float(base * size)
        elif size > abs(total) * mpf("1.5"):
            tolerances[name] = float(base * size / abs(total))
    row = {"name": f"{model} {kind} {len(rows)}", "input": {"model": model, "terms": terms}, "expected": expected,
           "tolerance": float(base)}
    if tolerances:
        row["tolerances"] = tolerances
    rows.append(row)


def pick(values):
    return values[rng.randrange(len(values))]


TYPES = ["call", "put"]
MONEYNESS = [1e-3, 1e-2, 0.1, 0.5, 0.8, 0.95, 0.99, 1.0, 1.0, 1.01, 1.05, 1.25, 2.0, 10.0, 100.0, 1e3]
YEARS = [1e-6, 1 / 365, 1 / 52, 1 / 12, 0.25, 1.0, 5.0, 50.0]
VOLATILITY = [1e-4, 0.01, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0]
RATES = [-0.05, 0.0, 0.01, 0.05, 0.2]
YIELDS = [0.0, 0.0, 0.02, -0.01, 0.05]

for _ in range(130):
    add("blackScholes", "grid", type=pick(TYPES), spot=100 * pick(MONEYNESS), strike=100.0, years=pick(YEARS), rate=pick(RATES),
        volatility=pick(VOLATILITY), dividendYield=pick(YIELDS))
for _ in range(150):  # so many deviations from the forward
    years, rate, yields, volatility = pick(YEARS), pick(RATES), pick(YIELDS), pick(VOLATILITY)
    d = rng.uniform(-4, 4) if rng.random() < 0.6 else rng.uniform(-12, 12)
    forward = mpmath.exp((mpf(rate) - mpf(yields)) * mpf(years))
    moneyness = forward * mpmath.exp(-mpf(d) * volatility * mpmath.sqrt(mpf(years)))
    if not mpf("1e-3") <= moneyness <= 1000:
        continue
    add("blackScholes", "deviations", type=pick(TYPES), spot=100.0, strike=float(100 * moneyness), years=years, rate=rate,
        volatility=volatility, dividendYield=yields)
for years in (1.0, 5.0, 50.0):  # the forward is next to the strike, the carry is not small
    for volatility in (1e-4, 1e-3, 0.01):
        for kind in TYPES:
            forward = mpf(100) * mpmath.exp((mpf(0.2) - mpf(0.01)) * mpf(years))
            offset = rng.uniform(-2, 2) * volatility * years**0.5
            add("blackScholes", "carried", type=kind, spot=100.0, strike=float(forward * mpmath.exp(mpf(offset))), years=years, rate=0.2,
                volatility=volatility, dividendYield=0.01)
for d in (5.0, 8.0, 11.0, 14.0, 20.0, 30.0, 36.0):  # tails down to the smallest numbers
    for volatility, years in ((0.2, 1 / 12), (0.5, 1.0), (0.01, 1.0), (0.1, 1 / 365)):
        for kind, side in (("call", 1), ("put", -1)):
            add("blackScholes", "tail", type=kind, spot=100.0, strike=float(100 * mpmath.exp(mpf(side * d * volatility) * mpmath.sqrt(mpf(years)))),
                years=years, rate=0.03, volatility=volatility, dividendYield=0.01)
for _ in range(70):
    years, rate, volatility = pick(YEARS), pick(RATES), pick(VOLATILITY)
    d = rng.uniform(-5, 5)
    moneyness = mpmath.exp(-mpf(d) * volatility * mpmath.sqrt(mpf(years)))
    if not mpf("1e-3") <= moneyness <= 1000:
        moneyness = pick(MONEYNESS)
    add("black76", "deviations", type=pick(TYPES), forward=80.0, strike=float(80 * moneyness), years=years, rate=rate, volatility=volatility)
for i in range(80):
    years, rate = pick(YEARS), pick(RATES)
    volatility = pick([0.01, 1.0, 8.0, 30.0, 200.0])
    d = rng.uniform(-4, 4) if i % 3 else rng.uniform(-30, 30)
    forward = pick([-37.63, 0.0, 1.5, 60.0])
    add("bachelier", "deviations", type=pick(TYPES), forward=forward, strike=float(mpf(forward) - mpf(d) * volatility * mpmath.sqrt(mpf(years))) if i % 9 else forward,
        years=years, rate=rate, volatility=volatility)

answer = {
    "about": "Prices and every Greek of blackScholes, black76 and bachelier for the doubles given",
    "source": f"mpmath {mpmath.__version__}, 80 digits; closed forms, every fifth row compared with differences at 160 digits",
    "made": "test/conformance/make/options.py",
    "rows": rows,
}
path = Path(__file__).parent.parent / "answers" / "options.json"
path.write_text(json.dumps(answer, indent=1) + "\n")
print(len(rows), "rows")
