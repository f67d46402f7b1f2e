"""Lines through pairs of every scale and shape: the exact least-squares answer for the doubles given."""
from pathlib import Path
import json
import random

from exact_regression import fit, packed

random.seed(20261121)


def noise(n, scale=1.0):
    return [random.gauss(0, scale) for _ in range(n)]


def walk(n, start, step, digits=2):
    prices, price = [], start
    for _ in range(n):
        price += random.gauss(0, step)
        prices.append(round(price, digits))
    return prices


def line(x, ratio, intercept, scale):
    return [ratio * v + intercept + random.gauss(0, scale) for v in x]


def cents(series):
    return [round(v, 2) for v in series]


def rows():
    def row(name, y, x, intercept=True):
        cases.append((name, y, x, intercept))

    cases = []
    for n in (5, 20, 60, 250):
        x = walk(n, 100, 0.8)
        row(f'prices in cents, {n} of them', cents(line(x, 1.37, 12, 0.6)), x)
    x = walk(80, 40_000, 120)
    row('a coin against another, no intercept', cents(line(x, 0.0553, 0, 9)), x, intercept=False)
    row('a coin against another', cents(line(x, 0.0553, 40, 9)), x)
    x = [1e9 + v for v in noise(50)]
    row('x near 1e9', line(x, 2, 1, 0.5), x)
    row('x and y near 1e9, unrelated', [1e9 + v for v in noise(50)], x)
    row('x near 1e9, no intercept', line(x, 2, 1, 0.5), x, intercept=False)
    x = [1e12 + round(v, 2) for v in noise(40)]
    row('x near 1e12 in cents', line(x, 0.5, 3, 0.2), x)
    x = [1e15 + v for v in range(30)]
    row('x near 1e15 in units', [3 * v + random.gauss(0, 2) for v in range(30)], x)
    x = [1e6] + noise(40)
    row('the first x is an outlier', line(x, 1.5, 2, 0.3), x)
    row('the first y is an outlier', [1e9] + line(x[1:], 1.5, 2, 0.3), [0.5] + x[1:])
    x = noise(40) + [1e6]
    row('the last x is an outlier', line(x, 1.5, 2, 0.3), x)
    x = [1e12, 1e-3] + noise(30)
    row('the first of both is an outlier of 1e12', [3.5] + line(x[1:], 2, 0, 1), x)
    for scale in (1e-250, 1e-150, 1e-100, 1e100, 1e150, 1e200):
        x = [scale * (3 + v) for v in noise(15)]
        row(f'prices of size {scale:g}', [1.2 * v + scale * random.gauss(0, 0.2) for v in x], x)
    x = [1e-120 * (3 + v) for v in noise(15)]
    row('y of 1e120 on x of 1e-120', [1e240 * v + 1e119 * random.gauss(0, 1) for v in x], x)
    row('y of 1e-150, no intercept', [1e-30 * v + 1e-151 * random.gauss(0, 1) for v in x], x, intercept=False)
    x = [float(v) for v in range(1, 21)]
    row('a perfect line in whole numbers', [2 * v + 1 for v in x], x)
    row('a perfect falling line', [7 - 3 * v for v in x], x)
    row('a perfect line through the origin', [3 * v for v in x], x, intercept=False)
    row('a perfect line but for rounding', [0.1 * v + 0.3 for v in x], x)
    row('a perfect line on a moved origin', [2 * (1e9 + v) + 1 for v in x], [1e9 + v for v in x])
    row('a line disturbed by 1e-10', [0.7 * v + random.gauss(0, 1e-10) for v in x], x)
    row('y never moves', [5.5] * 20, x)
    row('y never moves, inexactly', [0.1] * 20, x)
    row('two points', [3.0, 4.5], [1.0, 2.0])
    row('two points close together on a large level', [1e8 + 0.25, 1e8 + 0.75], [1e8 + 0.5, 1e8 + 1.0])
    row('one point, no intercept', [3.0], [2.0], intercept=False)
    row('three points', [1.1, 1.9, 3.2], [0.1, 0.2, 0.3])
    row('two points, no intercept', [3.0, 4.5], [1.0, 2.0], intercept=False)
    row('x takes two values', noise(30), [100.0, 101.0] * 15)
    row('a trend', [0.01 * v + random.gauss(0, 1) for v in range(200)], [float(v) for v in range(200)])
    x = noise(100)
    row('hardly related', [1e-3 * v + random.gauss(0, 1) for v in x], x)
    row('negative prices', line([-v for v in walk(50, 37, 4)], -0.4, -3, 1), walk(50, -37, 4))
    x = walk(100, 250, 1)
    row('strongly related', line(x, 0.8, 5, 1e-2), x)
    row('residuals that follow each other', [a + b for a, b in zip(line(x, 0.8, 5, 0.1), walk(100, 0, 1))], x)
    x = [10.0 ** random.uniform(-6, 6) for _ in range(60)]
    row('twelve orders of magnitude', line(x, 1, 10, 1), x)
    row('twelve orders of magnitude, no intercept', line(x, 1, 10, 1), x, intercept=False)
    return cases


KEYS = ['residualDeviation', 'residualSumOfSquares', 'rSquared', 'adjustedRSquared', 'fStatistic', 'fPValue',
        'logLikelihood', 'aic', 'bic', 'durbinWatson', 'observations']


def answer(name, y, x, intercept):
    truth = fit([x], y, intercept)
    last = {'ratio': 'coefficients', 'ratioError': 'errors', 'ratioT': 'tValues', 'ratioP': 'pValues'}
    expected = {key: truth[of][-1] for key, of in last.items()}
    first = {'intercept': 'coefficients', 'interceptError': 'errors', 'interceptT': 'tValues', 'interceptP': 'pValues'}
    absent = {'intercept': 0, 'interceptError': float('nan'), 'interceptT': float('nan'), 'interceptP': float('nan')}
    expected |= {key: truth[of][0] for key, of in first.items()} if intercept else absent
    expected |= {key: truth[key] for key in KEYS}
    return {'name': name, 'input': {'y': y, 'x': x, 'intercept': intercept}, 'expected': packed(expected),
            'tolerance': 1e-12,
            'tolerances': {'ratioP': 1e-11, 'interceptP': 1e-11, 'fPValue': 1e-11}}


if __name__ == '__main__':
    answers = {
        'about': 'The least-squares line of y on x with its inference, for pairs of every scale and shape.',
        'source': 'exact rational arithmetic (Python fractions, mpmath); conventions of statsmodels OLS',
        'made': 'make/ols.py',
        'rows': [answer(*row) for row in rows()],
    }
    text = json.dumps(answers, separators=(',', ':')).replace('{"name"', '\n{"name"')
    (Path(__file__).parent.parent / 'answers' / 'ols.json').write_text(text + '\n')
