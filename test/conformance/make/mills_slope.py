"""Coefficients of src/math/mills-slope.ts: a minimax rational fit by Remez exchange at 60 digits."""
from mills_ratio import remez, scaled_survival, show
from mpmath import mpf, pi, sqrt


def slope(x):
    """1 − x R(x), the Mills ratio's slope without its sign."""
    return 1 - x * sqrt(2 * pi) * scaled_survival(x)


if __name__ == "__main__":
    show("slope on [0, 12]", remez(slope, mpf(0), mpf(12), 8, 10, mpf(3)))
