"""Coefficients of src/pricing/normal-volatility.ts: rational fits by Remez exchange at 40 digits."""
from mills_ratio import remez, show
from mpmath import erfc, exp, findroot, log, mp, mpf, pi, sqrt


def excess(a):
    """What an option a deviations out of the money is worth, over its distance from the strike: φ(a)/a − Φ(−a)."""
    return exp(-a * a / 2) / sqrt(2 * pi) / a - erfc(a / sqrt(2)) / 2


def deviations(y):
    """The a whose excess is y."""
    low, high = mpf("1e-6"), mpf(60)
    guess = 1 / (sqrt(2 * pi) * (y + mpf("0.5"))) if y > mpf("0.05") else sqrt(-2 * log(y)) * mpf("0.9")
    for _ in range(100):  # Newton's step on the logarithm, kept between bounds
        value = excess(guess)
        if value > y:
            low = guess
        else:
            high = guess
        slope = -exp(-guess * guess / 2) / sqrt(2 * pi) / guess**2
        step = log(value / y) * value / slope
        new = guess - step
        if not low < new < high:
            new = (low + high) / 2
        if abs(new - guess) < mpf(10) ** -35 * guess:
            return new
        guess = new
    return guess


def near(rho):
    """Deviation over √(2π) · price, as a function of distance over price."""
    return 1 / (sqrt(2 * pi) * deviations(1 / rho)) * rho if rho else mpf(1)


def far(w):
    """Deviations out of the money, as a function of √(−2 ln y)."""
    return deviations(exp(-w * w / 2))


if __name__ == "__main__":
    import sys
    if len(sys.argv)>1: mp.dps = 40
    show("near, [0, 6]", remez(near, mpf(0), mpf(6), 5, 5, mpf(2)))
    show("far, [1.89, 39]", remez(far, mpf("1.89"), mpf(39), 6, 5, mpf(6)))
