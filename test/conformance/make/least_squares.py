"""Regressions on several columns: the exact least-squares answer for the doubles given."""
from pathlib import Path
import json
import random

from exact_regression import fit, packed

random.seed(20261122)


def noise(n, scale=1.0):
    return [random.gauss(0, scale) for _ in range(n)]


def combine(columns, slopes, intercept, scale):
    return [intercept + sum(b * v for b, v in zip(slopes, row)) + random.gauss(0, scale) for row in zip(*columns)]


def walk(n, start, step):
    prices, price = [], start
    for _ in range(n):
        price += random.gauss(0, step)
        prices.append(round(price, 2))
    return prices


def rows():
    cases = []
    for n, k in ((10, 2), (40, 3), (60, 5), (120, 8)):
        columns = [noise(n) for _ in range(k)]
        cases.append((f'{k} unrelated columns, {n} rows', columns, combine(columns, range(1, k + 1), 4, 1), True))
        cases.append((f'{k} unrelated columns, {n} rows, no intercept', columns, combine(columns, range(1, k + 1), 0, 1), False))
    columns = [walk(100, 100, 1), walk(100, 250, 2), walk(100, 37, 0.5)]
    y = combine(columns, [0.4, 0.3, 1.2], 5, 0.8)
    cases.append(('a basket of prices', columns, y, True))
    cases.append(('a basket of prices, no intercept', columns, y, False))
    near = noise(50)
    columns = [[1e9 + v for v in near], [1e9 + 2 * v for v in noise(50)]]
    cases.append(('two columns near 1e9', columns, combine(columns, [2, -1], 3, 0.5), True))
    columns = [near, [v + random.gauss(0, 1e-6) for v in near]]
    cases.append(('two columns that differ by 1e-6', columns, combine(columns, [1, 1], 0, 0.1), True))
    cases.append(('two columns that differ by 1e-6, no intercept', columns, combine(columns, [1, 1], 0, 0.1), False))
    columns = [[1e-8 * v for v in noise(30)], [1e8 * v for v in noise(30)], noise(30)]
    cases.append(('columns of very different size', columns, combine(columns, [1e8, 1e-8, 1], 1, 0.5), True))
    columns = [[1e150 * v for v in noise(20)], [1e-150 * v for v in noise(20)]]
    cases.append(('columns of 1e150 and 1e-150', columns, combine(columns, [1e-150, 1e150], 1, 0.5), True))
    t = [float(i) for i in range(40)]
    columns = [t, [v * v for v in t], [v**3 for v in t]]
    cases.append(('a cubic trend', columns, combine(columns, [1, -0.05, 0.001], 10, 2), True))
    columns = [[1990.0 + v for v in t], [(1990.0 + v) ** 2 for v in t]]
    cases.append(('a quadratic in calendar years', columns, combine(columns, [0.3, 1e-4], 0, 1), True))
    columns = [t, [float(i % 5 == 0) for i in range(40)], [float(i % 5 == 1) for i in range(40)]]
    cases.append(('a trend and indicators', columns, combine(columns, [0.1, 2, -1], 0, 1), True))
    columns = [[float(v) for v in (1, 2, 4, 8)], [float(v) for v in (1, 3, 9, 27)]]
    cases.append(('four rows for three coefficients', columns, [1.0, 2.5, 3.5, 7.0], True))
    cases.append(('as many rows as coefficients', [c[:3] for c in columns], [1.0, 2.5, 3.5], True))
    cases.append(('as many rows as coefficients, no intercept', [c[:2] for c in columns], [1.0, 2.5], False))
    columns = [[float(random.randint(-9, 9)) for _ in range(25)] for _ in range(3)]
    cases.append(('a perfect fit in whole numbers', columns, [3 * a - 2 * b + c + 7 for a, b, c in zip(*columns)], True))
    cases.append(('y never moves', columns, [0.3] * 25, True))
    cases.append(('no columns: the mean', [], noise(12), True))
    columns = [noise(30), noise(30)]
    y = combine(columns, [1, 1], 0, 1)
    columns[0][0], y[7] = 1e7, 1e9
    cases.append(('outliers in a column and in y', columns, y, True))
    return cases


def answer(name, columns, y, intercept):
    expected = fit(columns, y, intercept)
    if not columns:
        del expected['fStatistic'], expected['fPValue']
    return {'name': name, 'input': {'columns': columns, 'y': y, 'intercept': intercept}, 'expected': packed(expected),
            'tolerance': 1e-12, 'tolerances': {'pValues': 1e-11, 'fPValue': 1e-11}}


if __name__ == '__main__':
    answers = {
        'about': 'Least squares on several columns with the usual inference.',
        'source': 'exact rational arithmetic (Python fractions, mpmath); conventions of statsmodels OLS',
        'made': 'make/least_squares.py',
        'rows': [answer(*row) for row in rows()],
    }
    text = json.dumps(answers, separators=(',', ':')).replace('{"name"', '\n{"name"')
    (Path(__file__).parent.parent / 'answers' / 'least-squares.json').write_text(text + '\n')
