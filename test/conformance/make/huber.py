"""Huber's line: the iteration of statsmodels' RLM (HuberT, scale by MAD about zero, H1) run to its fixed point in 40 digits."""
import random
import warnings

from mpmath import erfinv, mp, mpf, sqrt
import numpy as np
import statsmodels
import statsmodels.api as sm

from hedge_rows import line, packed, walk, write

mp.dps = 40
random.seed(20261125)
QUARTILE = sqrt(2) * erfinv(mpf(1) / 2)


def median(values):
    ordered, n = sorted(values), len(values)
    return ordered[n // 2] if n % 2 else (ordered[n // 2 - 1] + ordered[n // 2]) / 2


def weighted(y, x, w, intercept):
    sw, swx, swy = sum(w), sum(a * b for a, b in zip(w, x)), sum(a * b for a, b in zip(w, y))
    mx, my = (swx / sw, swy / sw) if intercept else (mpf(0), mpf(0))
    sxx = sum(a * (b - mx) ** 2 for a, b in zip(w, x))
    slope = sum(a * (b - mx) * (c - my) for a, b, c in zip(w, x, y)) / sxx
    return slope, my - slope * mx


def huber(y, x, tuning, intercept):
    y, x, c, n = [mpf(v) for v in y], [mpf(v) for v in x], mpf(tuning), len(y)
    p = 2 if intercept else 1
    slope, level = weighted(y, x, [mpf(1)] * n, intercept)
    last = None
    for _ in range(5000):
        r = [b - level - slope * a for a, b in zip(x, y)]
        s = median([abs(v) for v in r]) / QUARTILE
        if s < mpf(10) ** -30:
            # The scale has collapsed: the line goes through most of the points, and the rest say nothing.
            return {'ratio': slope, 'intercept': level, 'ratioError': 0, 'interceptError': 0 if intercept else mpf('nan'), 'scale': 0}
        slope, level = weighted(y, x, [1 if abs(v) <= c * s else c * s / abs(v) for v in r], intercept)
        now = (slope, level, s)
        if last and all(abs(a - b) <= abs(b) * mpf(10) ** -30 for a, b in zip(now, last)):
            break
        last = now
    else:
        raise ArithmeticError('no fixed point')
    m = mpf(sum(abs(v) <= c * s for v in r)) / n
    k = 1 + mpf(p) / n * (1 - m) / m
    psi = sum(min(abs(v), c * s) ** 2 for v in r)
    unit = k * sqrt(psi / (n - p)) / m
    mx = sum(x) / n if intercept else mpf(0)
    sxx = sum((v - mx) ** 2 for v in x)
    return {'ratio': slope, 'intercept': level, 'ratioError': unit / sqrt(sxx),
            'interceptError': unit * sqrt(mpf(1) / n + mx ** 2 / sxx) if intercept else mpf('nan'), 'scale': s}


def statsmodels_says(y, x, tuning, intercept):
    design = sm.add_constant(np.array(x)) if intercept else np.array(x)[:, None]
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')
        fit = sm.RLM(np.array(y), design, M=sm.robust.norms.HuberT(tuning)).fit(tol=1e-14, maxiter=2000, conv='coefs')
    return {'ratio': fit.params[-1], 'ratioError': fit.bse[-1], 'scale': fit.scale}


def rows():
    cases = []

    def row(name, y, x, tuning=1.345, intercept=True, check=True):
        expected = huber(y, x, tuning, intercept)
        if check:
            for key, value in statsmodels_says(y, x, tuning, intercept).items():
                assert abs(value / float(expected[key]) - 1) < 1e-7, (name, key, value, expected[key])
        cases.append({'name': name, 'input': {'y': y, 'x': x, 'tuning': tuning, 'intercept': intercept},
                      'expected': packed(expected), 'tolerance': 1e-10})

    for n in (12, 61, 120):
        x = walk(n, 100, 1)
        row(f'clean prices, {n} of them', line(x, 1.3, 5, 0.5), x)
    x = walk(80, 100, 1)
    y = line(x, 1.3, 5, 0.5)
    row('a tenth of the ticks 50 too high', [v + 50 if i % 10 == 3 else v for i, v in enumerate(y)], x)
    row('a quarter of the ticks wild on either side', [v + random.choice([-1, 1]) * 30 * random.random() if i % 4 == 1 else v for i, v in enumerate(y)], x)
    row('two fifths of the ticks a little high', [v + 3 if i % 5 < 2 else v for i, v in enumerate(y)], x)
    row('one spike of 1e6', [1e6 if i == 40 else v for i, v in enumerate(y)], x)
    row('one spike of 1e12 first', [1e12 if i == 0 else v for i, v in enumerate(y)], x, check=False)
    row('one bad tick in x, a lever', y, [1000.0 if i == 17 else v for i, v in enumerate(x)])
    row('a lever on the line', y + [round(1.3 * 400 + 5, 2)], x + [400.0])
    row('levers off the line', y + [500.0, 520.0, 505.5], x + [150.0, 151.0, 149.0])
    row('heavy tails', [round(1.3 * v + 5 + 0.3 * random.gauss(0, 1) / max(abs(random.gauss(0, 1)), 1e-3), 2) for v in x], x)
    row('no intercept', line(x, 0.7, 0, 0.5), x, intercept=False)
    row('no intercept, with outliers', [v + 20 if i % 9 == 2 else v for i, v in enumerate(line(x, 0.7, 0, 0.5))], x, intercept=False)
    row('tuning 1', y, x, tuning=1.0)
    row('tuning 3', [v + 5 if i % 10 == 3 else v for i, v in enumerate(y)], x, tuning=3.0)
    far = [1e9 + v for v in x]
    row('x near 1e9', y, far, check=False)
    small = [round(v * 1e-8, 14) for v in x]
    row('prices of 1e-6', [round(2.5 * v + random.gauss(0, 1e-9), 16) for v in small], small, check=False)
    grid = [float(i // 4) for i in range(60)]
    row('most points on a line', [2 * v + 1 if i % 3 else 2 * v + 1 + i / 8 for i, v in enumerate(grid)], grid, check=False)
    row('seven tenths on a line, the rest one tick above', [2 * v + (i % 10 > 6) for i, v in enumerate(grid)], grid, check=False)
    row('every point on a line', [3 * v - 2 for v in grid], grid, check=False)
    return cases


write('huber', "Huber's line with errors and scale, for prices with outliers and levers.",
      f'mpmath, 40 digits, on the iteration of statsmodels {statsmodels.__version__} RLM to its fixed point; agrees with RLM to 1e-7 where checked',
      rows())
