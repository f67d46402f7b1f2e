"""Coefficients of src/math/mills-ratio.ts and src/math/erf.ts: minimax rational fits by Remez exchange at 60 digits."""
from mpmath import mp, mpf, matrix, lu_solve, erf, erfc, exp, sqrt, pi, polyval, cos, nstr

mp.dps = 60


def scaled_survival(x):
    """exp(x²/2) (1 − Φ(x)): the Mills ratio over √(2π)."""
    return exp(x * x / 2) * erfc(x / sqrt(2)) / 2


def erf_ratio(y):
    """erf(x) / x as a function of y = x²."""
    x = sqrt(y)
    return erf(x) / x if y else 2 / sqrt(pi)


def remez(f, low, high, top, bottom, centre, rounds=25):
    """P/Q of degrees top/bottom nearest to f in relative error; nodes are denser where x < centre."""
    unknowns = top + bottom + 1

    def place(t):  # [-1, 1] to [low, high], half of it below `centre`
        u = (1 + t) / 2
        return low + (high - low) * u * centre / (centre + (high - low - centre) * (1 - u)) if centre else low + (high - low) * u

    grid = [place(-cos(pi * i / 3000)) for i in range(3001)]
    values = [f(x) for x in grid]

    def solve(rows, levelled, q, error):
        a, b = matrix(len(rows)), matrix(len(rows), 1)
        for row, pick in enumerate(rows):
            x, y, sign = grid[pick], values[pick], (-1) ** row
            for k in range(top + 1):
                a[row, k] = x**k
            for k in range(1, bottom + 1):
                a[row, top + k] = -y * (1 + sign * error) * x**k
            b[row] = y
            if levelled:  # Newton's step for P = y Q (1 ± error), which is bilinear in Q and error
                slope = sign * y * polyval(q[::-1], x)
                a[row, unknowns] = -slope
                b[row] += error * (sign * y - slope)
        solved = lu_solve(a, b)
        p, q = [solved[k] for k in range(top + 1)], [mpf(1)] + [solved[top + k] for k in range(1, bottom + 1)]
        return p, q, solved[unknowns] if levelled else mpf(0)

    # Start by interpolation at Chebyshev points, which has the sign changes an exchange needs.
    error = mpf(0)
    p, q, _ = solve([round(3000 * (2 * i + 1) / (2 * unknowns)) for i in range(unknowns)], False, None, error)
    for _ in range(rounds):
        misses = [polyval(p[::-1], x) / polyval(q[::-1], x) / y - 1 for x, y in zip(grid, values)]
        picks, start = [], 0  # one extremum for each run of one sign
        for i in range(1, len(grid) + 1):
            if i == len(grid) or (misses[i] > 0) != (misses[start] > 0):
                picks.append(max(range(start, i), key=lambda j: abs(misses[j])))
                start = i
        while len(picks) > unknowns + 1:
            picks.pop(0 if abs(misses[picks[0]]) < abs(misses[picks[-1]]) else -1)
        sizes = [abs(misses[i]) for i in picks]
        if len(picks) < unknowns + 1 or max(sizes) < min(sizes) * mpf("1.01"):
            break
        for _ in range(4):
            p, q, error = solve(picks, True, q, error)
    return p, q, max(abs(e) for e in misses)


def show(name, fit):
    p, q, miss = fit
    print(f"{name}: relative error {nstr(miss, 3)}")
    print("  P", [float(c) for c in p])
    print("  Q", [float(c) for c in q])


if __name__ == "__main__":
    show("scaled survival on [0, 12]", remez(scaled_survival, mpf(0), mpf(12), 8, 9, mpf(3)))
    show("erf(x) / x, y = x² on [0, 0.5625]", remez(erf_ratio, mpf(0), mpf("0.5625"), 4, 4, None))
    for n in (4, 5, 6, 7):  # beyond 12: the n-th even convergent of 1/(x + 1/(x + 2/(x + ...)))
        x = mpf(12)
        tail = x
        for k in range(2 * n - 1, 0, -1):
            tail = x + k / tail
        print(n, nstr(1 / tail / sqrt(2 * pi) / scaled_survival(x) - 1, 3))
