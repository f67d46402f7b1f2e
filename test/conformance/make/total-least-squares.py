"""Total least squares and Deming lines in 60 digits, checked by the singular values of the centred points."""
import random

from mpmath import mp, mpf, sqrt
import numpy as np

from hedge_rows import line, packed, walk, write

mp.dps = 60
random.seed(20261130)


def total(y, x, intercept, ratio):
    y, x, d, n = [mpf(v) for v in y], [mpf(v) for v in x], mpf(ratio), len(y)
    my, mx = (sum(y) / n, sum(x) / n) if intercept else (mpf(0), mpf(0))
    syy = sum((v - my) ** 2 for v in y)
    sxx = sum((v - mx) ** 2 for v in x)
    sxy = sum((a - my) * (b - mx) for a, b in zip(y, x))
    slope = (syy - d * sxx + sqrt((syy - d * sxx) ** 2 + 4 * d * sxy ** 2)) / (2 * sxy) if sxy else mpf(0)
    return {'ratio': slope, 'intercept': my - slope * mx}


def rows():
    cases = []

    def row(name, y, x, intercept=True, ratio=1.0, check=True):
        expected = total(y, x, intercept, ratio)
        if check:
            points = np.column_stack([np.array(x), np.array(y) / np.sqrt(ratio)])
            axis = np.linalg.svd(points - (points.mean(0) if intercept else 0))[2][0]
            assert abs(axis[1] / axis[0] * np.sqrt(ratio) / float(expected['ratio']) - 1) < 1e-8, name
        cases.append({'name': name, 'input': {'y': y, 'x': x, 'intercept': intercept, 'errorRatio': ratio},
                      'expected': packed(expected), 'tolerance': 1e-11})

    x = walk(60, 100, 1)
    y = line(x, 1.3, 5, 0.5)
    row('prices', y, x)
    row('the legs exchanged', x, y)
    row('a flat slope', line(x, 0.02, 5, 0.1), x)
    row('a steep slope', line(x, 40, 5, 3), x)
    row('falling', line(x, -0.8, 300, 0.5), x)
    row('no intercept', line(x, 0.7, 0, 0.5), x, intercept=False)
    row('Deming, y errs four times as much', y, x, ratio=4.0)
    row('Deming, x errs a hundred times as much', y, x, ratio=0.01)
    row('Deming, no intercept', line(x, 0.7, 0, 0.5), x, intercept=False, ratio=2.5)
    row('Deming, 1e8', y, x, ratio=1e8)
    row('x near 1e9', y, [1e9 + v for v in x], check=False)
    row('a coin in tiny units', [v * 1e-9 for v in y], x, check=False)
    row('sizes of 1e200', [v * 1e200 for v in y], [v * 1e200 for v in x], check=False)
    row('y never moves', [5.5] * 20, x[:20], check=False)
    row('two points', [3.0, 4.5], [1.0, 2.0])
    row('an exact line', [2 * v + 1 for v in range(20)], [float(v) for v in range(20)])
    return cases


write('total-least-squares', 'Total least squares and Deming lines.', 'mpmath, 60 digits; numpy singular values agree to 1e-8', rows())
