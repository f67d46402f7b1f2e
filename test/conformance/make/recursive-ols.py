"""Recursive least squares from its textbook recursion, and exponentially weighted least squares from its sums, in 60 digits."""
import random

from mpmath import eye, log, matrix, mp, mpf, nan

from hedge_rows import line, packed, walk, write

mp.dps = 60
random.seed(20261129)


def recursive(y, x, forgetting, delta):
    w, p, lam = matrix([0, 0]), mpf(delta) * eye(2), mpf(forgetting)
    out = {'ratio': [], 'intercept': [], 'innovation': []}
    started = False
    for a, b in zip(y, x):
        innovation = nan
        if a == a and b == b:
            h = matrix([mpf(b), 1])
            gain = p * h / (lam + (h.T * p * h)[0])
            innovation = mpf(a) - (h.T * w)[0]
            w = w + gain * innovation
            p = (p - gain * h.T * p) / lam
            started = True
        out['ratio'].append(w[0] if started else nan)
        out['intercept'].append(w[1] if started else nan)
        out['innovation'].append(innovation)
    return out


def exponential(y, x, decay):
    out = {'ratio': [], 'intercept': [], 'rSquared': []}
    for end in range(1, len(y) + 1):
        rows = [(decay ** (end - 1 - t), mpf(y[t]), mpf(x[t])) for t in range(end) if y[t] == y[t] and x[t] == x[t]]
        total = sum(w for w, _, _ in rows)
        if total == 0:
            line_now = [nan, nan, nan]
        else:
            my, mx = sum(w * a for w, a, _ in rows) / total, sum(w * b for w, _, b in rows) / total
            sxx, sxy, syy = (sum(w * u(a, b) for w, a, b in rows) for u in (
                lambda a, b: (b - mx) ** 2, lambda a, b: (a - my) * (b - mx), lambda a, b: (a - my) ** 2))
            line_now = [nan, nan, nan] if len({b for _, _, b in rows}) < 2 else [
                sxy / sxx, my - sxy / sxx * mx, sxy ** 2 / sxx / syy if len({a for _, a, _ in rows}) > 1 else nan]
        for name, value in zip(out, line_now):
            out[name].append(value)
    return out


def rows():
    cases = []
    x = walk(80, 100, 1)
    y = line(x, 1.3, 5, 0.5)
    holes = [float('nan') if t % 9 == 4 else v for t, v in enumerate(y)]
    spike = [1e6 if t == 30 else v for t, v in enumerate(y)]

    def row(name, kind, values, prices, options, expected, tolerance=1e-9):
        cases.append({'name': name, 'input': {'kind': kind, 'y': packed(values), 'x': packed(prices), 'options': options},
                      'expected': packed(expected), 'tolerance': tolerance})

    for name, values, options in (
        ('nothing forgotten, delta 1e6', y, {'forgetting': 1, 'delta': 1e6}),
        ('forgetting 0.98, delta 1e3', y, {'forgetting': 0.98, 'delta': 1e3}),
        ('forgetting 0.8, delta 10', y, {'forgetting': 0.8, 'delta': 10}),
        ('the delta there is unless said', y, {}),
        ('forgetting 0.95, holes', holes, {'forgetting': 0.95, 'delta': 100}),
        ('forgetting 0.95, a spike', spike, {'forgetting': 0.95, 'delta': 100}),
        ('a small delta', y, {'delta': 1e-4}),
    ):
        row(f'recursive: {name}', 'recursive', values, x, options, recursive(values, x, options.get('forgetting', 1), options.get('delta', 1e12)), 1e-8 if not options else 1e-9)
    for name, values, prices, options, decay in (
        ('half-life 10', y, x, {'halfLife': 10}, mpf(2) ** (mpf(-1) / 10)),
        ('alpha 0.1', y, x, {'alpha': 0.1}, 1 - mpf(0.1)),
        ('span 20', y, x, {'span': 20}, 1 - mpf(2) / 21),
        ('half-life 10, holes', holes, x, {'halfLife': 10}, mpf(2) ** (mpf(-1) / 10)),
        ('half-life 10, a spike', spike, x, {'halfLife': 10}, mpf(2) ** (mpf(-1) / 10)),
        ('half-life 10, x near 1e9', y, [1e9 + v for v in x], {'halfLife': 10}, mpf(2) ** (mpf(-1) / 10)),
        ('half-life 5, x halted at first', y, [100.0] * 6 + x[6:], {'halfLife': 5}, mpf(2) ** (mpf(-1) / 5)),
    ):
        row(f'exponential: {name}', 'exponential', values, prices, options, exponential(values, prices, decay))
    return cases


write('recursive-ols', 'The recursive and the exponentially weighted least squares line at every observation.', 'mpmath, 60 digits', rows())
