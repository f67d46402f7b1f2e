"""Drift and noise by maximum likelihood: the exactly diffuse filter of statsmodels, its likelihood maximised."""
import random

import numpy as np
from scipy.optimize import minimize_scalar
import statsmodels
from statsmodels.tsa.statespace.kalman_filter import KalmanFilter

from hedge_rows import packed, walk, write
from kalman import run

random.seed(20261128)


def likelihood(y, x, drift, noise):
    model = KalmanFilter(k_endog=1, k_states=2, k_posdef=2)
    model.bind(np.array(y, float)[:, None])
    model['design'] = np.array([x, np.ones(len(x))])[None]
    model['transition'], model['selection'] = np.eye(2), np.eye(2)
    model['state_cov'], model['obs_cov'] = drift * np.eye(2), np.array([[noise]])
    model.initialize_diffuse()
    result = model.filter()
    skip = result.nobs_diffuse
    v, s = result.forecasts_error[0, skip:], result.forecasts_error_cov[0, 0, skip:]
    return result.llf_obs[skip:].sum(), np.mean(v * v / s), len(v)


def best(y, x):
    size = np.mean(np.square(x) + 1)

    def concentrated(z):
        _, noise, m = likelihood(y, x, np.exp(z) / size, 1.0)
        return -likelihood(y, x, np.exp(z) / size * noise, noise)[0]

    start = min(np.arange(-26, 13, 1.0), key=concentrated)
    found = minimize_scalar(concentrated, bounds=(start - 1.5, start + 1.5), method='bounded', options={'xatol': 1e-9})
    noise = likelihood(y, x, np.exp(found.x) / size, 1.0)[1]
    drift = np.exp(found.x) / size * noise
    # statsmodels stops updating a covariance that has nearly settled: the likelihood itself is taken in many digits.
    top = run(y, x, [[drift, 0], [0, drift]], noise, None)['logLikelihood']
    assert abs(top + found.fun) < 1e-6
    return {'drift': drift, 'noise': noise, 'logLikelihood': top}


def rows():
    cases = []
    for name, n, drift, noise in (('a slow drift', 300, 1e-6, 0.25), ('a fast drift', 200, 1e-5, 0.25), ('more drift than noise', 200, 1e-4, 0.25),
                                  ('a small sample', 60, 1e-5, 1.0), ('two thousand', 2000, 1e-7, 0.04)):
        x = walk(n, 100, 1)
        ratio, level, y = 1.3, 5.0, []
        for v in x:
            ratio += random.gauss(0, drift ** 0.5)
            level += random.gauss(0, drift ** 0.5)
            y.append(round(ratio * v + level + random.gauss(0, noise ** 0.5), 6))
        cases.append({'name': name, 'input': {'y': y, 'x': x}, 'expected': packed(best(y, x)), 'tolerance': 1e-5,
                      'tolerances': {'logLikelihood': 1e-9}})
    return cases


write('kalman-fit', 'The likeliest drift and noise of a line.', f'statsmodels {statsmodels.__version__} KalmanFilter, exactly diffuse, and scipy minimize_scalar for the place of the maximum; its likelihood by make/kalman.py', rows())
