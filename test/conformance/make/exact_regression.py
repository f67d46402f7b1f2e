"""Least squares in rational arithmetic: the exact answer for the doubles a program is given."""
from fractions import Fraction as F

from mpmath import betainc, inf, log, mp, mpf, nan, pi, sqrt

mp.dps = 60


def real(q):
    return mpf(q.numerator) / mpf(q.denominator)


def solve(matrix, rights):
    """Gauss-Jordan on fractions; several right-hand sides at once."""
    n = len(matrix)
    rows = [list(matrix[i]) + list(rights[i]) for i in range(n)]
    for k in range(n):
        pivot = next(i for i in range(k, n) if rows[i][k] != 0)
        rows[k], rows[pivot] = rows[pivot], rows[k]
        head = rows[k][k]
        rows[k] = [v / head for v in rows[k]]
        for i in range(n):
            if i != k and rows[i][k] != 0:
                factor = rows[i][k]
                rows[i] = [a - factor * b for a, b in zip(rows[i], rows[k])]
    return [row[n:] for row in rows]


def t_two_sided(t, df):
    if t is nan or t != t:
        return nan
    return mpf(0) if abs(t) == inf else betainc(mpf(df) / 2, mpf(1) / 2, 0, df / (df + t * t), regularized=True)


def f_survival(f, d1, d2):
    if f is nan or f != f:
        return nan
    return mpf(0) if f == inf else betainc(mpf(d2) / 2, mpf(d1) / 2, 0, d2 / (d2 + d1 * f), regularized=True)


def over(a, b):
    return a / b if b != 0 else nan if a == 0 else inf if a > 0 else -inf


def fit(columns, y, intercept=True):
    """Everything `leastSquares` reports, as mpmath numbers, from exact sums of the given numbers."""
    n = len(y)
    y = [F(v) for v in y]
    design = ([[F(1)] * n] if intercept else []) + [[F(v) for v in c] for c in columns]
    p = len(design)
    gram = [[sum(a * b for a, b in zip(u, v)) for v in design] for u in design]
    moments = [sum(a * b for a, b in zip(u, y)) for u in design]
    solved = solve(gram, [[moments[i]] + [F(int(i == j)) for j in range(p)] for i in range(p)])
    beta = [row[0] for row in solved]
    spread = [solved[i][1 + i] for i in range(p)]
    residuals = [y[i] - sum(b * c[i] for b, c in zip(beta, design)) for i in range(n)]
    ssr = sum(e * e for e in residuals)
    mean = sum(y) / n if intercept else F(0)
    tss = sum((v - mean) ** 2 for v in y)
    df, model = n - p, p - int(intercept)
    variance = real(ssr / df) if df else nan
    errors = [sqrt(variance * real(s)) if df else nan for s in spread]
    t_values = [over(real(b), e) if df else nan for b, e in zip(beta, errors)]
    f_statistic = (over(real(tss - ssr) / model, variance) if df and model else nan)
    likelihood = -mpf(n) / 2 * (log(2 * pi) + log(real(ssr) / n) + 1) if ssr else inf
    r_squared = real(1 - ssr / tss) if tss else nan
    return {
        'coefficients': [real(b) for b in beta],
        'errors': errors,
        'tValues': t_values,
        'pValues': [t_two_sided(t, df) if df else nan for t in t_values],
        'rSquared': r_squared,
        'adjustedRSquared': 1 - mpf(n - int(intercept)) / df * (1 - r_squared) if df else nan,
        'residualDeviation': sqrt(variance) if df else nan,
        'residualSumOfSquares': real(ssr),
        'fStatistic': f_statistic,
        'fPValue': f_survival(f_statistic, model, df) if df and model else nan,
        'logLikelihood': likelihood,
        'aic': -2 * likelihood + 2 * p,
        'bic': -2 * likelihood + p * log(n),
        'durbinWatson': real(sum((a - b) ** 2 for a, b in zip(residuals[1:], residuals)) / ssr) if ssr else nan,
        'observations': n,
        'residuals': [real(e) for e in residuals],
    }


def packed(value):
    """As our answer files keep it: doubles, with NaN and infinities as words."""
    if isinstance(value, (list, tuple)):
        return [packed(v) for v in value]
    if isinstance(value, dict):
        return {k: packed(v) for k, v in value.items()}
    if isinstance(value, (int, str, bool)):
        return value
    try:
        x = float(value)
    except OverflowError:
        x = float('inf') if value > 0 else -float('inf')
    return 'NaN' if x != x else 'Infinity' if x == float('inf') else '-Infinity' if x == -float('inf') else x
