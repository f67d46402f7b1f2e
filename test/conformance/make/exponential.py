"""Exponentially weighted statistics by their definition, weight by weight, at 80 digits. pandas is asked beside."""

import json
import warnings
from pathlib import Path

import mpmath
import numpy as np
import pandas as pd
from mpmath import mp, mpf

from recipes import RECIPE, series_of
from rolling_flaws import FLAWS, flawed

mp.dps = 80
warnings.simplefilter("ignore")


def alpha_of(forgetting):
    (name, value), = forgetting.items()
    if name == "span":
        return mpf(2) / (mpf(value) + 1)
    return 1 - mpf(2) ** (-1 / mpf(value)) if name == "halfLife" else mpf(value)


def weights_of(known, end, alpha, adjust):
    """The weight of every observation up to `end`; those that are missing have none, and the others fade meanwhile."""
    if adjust:
        return [(1 - alpha) ** (end - t) if known[t] else mpf(0) for t in range(end + 1)]
    weights = []
    for t in range(end + 1):
        weights = [w * (1 - alpha) for w in weights]
        first = not any(known[:t])
        weights.append((mpf(1) if first else alpha) if known[t] else mpf(0))
        # The recursion starts anew from the mean at every observation.
        if known[t]:
            total = sum(weights)
            weights = [w / total for w in weights]
    return weights


def statistic(name, y, x, known, end, alpha, adjust, bias):
    kept = [t for t in range(end + 1) if known[t]]
    if not kept:
        return None
    # A reading stays until the next observation.
    end = kept[-1]
    weights = weights_of(known, end, alpha, adjust)
    total = sum(weights)
    mean_y = sum(weights[t] * y[t] for t in kept) / total
    if name == "mean":
        return mean_y
    mean_x = sum(weights[t] * x[t] for t in kept) / total

    def joint(a, mean_a, b, mean_b):
        return sum(weights[t] * (a[t] - mean_a) * (b[t] - mean_b) for t in kept) / total

    if name == "correlation":
        yy, xx = joint(y, mean_y, y, mean_y), joint(x, mean_x, x, mean_x)
        return None if yy == 0 or xx == 0 else joint(y, mean_y, x, mean_x) / mpmath.sqrt(yy * xx)
    if len(kept) < 2 and not bias:
        return None
    squares = sum(w * w for w in weights)
    value = joint(y, mean_y, x, mean_x) * (1 if bias else total * total / (total * total - squares))
    return mpmath.sqrt(value) if name == "standardDeviation" else value


def of_pandas(name, y, x, options):
    forgetting = {{"halfLife": "halflife"}.get(k, k): v for k, v in options["forgetting"].items()}
    window = y.ewm(**forgetting, adjust=options["adjust"])
    if name == "mean":
        return window.mean()
    if name == "variance":
        return window.var(bias=options["bias"])
    if name == "standardDeviation":
        return window.std(bias=options["bias"])
    return window.cov(x, bias=options["bias"]) if name == "covariance" else window.corr(x)


def row(name, kind, flaw, options, seed, length):
    alpha = alpha_of(options["forgetting"])
    raw = flawed(series_of(kind, seed, length), flaw)
    other = series_of("walk", seed + 1000, length)
    known = [value is not None for value in raw]
    y = [mpf(value) if value is not None else mpf(0) for value in raw]
    two = name in ["covariance", "correlation"]
    x = [mpf(value) for value in other] if two else y
    theirs = of_pandas(name, pd.Series([np.nan if v is None else v for v in raw]), pd.Series(other), options).to_numpy()
    expected = {}
    worst = 0.0
    weakest = 1.0
    for end in [0, 1, 2, 3, 10, 20, 40, 46, 48, 61, 75, 94, length - 1]:
        value = statistic(name, y, x, known, end, alpha, options["adjust"], options["bias"])
        expected[str(end)] = "NaN" if value is None else float(value)
        if value is None:
            continue
        if two and name == "covariance":
            together = statistic("correlation", y, x, known, end, alpha, options["adjust"], True)
            weakest = min(weakest, abs(float(together)) if together else 1.0)
        elif two:
            weakest = min(weakest, abs(float(value)))
        if float(value) != 0:
            off = abs(theirs[end] / float(value) - 1)
            worst = max(worst, float("inf") if np.isnan(off) else off)
    given = ", ".join(f"{k} {v}" for k, v in options["forgetting"].items())
    rest = f"{'' if options['adjust'] else ', recursive'}{', biased' if options['bias'] else ''}"
    return {
        "name": f"{name}, {kind}, {flaw}, {given}{rest}",
        "input": {"of": name, "kind": kind, "seed": seed, "length": length, "flaw": flaw, "options": options},
        "expected": expected,
        "tolerance": (1e-14 if name == "mean" else 1e-13) / weakest,
        "note": f"pandas is off by {worst:.1e}",
    }


def options(forgetting, adjust=True, bias=False):
    return {"forgetting": forgetting, "adjust": adjust, "bias": bias}


rows = []
seed = 3900
for name in ["mean", "variance", "standardDeviation", "covariance", "correlation"]:
    for kind, flaw, chosen in [
        ("walk", "none", options({"alpha": 0.1})),
        ("walk", "missing", options({"span": 20})),
        ("offset-noise", "none", options({"halfLife": 10})),
        ("walk", "missing", options({"alpha": 0.3}, adjust=False)),
        ("grid", "halt", options({"span": 9}, adjust=False)),
        ("white-noise", "spike", options({"halfLife": 2})),
        ("offset-walk", "missing", options({"halfLife": 5.5}, adjust=False)),
        ("illiquid", "none", options({"span": 60})),
        ("walk", "spike", options({"alpha": 0.9})),
        ("walk", "missing", options({"alpha": 0.05}, bias=True)),
        ("white-noise", "none", options({"span": 30}, adjust=False, bias=True)),
    ]:
        seed += 1
        if name in ["mean", "correlation"] and chosen["bias"]:
            continue
        rows.append(row(name, kind, flaw, chosen, seed, 120))

out = {
    "about": "exponentially weighted mean, variance, deviation, covariance and correlation at some indices",
    "source": f"the definition weight by weight, mpmath {mpmath.__version__} at 80 digits; beside it pandas {pd.__version__}",
    "made": "test/conformance/make/exponential.py",
    "recipe": RECIPE + " y has the seed given, x is a walk of that seed + 1000. " + FLAWS,
    "rows": "ROWS",
}
text = json.dumps(out, indent=1).replace('"ROWS"', "[\n" + ",\n".join(json.dumps(r) for r in rows) + "\n]")
(Path(__file__).parent.parent / "answers" / "exponential.json").write_text(text + "\n")
for r in rows:
    print(r["name"], r["note"])
