"""Execution from scipy's linear programmes, pandas, exact quadratic programmes and printed tables: python execution.py
writes answers/execution.json."""

import json
from fractions import Fraction
from pathlib import Path

import mpmath
import numpy as np
import pandas as pd
import scipy
from mpmath import mpf
from scipy.optimize import linprog

mpmath.mp.dps = 60
random = np.random.default_rng(40)
rows = []


def row(name, what, given, expected, tolerance, **more):
    rows.append({"name": name, "input": {"what": what, **given}, "expected": expected, "tolerance": tolerance, **more})


PAPER = {"quantity": 1e6, "horizon": 5, "slices": 5, "volatility": 0.95, "temporaryImpact": 2.5e-6, "permanentImpact": 2.5e-7, "fixedCost": 0.0625}


def optimum(m):
    """The holdings that minimise E + lambda V as a linear system: no hyperbolic function anywhere."""
    n, x0 = m["slices"], mpf(m["quantity"])
    tau = mpf(m["horizon"]) / n
    eta, gamma, sigma, taste = (mpf(m[k]) for k in ("temporaryImpact", "permanentImpact", "volatility", "riskAversion"))
    c = (eta - gamma * tau / 2) / tau
    h = taste * sigma**2 * tau
    # Thomas's algorithm on c (2 x_k - x_{k-1} - x_{k+1}) + h x_k = 0.
    diagonal, right = [], []
    for k in range(1, n):
        d = 2 * c + h
        b = c * x0 if k == 1 else mpf(0)
        if k > 1:
            w = -c / diagonal[-1]
            d, b = d + w * c, b - w * right[-1]
        diagonal.append(d)
        right.append(b)
    x = [mpf(0)] * (n + 1)
    x[0] = x0
    for k in range(n - 1, 0, -1):
        x[k] = (right[k - 1] + (c * x[k + 1] if k < n - 1 else 0)) / diagonal[k - 1]
    trades = [x[k - 1] - x[k] for k in range(1, n + 1)]
    # E as the sum of what each trade loses: permanent impact of those before it, and its own temporary impact.
    fixed = mpf(m.get("fixedCost", 0))
    cost = sum(tau * x[k] * gamma * trades[k - 1] / tau for k in range(1, n + 1)) + sum(fixed * abs(t) + eta / tau * t**2 for t in trades)
    variance = sigma**2 * sum(tau * v**2 for v in x[1:])
    kappa = mpmath.acosh(taste * sigma**2 / (eta - gamma * tau / 2) * tau**2 / 2 + 1) / tau
    return {"holdings": [float(v) for v in x], "trades": [float(t) for t in trades], "expectedCost": float(cost), "variance": float(variance), "kappa": float(kappa)}


for taste in [0, 1e-9, 1e-7, 1e-6, 2e-6, 1e-5, 1e-3]:
    m = {**PAPER, "riskAversion": taste}
    row(f"Almgren-Chriss, the paper's market at {taste}", "almgrenChriss", m, optimum(m), 1e-12)
for changes in [
    {"quantity": -250000, "riskAversion": 1e-6},
    {"slices": 1, "riskAversion": 1e-6},
    {"slices": 2, "riskAversion": 2e-6},
    {"slices": 50, "riskAversion": 1e-6},
    {"slices": 390, "horizon": 1, "riskAversion": 3e-5},
    {"horizon": 60, "slices": 60, "riskAversion": 1e-6},
    {"horizon": 250, "slices": 250, "riskAversion": 4e-6},
    {"permanentImpact": 0, "riskAversion": 1e-6},
    {"volatility": 0, "riskAversion": 1e-6},
    {"fixedCost": 0, "quantity": 37, "riskAversion": 0.5, "temporaryImpact": 0.1, "permanentImpact": 0.05},
]:
    m = {**PAPER, **changes}
    row(f"Almgren-Chriss with {changes}", "almgrenChriss", m, optimum(m), 1e-11)

# Printed: kappa of the paper's example, and E, V and 1 / kappa of DROP's AlmgrenChriss sample, in millions.
row("Almgren & Chriss (2000), section 3.4", "almgrenPrinted", {**PAPER, "riskAversion": 1e-6}, {"kappa": 0.61}, 0.01)
for taste, mean, variance, life in [
    (0.001, 0.6625, 1.0812, 51.30),
    (0.002, 0.6625, 1.0794, 36.27),
    (0.003, 0.6625, 1.0776, 29.62),
    (0.004, 0.6625, 1.0758, 25.65),
    (0.005, 0.6625, 1.0740, 22.94),
    (0.006, 0.6625, 1.0722, 20.94),
    (0.007, 0.6625, 1.0704, 19.39),
    (0.008, 0.6626, 1.0687, 18.14),
    (0.009, 0.6626, 1.0669, 17.10),
]:
    expected = {"expectedCost": mean * 1e6, "variance": variance * 1e12, "kappa": 1 / life}
    row(f"DROP 4.66, printed, at {taste}e-6", "almgrenPrinted", {**PAPER, "riskAversion": taste * 1e-6}, expected, 3e-4)

for i in range(12):
    side = 1 if i % 2 == 0 else -1
    venues, costs, depths = [], [], []
    for v in range(2 + i % 4):
        fee = float(np.round(random.uniform(-0.0002, 0.002), 5))
        latency = float(random.integers(0, 20))
        levels = []
        for level in range(1 + (i + v) % 5):
            price = float(np.round(100 + side * (0.05 * level + random.uniform(0, 0.1)), 2))
            depth = int(random.integers(1, 400))
            levels.append({"price": price, "quantity": depth})
            costs.append(side * price + fee * price + latency * 0.001)
            depths.append(depth)
        venues.append({"name": f"v{v}", "levels": levels, "fee": fee, "latency": latency})
    quantity = side * int(sum(depths) * random.uniform(0.2, 0.95))
    found = linprog(costs, A_eq=[[1] * len(costs)], b_eq=[abs(quantity)], bounds=[(0, d) for d in depths], method="highs")
    assert found.status == 0
    row(f"routing {quantity} over {len(venues)} venues", "route", {"quantity": quantity, "venues": venues, "driftPerMillisecond": 0.001}, {"cost": found.fun, "filled": quantity, "unfilled": 0}, 1e-12)

for i, (slices, average, opens, closes) in enumerate([(6, "mean", 0, 24), (13, "mean", 9.5, 16), (24, "median", 0, 24), (4, "median", 8, 20)]):
    hours = 24 * 20
    time = (np.arange(hours * 4) * 900_000 + 19_000 * 86_400_000).astype(float)
    of_day = (time % 86_400_000) / 3_600_000
    volume = np.round(100 * (2 + np.cos(of_day / 24 * 2 * np.pi)) * random.lognormal(0, 0.5, len(time)), 1)
    frame = pd.DataFrame({"day": time // 86_400_000, "volume": volume, "hour": of_day})
    frame = frame[(frame.hour >= opens) & (frame.hour < closes)]
    frame["slice"] = np.floor((frame.hour - opens) / (closes - opens) * slices).astype(int)
    table = frame.pivot_table(index="day", columns="slice", values="volume", aggfunc="sum", fill_value=0)
    share = table.div(table.sum(axis=1), axis=0)
    profile = getattr(share, average)()
    expected = (profile / profile.sum()).tolist()
    given = {"time": time.tolist(), "volume": volume.tolist(), "options": {"slices": slices, "period": "1d", "opens": int(opens * 3_600_000), "closes": int(closes * 3_600_000), "average": average}}
    row(f"volume profile of {slices} slices, {average}", "volumeProfile", given, {"profile": expected}, 1e-13)

for i in range(6):
    side = 1 if i % 2 == 0 else -1
    quantity = side * 1000
    parts = [int(q) for q in random.integers(50, 200, 5)]
    fills = [{"quantity": side * q, "price": float(np.round(50 + random.normal(0, 0.3), 2)), "fee": float(np.round(q * 0.01, 2))} for q in parts]
    decision, arrival, final = (float(np.round(50 + random.normal(0, 0.5), 2)) for _ in range(3))
    # Perold: what the paper portfolio makes, less what the real one does.
    paper = quantity * (Fraction(final) - Fraction(decision))
    real = sum(f["quantity"] * (Fraction(final) - Fraction(f["price"])) - Fraction(f["fee"]) for f in fills)
    filled = sum(f["quantity"] for f in fills)
    expected = {
        "total": float(paper - real),
        "delay": float(filled * (Fraction(arrival) - Fraction(decision))),
        "opportunity": float((quantity - filled) * (Fraction(final) - Fraction(decision))),
        "fees": float(sum(Fraction(f["fee"]) for f in fills)),
        "averagePrice": float(sum(f["quantity"] * Fraction(f["price"]) for f in fills) / filled),
    }
    given = {"quantity": quantity, "decisionPrice": decision, "arrivalPrice": arrival, "finalPrice": final, "fills": fills}
    row(f"implementation shortfall {i}", "shortfall", given, expected, 1e-11)


def split(quantity, done):
    out, before = [], 0
    for share in done:
        now = int(np.sign(quantity)) * int(abs(quantity) * share + Fraction(1, 2))
        out.append(now - before)
        before = now
    return out


for quantity, slices in [(10, 4), (-1000, 7), (5, 12), (123456789, 390), (1, 1), (100, 3)]:
    row(f"TWAP of {quantity} in {slices}", "twap", {"quantity": quantity, "slices": slices}, {"children": split(quantity, [Fraction(i + 1, slices) for i in range(slices)])}, 0)
for quantity, n in [(1000, 5), (-98765, 13), (50, 24), (7, 3)]:
    profile = [int(v) for v in random.integers(1, 1000, n)]
    done = [Fraction(sum(profile[: i + 1]), sum(profile)) for i in range(n)]
    row(f"VWAP of {quantity} in {n}", "vwap", {"quantity": quantity, "profile": profile}, {"children": split(quantity, done)}, 0)

target = Path(__file__).parent.parent / "answers" / "execution.json"
target.write_text(
    json.dumps(
        {
            "about": "Almgren-Chriss schedules as optima of their quadratic programmes, routing as a linear programme, volume profiles, shortfall, whole-lot schedules.",
            "source": f"mpmath {mpmath.__version__} at 60 digits, scipy {scipy.__version__} (HiGHS), pandas {pd.__version__}, exact fractions; Almgren & Chriss (2000); DROP 4.66, printed sample",
            "made": "test/conformance/make/execution.py",
            "rows": rows,
        }
    )
    + "\n"
)
print(len(rows))
