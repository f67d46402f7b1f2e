"""Theil-Sen and Siegel lines by scipy, whose sorted list of all slopes is the definition."""
import random

import numpy as np
import scipy
from scipy import stats

from hedge_rows import line, packed, walk, write

random.seed(20261126)


def rows():
    cases = []

    def row(name, y, x, confidence=0.95):
        ys, xs = np.array(y, float), np.array(x, float)
        separate = stats.theilslopes(ys, xs, confidence, method='separate')
        joint = stats.theilslopes(ys, xs, confidence, method='joint')
        siegel = stats.siegelslopes(ys, xs, method='hierarchical')
        own = stats.siegelslopes(ys, xs, method='separate')
        expected = {'ratio': separate.slope, 'intercept': separate.intercept, 'lower': separate.low_slope,
                    'upper': separate.high_slope, 'joint': joint.intercept, 'siegelRatio': siegel.slope,
                    'siegelIntercept': siegel.intercept, 'siegelSeparate': own.intercept}
        cases.append({'name': name, 'input': {'y': y, 'x': x, 'confidence': confidence},
                      'expected': packed(expected), 'tolerance': 1e-11})

    for n in (5, 6, 40, 41, 250):
        x = walk(n, 100, 1)
        row(f'prices in cents, {n} of them', line(x, 1.3, 5, 0.5), x)
    x = walk(600, 100, 0.05)
    row('600 prices in cents that hardly move: many tied', line(x, 1, 0, 0.02), x)
    x = [float(round(v)) for v in walk(500, 40, 1.5)]
    row('500 prices in whole dollars', [float(round(0.5 * v + random.gauss(0, 1))) for v in x], x)
    row('500 prices on a line of whole dollars, some off it', [2 * v + (i % 3 == 0) for i, v in enumerate(x)], x)
    x = [round(v * 4) / 4 for v in walk(800, 60, 0.5)]
    row('800 prices in quarters', [round(4 * (1.25 * v + random.gauss(0, 0.5))) / 4 for v in x], x)
    x = [v / 3 for v in range(400)]
    row('thirds, every slope rounded', [v * 7 / 3 + (i % 5 == 0) / 7 for i, v in enumerate(x)], x)
    x = walk(300, 100, 1)
    y = line(x, 1.3, 5, 0.5)
    row('a quarter of y wild', [random.uniform(-1e6, 1e6) if i % 4 == 0 else v for i, v in enumerate(y)], x)
    row('a quarter of x wild', y, [random.uniform(-1e6, 1e6) if i % 4 == 0 else v for i, v in enumerate(x)])
    row('spikes of 1e12', [1e12 if i % 20 == 0 else v for i, v in enumerate(y)], x)
    row('x near 1e9', y, [1e9 + v for v in x])
    row('x takes two values', y, [100.0 + i % 2 for i in range(300)])
    row('y takes two values', [5.0 + i % 2 for i in range(300)], x)
    row('y never moves', [5.5] * 50, x[:50])
    row('time as x', y, [float(i) for i in range(300)])
    row('confidence 0.5', y, x, 0.5)
    row('confidence 0.99', y, x, 0.99)
    row('confidence 0.2', y, x, 0.2)
    row('two points', [3.0, 4.5], [1.0, 2.0])
    row('three points, two of one x', [3.0, 4.5, 7.0], [1.0, 2.0, 2.0])
    row('falling', [-v for v in y], x)
    return cases


def fixed(cases):
    # scipy takes a confidence below a half for its complement: 0.2 is 0.8 to it. The interval of 0.2 is the narrower one.
    for case in cases:
        if case['input']['confidence'] < 0.5:
            y, x = np.array(case['input']['y']), np.array(case['input']['x'])
            slopes = np.sort([(b - a) / (d - c) for i, (a, c) in enumerate(zip(y, x)) for b, d in zip(y[i + 1:], x[i + 1:]) if d != c])
            ties = lambda v: sum(k * (k - 1) * (2 * k + 5) for k in np.unique(v, return_counts=True)[1])
            n, nt = len(y), len(slopes)
            sigma = np.sqrt((n * (n - 1) * (2 * n + 5) - ties(x) - ties(y)) / 18)
            z = stats.norm.ppf((1 - case['input']['confidence']) / 2)
            upper = min(int(np.round((nt - z * sigma) / 2)), nt - 1)
            lower = max(int(np.round((nt + z * sigma) / 2)) - 1, 0)
            case['expected'] |= {'lower': slopes[lower], 'upper': slopes[upper]}
            case['note'] = 'scipy reads a confidence below 0.5 as its complement; this is the interval asked for'
    return cases


write('theil-sen', 'Median and repeated-median slopes with intercepts and intervals, for prices with ties and outliers.',
      f'scipy {scipy.__version__} theilslopes and siegelslopes; the interval of confidence 0.2 from the definition', fixed(rows()))
