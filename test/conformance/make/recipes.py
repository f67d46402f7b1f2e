"""Series that Python and TypeScript make alike, bit for bit: 32-bit integers and the four operations on doubles."""

from math import floor

RECIPE = (
    "noise: s starts at the seed; s = (1664525 s + 1013904223) mod 2^32 four times, each adding floor(s / 65536); "
    "the sum of the four less 131072, over 32768. Kinds are plain arithmetic on that noise, see test/support/recipes.ts."
)


def noises(seed):
    state = seed
    while True:
        total = 0
        for _ in range(4):
            state = (state * 1664525 + 1013904223) % 2**32
            total += state >> 16
        yield (total - 131072) / 32768


def walk(x, e, t):
    return x + e


def near_unit_root(x, e, t):
    return 0.984375 * x + e


def white_noise(x, e, t):
    return e


def reverting(x, e, t):
    return 0.5 * x + e


def illiquid(x, e, t):
    return x + e if t % 7 == 3 else x


# kind: (the step of a first state, what is shown of it)
KINDS = {
    "walk": (walk, lambda x, t: x),
    "near-unit-root": (near_unit_root, lambda x, t: x),
    "white-noise": (white_noise, lambda x, t: x),
    "trend-stationary": (reverting, lambda x, t: x + 0.05 * t),
    "parabola": (reverting, lambda x, t: x + 0.001 * t * t),
    "grid": (walk, lambda x, t: floor(100 * (60 + 0.125 * x) + 0.5) / 100),
    "offset-walk": (walk, lambda x, t: 1e9 + x),
    "offset-noise": (white_noise, lambda x, t: 1e9 + x),
    "smooth": (walk, lambda x, t: x),
    "smoother": (walk, lambda x, t: x),
    "outliers": (walk, lambda x, t: x + 1000 if t % 97 == 13 else x),
    "last-outlier": (near_unit_root, lambda x, t: x),
    "drift": (walk, lambda x, t: 1000 * t + x),
    "illiquid": (illiquid, lambda x, t: 20 + x),
    "tiny": (near_unit_root, lambda x, t: x * 1e-150),
}


def series_of(kind, seed, length):
    step, show = KINDS[kind]
    noise = noises(seed)
    out = []
    x = 0.0
    for t in range(length):
        x = step(x, next(noise), t)
        out.append(float(show(x, t)))
    # Leaky sums of a walk's steps, one after the other: ever smoother.
    for _ in range({"smooth": 2, "smoother": 4}.get(kind, 0)):
        total = 0.0
        for t in range(length):
            total = 0.9375 * total + out[t]
            out[t] = total
    if kind == "last-outlier":
        out[-1] += 1e6
    return out
