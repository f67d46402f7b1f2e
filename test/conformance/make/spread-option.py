"""Spread options: the double integral in mpmath for value and Greeks, QuantLib for the named approximations."""
import json
from pathlib import Path

import mpmath as mp
import QuantLib as ql

mp.mp.dps = 22
TODAY = ql.Date(2, 1, 2026)
ql.Settings.instance().evaluationDate = TODAY
DAYS = ql.Actual365Fixed()


def black(f, k, s):
    if k <= 0:
        return f - k
    d = mp.log(f / k) / s + s / 2
    return f * mp.ncdf(d) - k * mp.ncdf(d - s)


def call(f1, f2, k, t, r, v1, v2, rho):
    """Integrated over the shock of leg 1, where the library integrates over that of leg 2: put on leg 2, struck at F1 - K."""
    root = mp.sqrt(t)
    rest = v2 * mp.sqrt(1 - rho * rho) * root

    def integrand(z):
        one = f1 * mp.exp(v1 * root * z - v1 * v1 * t / 2)
        two = f2 * mp.exp(rho * v2 * root * z - rho * rho * v2 * v2 * t / 2)
        strike = one - k
        if strike <= 0:
            return mp.mpf(0)
        return mp.npdf(z) * (black(two, strike, rest) - two + strike)

    edge = (mp.log(k / f1) + v1 * v1 * t / 2) / (v1 * root) if k > 0 else mp.mpf(-14)
    points = sorted(z for z in {edge, *(mp.mpf(x) for x in range(-12, 20, 2))} if z >= max(edge, -14))
    return mp.exp(-r * t) * mp.quad(integrand, points, method="gauss-legendre", maxdegree=5)


NAMES = ("forward1", "forward2", "strike", "years", "rate", "volatility1", "volatility2", "correlation")
CASES = [
    (28, 20, 7, 0.25, 0.05, 0.29, 0.36, 0.42),
    (100, 96, 3, 1, 0.03, 0.2, 0.3, 0.8),
    (100, 96, 30, 1, 0.03, 0.2, 0.3, 0.8),
    (100, 96, -3, 1, 0.03, 0.2, 0.3, 0.8),
    (100, 96, -40, 0.5, 0.03, 0.25, 0.3, 0.3),
    (75, 80, 1, 0.1, 0.02, 0.35, 0.33, 0.97),
    (75, 80, 1, 2, 0.02, 0.35, 0.33, -0.6),
    (112.2, 110, 4, 1, 0.05, 0.1, 0.15, -1 + 0.5),
    (3, 2.9, 0.05, 3, 0.04, 0.5, 0.45, 0.9),
    (100, 70, 5, 0.02, 0.02, 0.2, 0.2, 0.5),
    (50, 100, 2, 0.25, 0.02, 0.3, 0.3, 0.7),
]
GREEKS = {
    "delta1": (1, 0, 0, 0, 0, 0, 0, 0), "delta2": (0, 1, 0, 0, 0, 0, 0, 0), "gamma1": (2, 0, 0, 0, 0, 0, 0, 0),
    "gamma2": (0, 2, 0, 0, 0, 0, 0, 0), "crossGamma": (1, 1, 0, 0, 0, 0, 0, 0), "vega1": (0, 0, 0, 0, 0, 1, 0, 0),
    "vega2": (0, 0, 0, 0, 0, 0, 1, 0), "correlationVega": (0, 0, 0, 0, 0, 0, 0, 1), "theta": (0, 0, 0, 1, 0, 0, 0, 0),
}
STEP = mp.mpf(10) ** -4


def derivative(point, orders):
    """Central differences of four points in 22 digits: a truncation of 1e-16."""
    moves = [(i, order) for i, order in enumerate(orders) if order]

    def along(at, rest):
        if not rest:
            return call(*at)
        (i, order), *later = rest
        h = STEP * (abs(at[i]) if i != 7 else 1)

        def value(n):
            return along([x + n * h if j == i else x for j, x in enumerate(at)], later)

        if order == 2:
            return (16 * (value(1) + value(-1)) - (value(2) + value(-2)) - 30 * value(0)) / (12 * h * h)
        return (8 * (value(1) - value(-1)) - (value(2) - value(-2))) / (12 * h)

    return along(list(point), moves)


def quantlib(case, engine):
    f1, f2, k, t, r, v1, v2, rho = case

    def process(f, v):
        return ql.BlackProcess(
            ql.QuoteHandle(ql.SimpleQuote(f)), ql.YieldTermStructureHandle(ql.FlatForward(TODAY, r, DAYS)),
            ql.BlackVolTermStructureHandle(ql.BlackConstantVol(TODAY, ql.NullCalendar(), v, DAYS)),
        )

    payoff = ql.SpreadBasketPayoff(ql.PlainVanillaPayoff(ql.Option.Call, k))
    option = ql.BasketOption(payoff, ql.EuropeanExercise(TODAY + int(t * 365)))
    option.setPricingEngine(engine(process(f1, v1), process(f2, v2), rho))
    return option.NPV()


def rows():
    for case in CASES:
        exact = [mp.mpf(x) for x in case]
        given = dict(zip(NAMES, case))
        price = call(*exact)
        f1, f2, k, t, r = exact[:5]
        label = " ".join(f"{x:g}" for x in case)
        expected = {"price": float(price), "rho": float(-t * price)}
        if case in CASES[:5]:
            for name, orders in GREEKS.items():
                expected[name] = float(derivative(exact, orders) * (-1 if name == "theta" else 1))
        yield dict(
            name=f"call {label}", input={"type": "call", "method": "quadrature", **given}, expected=expected,
            tolerance=1e-10, tolerances={"price": 1e-12},
        )
        yield dict(
            name=f"put {label}", input={"type": "put", "method": "quadrature", **given},
            expected={"price": float(price - mp.exp(-r * t) * (f1 - f2 - k))}, tolerance=1e-12,
        )
    for case in CASES:
        years = int(case[3] * 365) / 365
        given = dict(zip(NAMES, case)) | {"years": years}
        label = " ".join(f"{x:g}" for x in case)
        # at 3e-10 QuantLib's normal distribution has six digits
        if case[2] <= 0 or case[1] == 100:
            continue
        for method, engine in (("kirk", ql.KirkEngine), ("bjerksund-stensland", ql.BjerksundStenslandSpreadEngine)):
            yield dict(
                name=f"{method} {label}", input={"type": "call", "method": method, **given},
                expected={"price": quantlib(case, engine)}, tolerance=1e-11,
            )


# legs that nearly move as one, and deviations next to nothing
NEAR = [
    (
        125.03907585052576, 103.21217847822149, 21.82148652834482, 0.0030694427275505644, -0.015008449980017866,
        0.005511255994646034, 0.0015347866384648405, 0.9999967151539482,
    ),
    (105, 100, 5, 1, 0, 5e-9, 5e-9, 0),
    (100, 95, 5, 0.01, 0.02, 0.2, 0.2, 0.9999999),
    (80, 75, 4, 0.5, 0.02, 0.3, 0.31, 0.999999),
    (80, 75, 5.1, 0.001, 0.02, 0.01, 0.02, 0.99),
]


def near_call(f1, f2, k, t, r, v1, v2, rho):
    """The same integral with panels around the layer in which the option given the shock turns from nothing to all."""
    root = mp.sqrt(t)
    s1, s2 = v1 * root, v2 * root
    rest = s2 * mp.sqrt((1 - rho) * (1 + rho))

    def leg1(z):
        return f1 * mp.exp(s1 * z - s1 * s1 / 2)

    def leg2(z):
        return f2 * mp.exp(rho * s2 * z - rho * rho * s2 * s2 / 2)

    def integrand(z):
        strike = leg1(z) - k
        return mp.npdf(z) * (black(leg2(z), strike, rest) - leg2(z) + strike)

    points = {mp.mpf(x) for x in range(-14, 15, 2)}
    slopes = abs(s1 * f1 - rho * s2 * f2)
    guess = -(f1 - f2 - k) / (s1 * f1 - rho * s2 * f2) if slopes > 0 else mp.mpf(0)
    if slopes > 0 and abs(guess) < 20:
        width = rest * f2 / slopes
        points |= {guess + by * width for by in (-60, -30, -15, -8, -4, -2, 0, 2, 4, 8, 15, 30, 60)}
    inside = sorted(z for z in points if -14 <= z <= 14)
    return mp.exp(-r * t) * mp.quad(integrand, inside, method="gauss-legendre", maxdegree=6)


def near_rows():
    mp.mp.dps = 40
    for case in NEAR:
        exact = [mp.mpf(x) for x in case]
        yield dict(
            name="near call " + " ".join(f"{x:g}" for x in case),
            input={"type": "call", "method": "quadrature", **dict(zip(NAMES, case))},
            expected={"price": float(near_call(*exact))}, tolerance=1e-10,
        )


ANSWERS = dict(
    about="Spread options: value and Greeks of two lognormal legs, and the approximations of Kirk and Bjerksund-Stensland.",
    source=f"mpmath {mp.__version__}, 22 digits (40 for legs that nearly move as one), integrated over the other leg; QuantLib {ql.__version__}",
    made="make/spread-option.py",
    rows=[*rows(), *near_rows()],
)
out = Path(__file__).parent.parent / "answers" / "spread-option.json"
out.write_text(json.dumps(ANSWERS, indent=1) + "\n")
print(len(ANSWERS["rows"]))
