"""Performance figures in mpmath at 50 digits: python performance.py writes answers/performance.json.

empyrical and pandas run on the same returns where they mean the same thing."""

import json
from pathlib import Path

import empyrical
import mpmath
import numpy as np
import pandas as pd
from mpmath import mpf

mpmath.mp.dps = 50
random = np.random.default_rng(30)
rows = []


def quantile(values, p):
    ordered = sorted(values)
    place = (len(ordered) - 1) * mpf(p)
    k = int(mpmath.floor(place))
    return ordered[k] if k == len(ordered) - 1 else ordered[k] + (ordered[k + 1] - ordered[k]) * (place - k)


def judged(returns, ppy, rf, threshold):
    r = [mpf(x) for x in returns.tolist()]
    n = len(r)
    rate, year = mpf(rf) / ppy, mpmath.sqrt(ppy)
    mean = sum(r) / n
    m2, m3, m4 = (sum((x - mean) ** k for x in r) / n for k in (2, 3, 4))
    sd = mpmath.sqrt(m2 * n / (n - 1))
    skew, kurt = m3 / m2 ** mpf(1.5), m4 / m2**2
    sr = (mean - rate) / sd
    error = mpmath.sqrt((1 - skew * sr + (kurt - 1) / 4 * sr**2) / (n - 1))
    equity, peak, worst, ulcer, under, longest = mpf(1), mpf(1), mpf(0), mpf(0), 0, 0
    for x in r:
        equity *= 1 + x
        peak = max(peak, equity)
        under = under + 1 if equity < peak else 0
        longest = max(longest, under)
        fall = 1 - equity / peak
        worst = max(worst, fall)
        ulcer += fall**2
    cagr = equity ** (mpf(ppy) / n) - 1
    downside = mpmath.sqrt(sum(min(x - rate, 0) ** 2 for x in r) / n)
    t = mpf(threshold)
    out = {
        "observations": n,
        "totalReturn": equity - 1,
        "cagr": cagr,
        "meanReturn": mean * ppy,
        "volatility": sd * year,
        "sharpe": sr * year,
        "sharpeError": error * year,
        "probabilisticSharpe": mpmath.ncdf(sr / error),
        "downsideDeviation": downside * year,
        "sortino": (mean - rate) / downside * year,
        "calmar": cagr / worst,
        "omega": sum(max(x - t, 0) for x in r) / sum(max(t - x, 0) for x in r),
        "maxDrawdown": worst,
        "longestDrawdown": longest,
        "ulcerIndex": mpmath.sqrt(ulcer / n),
        "tailRatio": abs(quantile(r, 0.95)) / abs(quantile(r, 0.05)),
        "profitFactor": sum(x for x in r if x > 0) / -sum(x for x in r if x < 0),
        "winRate": mpf(sum(x > 0 for x in r)) / n,
        "skewness": skew,
        "kurtosis": kurt,
        "best": max(r),
        "worst": min(r),
    }
    return {name: int(value) if isinstance(value, int) else float(value) for name, value in out.items()}


def near(a, b):
    assert abs(a - b) <= 1e-9 * max(abs(b), 1e-3), (a, b)


SERIES = {
    "daily, calm": (random.normal(0.0004, 0.008, 250), 252, 0.02, 0),
    "daily, fat tails": (0.009 * random.standard_t(3, 400) + 0.0003, 252, 0, 0.0005),
    "hourly, crypto": (0.006 * random.standard_t(4, 600), 8760, 0, 0),
    "monthly": (random.normal(0.007, 0.04, 120), 12, 0.03, 0.005),
    "skewed down": (np.minimum(random.normal(0.002, 0.01, 300), 0.008), 252, 0.01, 0),
    "loses from the first day": (random.normal(-0.001, 0.01, 150) - np.linspace(0.02, 0, 150), 252, 0, 0),
    "tiny moves": (random.normal(1e-7, 1e-6, 200), 525600, 0, 0),
    "wild": (random.uniform(-0.5, 0.7, 60), 12, 0, 0.01),
    "short": (np.array([0.01, -0.02, 0.015, 0.005]), 252, 0, 0),
}
for name, (returns, ppy, rf, threshold) in SERIES.items():
    expected = judged(returns, ppy, rf, threshold)
    given = {"what": "performance", "returns": returns.tolist(), "periodsPerYear": ppy, "riskFreeRate": rf, "threshold": threshold}
    rows.append({"name": f"performance, {name}", "input": given, "expected": expected, "tolerance": 1e-12})
    near(expected["sharpe"], empyrical.sharpe_ratio(returns, rf / ppy, annualization=ppy))
    near(expected["sortino"], empyrical.sortino_ratio(returns, rf / ppy, annualization=ppy))
    near(expected["tailRatio"], empyrical.tail_ratio(returns))
    near(expected["volatility"], empyrical.annual_volatility(returns, annualization=ppy))
    near(expected["cagr"], empyrical.cagr(returns, annualization=ppy))
    near(expected["maxDrawdown"], -empyrical.max_drawdown(returns))
    near(expected["skewness"], pd.Series(returns).pipe(lambda s: ((s - s.mean()) ** 3).mean() / s.std(ddof=0) ** 3))

    # The drawdown table from the equity curve alone.
    equity = [mpf(1)]
    for x in returns.tolist():
        equity.append(equity[-1] * (1 + mpf(x)))
    table, peak, start = [], mpf(1), None
    for i, e in enumerate(equity[1:]):
        if e >= peak:
            if start is not None:
                table.append((start, i))
            start, peak = None, e
        elif start is None:
            start = i
    if start is not None:
        table.append((start, None))
    expected = []
    for start, end in table:
        part = equity[start + 1 : (end if end is not None else len(returns)) + 1]
        trough = start + part.index(min(part))
        top = max(equity[: start + 1])
        expected.append(
            {
                "start": start,
                "trough": trough,
                "end": end if end is not None else "NaN",
                "depth": float(1 - min(part) / top),
                "length": (end if end is not None else len(returns)) - start,
                "recovery": end - trough if end is not None else "NaN",
            }
        )
    given = {"what": "drawdowns", "returns": returns.tolist()}
    rows.append({"name": f"drawdowns, {name}", "input": given, "expected": {"spells": expected}, "tolerance": 1e-12})

for name, beta, noise, n, ppy, rf in [
    ("follows", 1.1, 0.004, 250, 252, 0.02),
    ("hardly related", 0.1, 0.01, 120, 12, 0),
    ("against it", -0.8, 0.005, 200, 252, 0.01),
    ("almost the benchmark", 1, 1e-5, 300, 252, 0),
    ("levered", 2, 0.02, 60, 12, 0.03),
]:
    x = random.normal(0.0005, 0.012, n)
    y = 0.0002 + beta * x + random.normal(0, noise, n)
    ys, xs = [mpf(v) for v in y.tolist()], [mpf(v) for v in x.tolist()]
    my, mx, rate = sum(ys) / n, sum(xs) / n, mpf(rf) / ppy
    sxx = sum((v - mx) ** 2 for v in xs)
    syy = sum((v - my) ** 2 for v in ys)
    sxy = sum((a - my) * (b - mx) for a, b in zip(ys, xs))
    active = [a - b for a, b in zip(ys, xs)]
    ma = sum(active) / n
    te = mpmath.sqrt(sum((v - ma) ** 2 for v in active) / (n - 1))

    def capture(keep):
        a = mpmath.exp(sum(mpmath.log1p(v) for v, b in zip(ys, xs) if keep(b)) / sum(map(keep, xs))) - 1
        b = mpmath.exp(sum(mpmath.log1p(v) for v in xs if keep(v)) / sum(map(keep, xs))) - 1
        return a / b

    expected = {
        "observations": n,
        "alpha": (my - rate - sxy / sxx * (mx - rate)) * ppy,
        "beta": sxy / sxx,
        "correlation": sxy / mpmath.sqrt(sxx * syy),
        "trackingError": te * mpmath.sqrt(ppy),
        "informationRatio": ma / te * mpmath.sqrt(ppy),
        "upCapture": capture(lambda v: v > 0),
        "downCapture": capture(lambda v: v < 0),
    }
    expected = {k: float(v) if k != "observations" else v for k, v in expected.items()}
    near(expected["beta"], empyrical.beta(y, x, rf / ppy))
    given = {"what": "versus", "y": y.tolist(), "x": x.tolist(), "periodsPerYear": ppy, "riskFreeRate": rf}
    rows.append({"name": f"versus benchmark, {name}", "input": given, "expected": expected, "tolerance": 1e-10})


def psr(sharpe, n, skew, kurt, threshold):
    s = mpf(sharpe)
    return mpmath.ncdf((s - mpf(threshold)) * mpmath.sqrt(n - 1) / mpmath.sqrt(1 - mpf(skew) * s + (mpf(kurt) - 1) / 4 * s**2))


for sharpe, n, skew, kurt, threshold in [(0.1, 252, 0, 3, 0), (0.158, 1250, -3, 10, 0.1), (0.05, 60, 1, 6, 0), (0.3, 24, -1, 8, 0.1), (-0.1, 500, 0, 3, 0)]:
    given = {"what": "psr", "sharpe": sharpe, "observations": n, "skewness": skew, "kurtosis": kurt, "threshold": threshold}
    expected = {"value": float(psr(sharpe, n, skew, kurt, threshold))}
    rows.append({"name": f"probabilistic Sharpe of {sharpe} over {n}", "input": given, "expected": expected, "tolerance": 1e-12})

for trials, variance in [(2, 0.01), (10, 0.5 / 250), (46, 0.5 / 250), (88, 0.002), (100, 0.5 / 250), (10**6, 0.1)]:
    inverse = lambda p: mpmath.sqrt(2) * mpmath.erfinv(2 * p - 1)
    value = mpmath.sqrt(mpf(variance)) * ((1 - mpmath.euler) * inverse(1 - mpf(1) / trials) + mpmath.euler * inverse(1 - mpmath.exp(-1) / trials))
    rows.append({"name": f"best of {trials}", "input": {"what": "maximum", "trials": trials, "variance": variance}, "expected": {"value": float(value)}, "tolerance": 1e-13})

# Bailey & Lopez de Prado (2014), "A numerical example": printed to four digits.
found = {"what": "dsr", "sharpe": 2.5 / 250**0.5, "observations": 1250, "skewness": -3, "kurtosis": 10, "variance": 0.5 / 250}
rows.append({"name": "Bailey & Lopez de Prado (2014), 100 trials", "input": {**found, "trials": 100}, "expected": {"value": 0.9004}, "tolerance": 6e-5})
rows.append({"name": "Bailey & Lopez de Prado (2014), 46 trials", "input": {**found, "trials": 46}, "expected": {"value": 0.9505}, "tolerance": 6e-5})
rows.append({"name": "Bailey & Lopez de Prado (2014), 88 trials of normal returns", "input": {**found, "trials": 88, "skewness": 0, "kurtosis": 3}, "expected": {"value": 0.9505}, "tolerance": 6e-5})

target = Path(__file__).parent.parent / "answers" / "performance.json"
target.write_text(
    json.dumps(
        {
            "about": "Performance figures, drawdown tables, comparison with a benchmark, probabilistic and deflated Sharpe ratios.",
            "source": f"mpmath {mpmath.__version__} at 50 digits, checked by empyrical-reloaded {empyrical.__version__} and pandas {pd.__version__}; Bailey & Lopez de Prado (2014)",
            "made": "test/conformance/make/performance.py",
            "rows": rows,
        }
    )
    + "\n"
)
print(len(rows))
