"""The Kalman filter and smoother of a drifting line, in matrices of 60 digits; a diffuse start is a prior of 1e60."""
import random

from mpmath import eye, log, matrix, mp, mpf, nan, pi, sqrt
import numpy as np
import statsmodels
from statsmodels.tsa.statespace.kalman_smoother import KalmanSmoother

from hedge_rows import line, packed, walk, write

mp.dps = 250
random.seed(20261127)
HUGE = mpf(10) ** 80


def run(y, x, drift, noise, initial):
    n = len(y)
    q, r = matrix(drift), mpf(noise)
    m = matrix([initial['ratio'], initial['intercept']]) if initial else matrix([0, 0])
    p = matrix(initial['covariance']) if initial else HUGE * eye(2)
    likelihood, seen, filtered, out = mpf(0), [], [], []
    known = initial is not None
    for t in range(n):
        if t:
            p = p + q
        innovation, deviation = nan, nan
        if x[t] == x[t]:
            h = matrix([[mpf(x[t]), 1]])
            s = (h * p * h.T)[0] + r
            deviation = sqrt(s)
            if y[t] == y[t]:
                innovation = mpf(y[t]) - (h * m)[0]
                gain = p * h.T / s
                m = m + gain * innovation
                rest = eye(2) - gain * h
                p = rest * p * rest.T + gain * r * gain.T
                if s < HUGE / 10 ** 20:
                    likelihood -= (log(2 * pi * s) + innovation ** 2 / s) / 2
                else:
                    innovation, deviation = nan, nan
                seen.append(x[t])
        if not known and len(set(seen)) > 1:
            known = True
        if not known and s > HUGE / 10 ** 20:
            innovation, deviation = nan, nan
        filtered.append((m, p))
        shown = [m[0], m[1], sqrt(p[0, 0]), sqrt(p[1, 1])] if known else [nan] * 4
        out.append(shown + [innovation, deviation])
    ms, ps = filtered[-1]
    smoothed = [None] * n
    for t in range(n - 1, -1, -1):
        m, p = filtered[t]
        if t < n - 1:
            ahead = p + q
            j = p * ahead ** -1 if mp.det(ahead) != 0 else eye(2)
            ms, ps = m + j * (ms - m), p + j * (ps - ahead) * j.T
        smoothed[t] = [ms[0], ms[1], sqrt(ps[0, 0]), sqrt(ps[1, 1])]
    columns = ['ratio', 'intercept', 'ratioError', 'interceptError', 'innovation', 'innovationDeviation']
    expected = {name: [row[k] for row in out] for k, name in enumerate(columns)}
    expected['logLikelihood'] = likelihood
    expected['smoothed'] = {name: [row[k] for row in smoothed] for k, name in enumerate(columns[:4])}
    return expected


def statsmodels_says(y, x, drift, noise, initial):
    model = KalmanSmoother(k_endog=1, k_states=2, k_posdef=2)
    model.bind(np.array(y, float)[:, None])
    model['design'] = np.array([x, np.ones(len(x))])[None]
    model['transition'], model['selection'] = np.eye(2), np.eye(2)
    model['state_cov'], model['obs_cov'] = np.array(drift, float), np.array([[noise]])
    if initial:
        model.initialize_known(np.array([initial['ratio'], initial['intercept']], float), np.array(initial['covariance'], float))
    else:
        model.initialize_diffuse()
    result = model.smooth()
    diffuse = result.forecasts_error_diffuse_cov
    proper = np.ones(len(x), bool) if diffuse is None else diffuse[0, 0] < 1e-12
    return {'ratio': result.filtered_state[0, -1], 'logLikelihood': result.llf_obs[proper].sum(),
            'first': result.smoothed_state[0, 0]}


def rows():
    cases = []

    def row(name, y, x, drift, noise, initial=None, check=True, tolerance=1e-9, tolerances=None):
        square = [[drift, 0], [0, drift]] if not isinstance(drift, list) else drift
        start = initial and {**initial, 'covariance': initial['covariance'] if isinstance(initial['covariance'], list)
                             else [[initial['covariance'], 0], [0, initial['covariance']]]}
        expected = run(y, x, square, noise, start)
        if check:
            says = statsmodels_says(y, x, square, noise, start)
            found = {'ratio': expected['ratio'][-1], 'logLikelihood': expected['logLikelihood'], 'first': expected['smoothed']['ratio'][0]}
            for key, value in says.items():
                assert abs(value - float(found[key])) <= 1e-5 * abs(value), (name, key, value, found[key])
        options = {'drift': drift, 'noise': noise} | ({'initial': initial} if initial else {})
        cases.append({'name': name, 'input': {'y': packed(y), 'x': packed(x), 'options': options},
                      'expected': packed(expected), 'tolerance': tolerance} | ({'tolerances': tolerances} if tolerances else {}))

    x = walk(80, 100, 1)
    y = line(x, 1.3, 5, 0.5)
    row('a diffuse start', y, x, 1e-6, 0.25)
    row('a line that stays: least squares', y, x, 0, 0.25)
    row('a lively line', y, x, 1e-2, 0.25)
    row("Chan's recipe", y, x, 1e-4 / (1 - 1e-4), 1e-3, {'ratio': 0, 'intercept': 0, 'covariance': 0})
    row('a prior of variance 1', y, x, 1e-5, 0.25, {'ratio': 1, 'intercept': 0, 'covariance': 1})
    row('a prior that knows the two together', y, x, 1e-5, 0.25, {'ratio': 1.2, 'intercept': 8, 'covariance': [[0.04, -3.0], [-3.0, 300.0]]})
    row('a full drift', y, x, [[1e-5, -4e-4], [-4e-4, 0.04]], 0.25)
    row('a drift of the ratio alone', y, x, [[1e-6, 0], [0, 0]], 0.25)
    row('a drift of the intercept alone', y, x, [[0, 0], [0, 1e-3]], 0.25)
    row('a drift in one direction', y, x, [[1e-6, -1e-4], [-1e-4, 1e-2]], 0.25)
    row('every seventh y missing, and a run of ten', [float('nan') if t % 7 == 4 or 30 <= t < 40 else v for t, v in enumerate(y)], x, 1e-4, 0.25)
    row('missing at the start', [float('nan')] * 3 + y[3:], x, 1e-4, 0.25)
    row('missing at the start, after a prior', [float('nan')] * 3 + y[3:], x, 1e-4, 0.25, {'ratio': 1, 'intercept': 0, 'covariance': 1})
    row('x halted for the first five', y, [100.0] * 5 + x[5:], 1e-4, 0.25)
    row('x halted in the middle', y, x[:20] + [101.0] * 30 + x[50:], 1e-3, 0.25)
    row('a spike of 1e6 in y', [1e6 if t == 40 else v for t, v in enumerate(y)], x, 1e-4, 0.25)
    coin = walk(60, 60000, 50)
    row('a coin and its future', line(coin, 1.0002, 3, 2), coin, 1e-9, 4.0, check=False)
    row('little noise', y, x, 1e-3, 1e-8)
    return cases


if __name__ == '__main__':
    write('kalman', 'The filtered and smoothed line with errors, innovations and log-likelihood.',
          f'mpmath, 250 digits, matrices as in the textbooks; statsmodels {statsmodels.__version__} KalmanSmoother agrees to 1e-5',
          rows())
