"""Newey-West errors in 60 digits; statsmodels OLS with cov_type HAC, use_correction False, use_t True agrees."""
import random

from mpmath import betainc, matrix, mp, mpf, sqrt
import numpy as np
import statsmodels
import statsmodels.api as sm

from hedge_rows import line, packed, walk, write

mp.dps = 60
random.seed(20261131)


def inference(y, x, lags, intercept):
    n = len(y)
    design = [[mpf(v), 1] if intercept else [mpf(v)] for v in x]
    k = len(design[0])
    gram = matrix(k, k)
    moments = matrix(k, 1)
    for row, b in zip(design, y):
        for i in range(k):
            moments[i] += row[i] * mpf(b)
            for j in range(k):
                gram[i, j] += row[i] * row[j]
    bread = gram ** -1
    beta = bread * moments
    scores = [matrix(row) * (mpf(b) - sum(row[i] * beta[i] for i in range(k))) for row, b in zip(design, y)]
    meat = matrix(k, k)
    for lag in range(min(lags, n - 1) + 1):
        gamma = matrix(k, k)
        for t in range(lag, n):
            gamma += scores[t] * scores[t - lag].T
        meat += gamma if lag == 0 else (gamma + gamma.T) * (1 - mpf(lag) / (lags + 1))
    covariance = bread * meat * bread
    out = {}
    for i, name in enumerate(['ratio', 'intercept'][:k]):
        error = sqrt(covariance[i, i])
        t = beta[i] / error
        df = n - k
        out |= {f'{name}Error': error, f'{name}T': t, f'{name}P': betainc(mpf(df) / 2, mpf(1) / 2, 0, df / (df + t * t), regularized=True)}
    return out


def rows():
    cases = []

    def row(name, y, x, lags, intercept=True, check=True):
        expected = inference(y, x, lags, intercept)
        if check:
            design = np.column_stack([x, np.ones(len(x))]) if intercept else np.array(x)[:, None]
            fit = sm.OLS(np.array(y), design).fit(cov_type='HAC', cov_kwds={'maxlags': lags, 'use_correction': False}, use_t=True)
            for key, value in (('ratioError', fit.bse[0]), ('ratioP', fit.pvalues[0])):
                assert abs(value / float(expected[key]) - 1) < 1e-6, (name, key, value, expected[key])
        cases.append({'name': name, 'input': {'y': y, 'x': x, 'lags': lags, 'intercept': intercept},
                      'expected': packed(expected), 'tolerance': 1e-10, 'tolerances': {'ratioP': 1e-9, 'interceptP': 1e-9}})

    x = walk(120, 100, 1)
    own = [a + b for a, b in zip(line(x, 0.8, 5, 0.1), walk(120, 0, 0.3))]
    for lags in (0, 1, 4, 12, 119, 500):
        row(f'residuals that follow each other, {lags} lags', own, x, lags, check=lags < 119)
    row('no intercept', line(x, 0.7, 0, 0.5), x, 4, intercept=False)
    row('noise that grows', [1.3 * v + 5 + random.gauss(0, 0.02 * t) for t, v in enumerate(x)], x, 3)
    row('x near 1e9', own, [1e9 + v for v in x], 3, check=False)
    row('three points', [1.1, 1.9, 3.2], [0.1, 0.2, 0.3], 1)
    return cases


write('newey-west', 'Newey-West errors of the least-squares line.', f'mpmath, 60 digits; statsmodels {statsmodels.__version__} agrees to 1e-6', rows())
