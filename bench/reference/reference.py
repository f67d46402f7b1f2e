"""The workloads of compare.ts in numpy, pandas, bottleneck, numba, scipy and statsmodels.

Reads a workload's name a line and answers with the seconds of one run: compare.ts asks in turn with its own.
"""

import sys
from time import perf_counter

import bottleneck
import numba
import numpy as np
import pandas as pd
import statsmodels.api as sm
from scipy.stats import theilslopes
from statsmodels.tsa.stattools import adfuller

WINDOW = 60
N = 10**6
TRADES = 10**7

rng = np.random.default_rng(1)
x = 60_000 + np.cumsum(10 * (rng.random(N) - 0.5))
y = 0.06 * x + 3 * (rng.random(N) + rng.random(N))
xs, ys = pd.Series(x), pd.Series(y)


@numba.njit
def numba_correlation(y, x, window):
    """Running sums, the fastest way there is; they drift, and do not survive a bad tick."""
    out = np.full(len(x), np.nan)
    sx = sy = sxx = syy = sxy = 0.0
    y0, x0 = y[0], x[0]
    for i in range(len(x)):
        a, b = x[i] - x0, y[i] - y0
        sx += a
        sy += b
        sxx += a * a
        syy += b * b
        sxy += a * b
        if i >= window:
            a, b = x[i - window] - x0, y[i - window] - y0
            sx -= a
            sy -= b
            sxx -= a * a
            syy -= b * b
            sxy -= a * b
        if i >= window - 1:
            vx, vy = sxx - sx * sx / window, syy - sy * sy / window
            out[i] = (sxy - sx * sy / window) / np.sqrt(vx * vy)
    return out


@numba.njit
def numba_ols(y, x):
    """One pass about the first observation: ratio and intercept alone."""
    sx = sy = sxx = sxy = 0.0
    y0, x0 = y[0], x[0]
    for i in range(len(x)):
        a, b = x[i] - x0, y[i] - y0
        sx += a
        sy += b
        sxx += a * a
        sxy += a * b
    n = len(x)
    ratio = (sxy - sx * sy / n) / (sxx - sx * sx / n)
    return ratio, y0 + sy / n - ratio * (x0 + sx / n)


@numba.njit
def numba_kalman(y, x, drift, noise):
    """The covariance as it is, updated by subtraction: the fastest form, which can lose its sign. The same six columns."""
    n = len(x)
    ratios, intercepts, ratio_errors = np.empty(n), np.empty(n), np.empty(n)
    intercept_errors, innovations, deviations = np.empty(n), np.empty(n), np.empty(n)
    ratio = intercept = b = squares = logs = 0.0
    a = c = product = 1.0
    for i in range(n):
        if i > 0:
            a += drift
            c += drift
        h = a * x[i] + b
        k = b * x[i] + c
        variance = h * x[i] + k + noise
        innovation = y[i] - ratio * x[i] - intercept
        gain = 1 / variance
        ratio += h * gain * innovation
        intercept += k * gain * innovation
        a -= h * h * gain
        b -= h * k * gain
        c -= k * k * gain
        squares += innovation * innovation * gain
        product *= variance
        if product > 1e100 or product < 1e-100:
            logs += np.log(product)
            product = 1.0
        ratios[i] = ratio
        intercepts[i] = intercept
        ratio_errors[i] = np.sqrt(a)
        intercept_errors[i] = np.sqrt(c)
        innovations[i] = innovation
        deviations[i] = np.sqrt(variance)
    return ratios, intercepts, ratio_errors, intercept_errors, innovations, deviations, logs + np.log(product) + squares


def near_unit_root(length):
    out = np.empty(length)
    level = 0.0
    for t, e in enumerate(rng.standard_normal(length)):
        level = 0.984375 * level + e
        out[t] = level
    return out


class Tape:
    """A busy day's trades, made when they are first asked for."""

    frame = None

    @classmethod
    def get(cls):
        if cls.frame is None:
            time = 1_767_225_600_000 + np.cumsum((17 * rng.random(TRADES)).astype(np.int64))
            price = (6_000_000 + np.cumsum(rng.integers(-3, 4, TRADES))) / 100
            quantity = rng.integers(1, 1001, TRADES) / 1000
            index = pd.DatetimeIndex(time.astype("datetime64[ms]"))
            cls.frame = pd.DataFrame({"price": price, "quantity": quantity}, index=index)
        return cls.frame


def bars(every):
    by = Tape.get().resample(every)
    return by["price"].ohlc(), by["quantity"].sum()


series = {n: near_unit_root(n) for n in (500, 5_000, 50_000)}

workloads = {
    "rolling mean / bottleneck": lambda: bottleneck.move_mean(x, WINDOW),
    "rolling mean / pandas": lambda: xs.rolling(WINDOW).mean(),
    "rolling deviation / bottleneck": lambda: bottleneck.move_std(x, WINDOW, ddof=1),
    "rolling deviation / pandas": lambda: xs.rolling(WINDOW).std(),
    "z-score / bottleneck": lambda: (x - bottleneck.move_mean(x, WINDOW)) / bottleneck.move_std(x, WINDOW, ddof=1),
    "z-score / pandas": lambda: (xs - xs.rolling(WINDOW).mean()) / xs.rolling(WINDOW).std(),
    "rolling correlation / pandas": lambda: ys.rolling(WINDOW).corr(xs),
    "rolling correlation / numba": lambda: numba_correlation(y, x, WINDOW),
    "bars of 1 s / pandas": lambda: bars("1s"),
    "bars of 1 m / pandas": lambda: bars("1min"),
    "OLS / numba": lambda: numba_ols(y, x),
    "Kalman hedge / numba": lambda: numba_kalman(y, x, 1e-9, 1.0),
    "Huber, n = 100000 / statsmodels": lambda: sm.RLM(y[:100_000], sm.add_constant(x[:100_000])).fit(),
    "Theil-Sen, n = 2000 / scipy": lambda: theilslopes(y[:2_000], x[:2_000]),
    "Theil-Sen, n = 10000 / scipy": lambda: theilslopes(y[:10_000], x[:10_000]),
    "ADF, n = 500 / statsmodels": lambda: adfuller(series[500], autolag="AIC", result_object=False),
    "ADF, n = 5000 / statsmodels": lambda: adfuller(series[5_000], autolag="AIC", result_object=False),
    "ADF, n = 50000 / statsmodels": lambda: adfuller(series[50_000], autolag="AIC", result_object=False),
}

if __name__ == "__main__":
    for line in sys.stdin:
        run = workloads[line.strip()]
        start = perf_counter()
        run()
        print(perf_counter() - start, flush=True)
