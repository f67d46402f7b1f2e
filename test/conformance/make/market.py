"""Answers for bars, aligned pairs and returns: market-bars.json, market-align.json, market-returns.json.

Bars by pandas resample (open, high, low, close, count); volume and vwap as exact sums (fractions), rounded once.
Aligned pairs by pandas join and union with forward fill. Returns by mpmath at 60 digits.
"""

import json
import math
import random
from fractions import Fraction
from pathlib import Path

import mpmath
import pandas as pd

FOLDER = Path(__file__).parent.parent / "answers"
mpmath.mp.dps = 60


def packed(x):
    x = float(x)
    return "NaN" if math.isnan(x) else x


def write(name, about, source, rows):
    answers = {"about": about, "source": source, "made": "test/conformance/make/market.py", "rows": rows}
    (FOLDER / f"{name}.json").write_text(json.dumps(answers, separators=(",", ":")) + "\n")


def bars(name, trades, every, gaps="skip", origin=0):
    """One row: trades are (time in ms, price, quantity), whole microseconds, in order of arrival."""
    frame = pd.DataFrame(trades, columns=["time", "price", "quantity"])
    frame.index = pd.to_datetime([round(t * 1000) for t in frame["time"]], unit="us")
    frame = frame.sort_index(kind="stable")
    groups = frame.resample(
        pd.Timedelta(microseconds=round(every * 1000)),
        origin=pd.Timestamp(round(origin * 1000), unit="us"),
        closed="left",
        label="left",
    )
    out = pd.DataFrame(
        {
            "open": groups["price"].first(),
            "high": groups["price"].max(),
            "low": groups["price"].min(),
            "close": groups["price"].last(),
            "count": groups["price"].size(),
        }
    )
    out["volume"] = [float(sum(map(Fraction, g["quantity"]), Fraction(0))) for _, g in groups]
    vwap = []
    for _, group in groups:
        priced = group.dropna()
        weight = sum(map(Fraction, priced["quantity"]), Fraction(0))
        total = sum((Fraction(p) * Fraction(q) for p, q in zip(priced["price"], priced["quantity"])), Fraction(0))
        vwap.append(float(total / weight) if weight else math.nan)
    out["vwap"] = vwap
    if gaps == "skip":
        out = out[out["count"] > 0]
    else:
        silent = out["count"] == 0
        carried = out["close"].ffill()
        for column in ["open", "high", "low", "close", "vwap"]:
            out[column] = out[column].where(~silent, carried)
    expected = {"time": [(t - pd.Timestamp(0)) // pd.Timedelta(microseconds=1) / 1000 for t in out.index]}
    for column in ["open", "high", "low", "close", "volume", "count", "vwap"]:
        expected[column] = [packed(x) for x in out[column]]
    columns = {c: [packed(t[i]) for t in trades] for i, c in enumerate(["time", "price", "quantity"])}
    return {
        "name": name,
        "input": {"trades": columns, "every": every, "gaps": gaps, "origin": origin},
        "expected": expected,
        "tolerance": 0,
        "tolerances": {"volume": 1e-14, "vwap": 1e-14},
    }


def walk(seed, n, start, step, price=60000.0, tick=0.01):
    rng = random.Random(seed)
    time, trades = start, []
    for _ in range(n):
        time += step(rng)
        price += tick * rng.randint(-9, 9)
        trades.append((round(time, 3), round(price, 2), round(rng.expovariate(5), 5)))
    return trades


def bar_rows():
    nan = math.nan
    edge = [(0, 1, 1), (999, 2, 1), (1000, 3, 1), (1999.999, 4, 1), (2000, 5, 1)]
    busy = walk(1, 300, 1_723_161_255_342, lambda r: r.choice([0, 0, 1, 7, 40]))
    sparse = walk(2, 60, 1_700_000_000_000, lambda r: r.choice([1, 900, 4000, 17000]))
    before = walk(3, 120, -30_000, lambda r: r.randint(0, 600))
    shuffled = sorted(busy, key=lambda t: t[0] + random.Random(t[1]).randint(0, 300))
    daily = walk(4, 120, -5 * 86_400_000 - 1, lambda r: r.randint(0, 9_000_000))
    holes = [(t, nan if i % 5 == 2 else p, q) for i, (t, p, q) in enumerate(busy)]
    micro = walk(5, 200, 1_723_161_255_342, lambda r: r.choice([0, 0.001, 0.017, 0.25, 1.5]))
    cents = [(t, 1 + i % 7 / 100, 0.1) for i, (t, _, _) in enumerate(busy)]
    return [
        bars("a trade on the edge opens the new bar", edge, 1000),
        bars("one trade", [(5, 10, 2)], 1000),
        bars("one trade before 1970", [(-5, 10, 2)], 1000),
        bars("edges before 1970", [(-2000, 1, 1), (-1001, 2, 1), (-1000, 3, 1), (-1, 4, 1), (0, 5, 1)], 1000),
        bars("across 1970", before, 1000),
        bars("across 1970, flat", before, 250, "flat"),
        bars("busy, 100 ms", busy, 100),
        bars("busy, 1 s", busy, 1000),
        bars("busy, 1 s, from an odd origin", busy, 1000, origin=137),
        bars("busy, 7 ms, flat", busy, 7, "flat"),
        bars("busy, 0.5 ms", busy, 0.5),
        bars("sparse, skip", sparse, 1000),
        bars("sparse, flat", sparse, 1000, "flat"),
        bars("sparse, 1 m", sparse, 60_000),
        bars("sparse, 1 m, origin after the trades", sparse, 60_000, origin=1_800_000_000_123),
        bars("out of order, many in one millisecond", shuffled, 1000),
        bars("out of order, flat", shuffled, 50, "flat"),
        bars("all in one millisecond", [(7, p, q) for _, p, q in busy], 1000),
        bars("every fifth price missing", holes, 100),
        bars("every fifth price missing, single milliseconds", holes, 1),
        bars("every fifth price missing, flat", holes, 20, "flat"),
        bars("no price at all in a bar", [(0, nan, 3), (1, nan, 4), (1000, 5, 1), (3000, nan, 2), (5000, 6, 1)], 1000),
        bars("no price at all in a bar, flat", [(0, nan, 3), (1000, 5, 1), (3000, nan, 2), (5000, 6, 1)], 1000, "flat"),
        bars("4 hours", daily, 4 * 3_600_000),
        bars("1 day", daily, 86_400_000),
        bars("weeks from Monday", daily, 7 * 86_400_000, origin=4 * 86_400_000),
        bars("microseconds in bars of 0.25 ms", micro, 0.25),
        bars("microseconds in bars of 0.125 ms, flat", micro, 0.125, "flat"),
        bars("tenths, whose sum is not exact", cents, 1000),
        bars("negative prices", [(t, -37.63 + p - 60000, q) for t, p, q in busy], 100),
    ]


def aligned(name, y, x, how, tolerance=None):
    y_series = pd.Series([v for _, v in y], index=[t for t, _ in y], dtype=float).groupby(level=0, sort=True).tail(1)
    x_series = pd.Series([v for _, v in x], index=[t for t, _ in x], dtype=float).groupby(level=0, sort=True).tail(1)
    if how == "exact":
        out = pd.concat({"y": y_series, "x": x_series}, axis=1, join="inner")
    else:
        clock = pd.DataFrame({"time": sorted(set(y_series.index) | set(x_series.index))})
        out = clock
        for key, leg in [("y", y_series), ("x", x_series)]:
            right = pd.DataFrame({"time": leg.index, key: leg.values, f"{key}_time": leg.index})
            out = pd.merge_asof(out, right, on="time", tolerance=tolerance)
        out = out.dropna(subset=["y_time", "x_time"]).set_index("time")
    legs = {k: {"time": [t for t, _ in leg], "value": [packed(v) for _, v in leg]} for k, leg in [("y", y), ("x", x)]}
    options = {"how": how, **({} if tolerance is None else {"tolerance": tolerance})}
    expected = {"time": list(out.index), "y": [packed(v) for v in out["y"]], "x": [packed(v) for v in out["x"]]}
    return {"name": name, "input": {**legs, "options": options}, "expected": expected, "tolerance": 0}


def align_rows():
    def leg(seed, n, pause):
        return [(int(t), p) for t, p, _ in walk(seed, n, 0, lambda r: r.randint(0, pause))]

    y, x = leg(6, 80, 5), leg(7, 60, 8)
    gaps = [(t, math.nan if i % 4 == 0 else v) for i, (t, v) in enumerate(y)]
    return [
        aligned("exact", y, x, "exact"),
        aligned("exact, with missing values", gaps, x, "exact"),
        aligned("exact, nothing in common", [(1, 1)], [(2, 2)], "exact"),
        aligned("previous", y, x, "previous"),
        aligned("previous, with missing values", gaps, x, "previous"),
        aligned("previous, no older than 3 ms", y, x, "previous", 3),
        aligned("previous, no older than 1 ms", y, x, "previous", 1),
        aligned("previous, one leg long before the other", [(-500, 1)], x, "previous"),
        aligned("previous, one leg long before the other, too old", [(-500, 1)], x, "previous", 40),
    ]


def returns(name, prices):
    simple, log = [], []
    for a, b in zip(prices, prices[1:]):
        if math.isnan(a) or math.isnan(b):
            simple.append("NaN")
            log.append("NaN")
        else:
            ratio = mpmath.mpf(b) / mpmath.mpf(a)
            simple.append(float(ratio - 1))
            log.append(float(mpmath.log(ratio)))
    expected = {"simple": simple, "log": log}
    return {"name": name, "input": [packed(p) for p in prices], "expected": expected, "tolerance": 4.5e-16}


def return_rows():
    rng = random.Random(8)
    wide = [10.0 ** rng.uniform(-9, 9) for _ in range(60)]
    still = [61_556.0 + rng.randint(-2, 2) * 0.01 for _ in range(60)]
    daily = [100.0]
    for _ in range(80):
        daily.append(daily[-1] * math.exp(rng.gauss(0, 0.02)))
    return [
        returns("daily closes", daily),
        returns("prices that barely move", still),
        returns("prices of all sizes", wide),
        returns("halves and doubles", [1.0, 2.0, 1.0, 0.5, 0.75, 1.5, 1.49]),
        returns("with missing prices", [1.0, math.nan, 2.0, 3.0, math.nan, math.nan, 4.0, 5.0]),
        returns("the ends of the doubles", [1e-300, 1e-299, 3e-290, 1.0, 1e290, 1e300]),
    ]


PANDAS = f"pandas {pd.__version__}"
write("market-bars", "Bars of a fixed length from trades.", f"{PANDAS} resample; exact sums by Python fractions", bar_rows())
write("market-align", "Two legs on one clock.", f"{PANDAS} inner join, and merge_asof onto the union of times", align_rows())
write("market-returns", "Simple and logarithmic returns.", f"mpmath {mpmath.__version__}, 60 digits", return_rows())
