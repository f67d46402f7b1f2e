"""Sizes from scipy's maximisers and mpmath: python sizing.py writes answers/sizing.json."""

import json
from fractions import Fraction
from pathlib import Path

import mpmath
import numpy as np
import scipy
from scipy import optimize

mpmath.mp.dps = 50
random = np.random.default_rng(20)
rows = []


def row(name, what, given, expected, tolerance):
    rows.append({"name": name, "input": {"what": what, **given}, "expected": expected, "tolerance": tolerance})


def covariance_of(n, factors, own):
    loadings = random.uniform(-0.3, 0.6, (n, factors))
    return loadings @ loadings.T + np.diag(random.uniform(own / 2, own, n) ** 2)


def parity(covariance, budgets):
    """The root of x_i (Cx)_i = b_i at 50 digits, started from scipy's minimum of the same convex function."""
    n = len(covariance)
    c = mpmath.matrix(covariance.tolist())
    found = optimize.minimize(
        lambda y: 0.5 * np.exp(y) @ covariance @ np.exp(y) - budgets @ y,
        -0.5 * np.log(np.diag(covariance)) + 0.5 * np.log(budgets),
        jac=lambda y: np.exp(y) * (covariance @ np.exp(y)) - budgets,
        method="BFGS",
        options={"gtol": 1e-10},
    )
    b = [mpmath.mpf(float(x)) for x in budgets]
    x = mpmath.findroot(
        lambda *x: [x[i] * sum(c[i, j] * x[j] for j in range(n)) - b[i] for i in range(n)],
        [mpmath.exp(float(y)) for y in found.x],
    )
    total = sum(x)
    return [float(w / total) for w in x]


SHAPES = [(2, 1, 0.2), (3, 1, 0.3), (3, 2, 0.1), (4, 2, 0.4), (5, 3, 0.2), (6, 2, 0.05), (8, 3, 0.3), (10, 2, 0.5)]
for n, factors, own in SHAPES:
    covariance = covariance_of(n, factors, own)
    even = np.full(n, 1 / n)
    row(f"risk parity of {n}", "riskParity", {"covariance": covariance.tolist()}, parity(covariance, even), 1e-12)
    budgets = random.uniform(0.5, 3, n)
    given = {"covariance": covariance.tolist(), "budgets": budgets.tolist()}
    row(f"risk budgets of {n}", "riskParity", given, parity(covariance, budgets / budgets.sum()), 1e-12)

    c = mpmath.matrix(covariance.tolist())
    w = mpmath.lu_solve(c, mpmath.ones(n, 1))
    expected = [float(x / sum(w)) for x in w]
    row(f"minimum variance of {n}", "minimumVariance", {"covariance": covariance.tolist()}, expected, 1e-10)

    # Which assets the best long-only mix holds, by trying every set; then exactly.
    best = None
    for held in range(1, 2**n):
        at = [i for i in range(n) if held >> i & 1]
        w = np.linalg.solve(covariance[np.ix_(at, at)], np.ones(len(at)))
        if (w > 0).all() and (best is None or 1 / w.sum() < best[0]):
            best = (1 / w.sum(), at)
    at = best[1]
    part = mpmath.matrix(len(at), len(at))
    for i, a in enumerate(at):
        for j, b in enumerate(at):
            part[i, j] = c[a, b]
    w = mpmath.lu_solve(part, mpmath.ones(len(at), 1))
    expected = [0.0] * n
    for i, a in enumerate(at):
        expected[a] = float(w[i] / sum(w))
    row(f"long-only minimum variance of {n}", "longOnly", {"covariance": covariance.tolist()}, expected, 1e-10)

    drifts = random.uniform(-0.05, 0.15, n)
    excess = mpmath.matrix([mpmath.mpf(float(d)) - mpmath.mpf(0.02) for d in drifts])
    expected = [float(x) for x in mpmath.lu_solve(c, excess)]
    given = {"covariance": covariance.tolist(), "drifts": drifts.tolist(), "riskFreeRate": 0.02}
    row(f"Kelly of {n}", "kelly", given, expected, 1e-10)

for p, win, loss in [(0.53, 1, 1), (0.4, 2, 1), (0.6, 0.8, 0.5), (0.9, 0.2, 1), (0.505, 1, 1), (0.3, 5, 1)]:
    p_, w_, l_ = Fraction(p), Fraction(win), Fraction(loss)
    exact = float(p_ / l_ - (1 - p_) / w_)
    found = optimize.minimize_scalar(
        lambda f: -(p * np.log1p(f * win) + (1 - p) * np.log1p(-f * loss)),
        bounds=(0, 0.999999 / loss),
        method="bounded",
        options={"xatol": 1e-12},
    )
    assert abs(found.x - exact) < 1e-5, (found.x, exact)
    row(f"a bet won {p} of the time, {win} to {loss}", "bet", {"probability": p, "win": win, "loss": loss}, [exact], 1e-13)

# Thorp (2006), section 7: m = 0.11, s = 0.15, r = 0.06 gives f* = 2.22 times the capital.
row("Thorp (2006), section 7", "asset", {"drift": 0.11, "volatility": 0.15, "riskFreeRate": 0.06}, [float((Fraction(0.11) - Fraction(0.06)) / Fraction(0.15) ** 2)], 1e-14)

target = Path(__file__).parent.parent / "answers" / "sizing.json"
target.write_text(
    json.dumps(
        {
            "about": "Risk parity, minimum variance and Kelly sizes.",
            "source": f"mpmath {mpmath.__version__} at 50 digits, started and checked by scipy {scipy.__version__}; Thorp (2006)",
            "made": "test/conformance/make/sizing.py",
            "rows": rows,
        },
        indent=1,
    )
    + "\n"
)
print(len(rows))
