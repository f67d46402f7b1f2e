"""Risk by numpy, scipy, statsmodels, arch and scikit-learn: python risk.py writes answers/risk.json."""

import json
import warnings
from pathlib import Path

import arch
import numpy as np
import scipy
import sklearn
import statsmodels
from arch import arch_model
from arch.univariate import ConstantMean, EWMAVariance, ZeroMean
from scipy import integrate, optimize, stats
from sklearn.covariance import LedoitWolf
from sklearn.metrics import mean_pinball_loss

from recipes import RECIPE, series_of

warnings.simplefilter("ignore")
ROWS = []


def plain(value):
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(v) for v in value]
    value = float(value)
    return value if np.isfinite(value) else {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}[str(value)]


def row(kind, name, inputs, expected, tolerance):
    ROWS.append({"name": f"{kind}: {name}", "kind": kind, "input": inputs, "expected": plain(expected), "tolerance": tolerance})


def recipe(kind, seed, length, scale=0.01, shift=0.0):
    """Noise as a return: plain arithmetic on both sides."""
    return {"series": kind, "seed": seed, "length": length, "scale": scale, "shift": shift}


def returns_of(r):
    noise = np.array(series_of(r["series"], r["seed"], r["length"]))
    if "grid" in r:
        noise = np.floor(noise * r["grid"]) / r["grid"]
    return noise * r["scale"] + r["shift"]


def waves(r):
    """Returns in waves: noise through a GARCH recursion."""
    z = returns_of({**r, "scale": 1.0, "shift": 0.0})
    h, out = 1.0, []
    for e in z:
        x = np.sqrt(h) * e
        out.append(0.02 + x)
        h = 0.05 + 0.125 * x * x + 0.8125 * h
    return np.array(out)


# Tails -----------------------------------------------------------------------------------------------------------------
def historical(x, p, definition):
    q = np.quantile(x, p)
    s = np.sort(x)
    if definition == "tail-mean":
        es = s[s <= q].mean()
    else:
        m = len(x) * p
        m = round(m) if abs(m - round(m)) < 1e-9 else m
        k = int(np.floor(m))
        es = (s[:k].sum() + (m - k) * (s[k] if m > k else 0)) / m if m > 1 else s[0]
    return {"valueAtRisk": -q, "expectedShortfall": -es}


def parametric(x, p, law):
    mu, sd = x.mean(), x.std(ddof=1)
    q = law.ppf(p)
    es = integrate.quad(lambda v: v * law.pdf(v), -np.inf, q, epsabs=0, epsrel=1e-12, limit=500)[0] / p
    return {"valueAtRisk": -(mu + sd * q), "expectedShortfall": -(mu + sd * es)}


TAILS = [0.05, 0.01, 0.025]
for i, (n, p) in enumerate([(21, 0.05), (100, 0.05), (101, 0.05), (101, 0.01), (250, 0.01), (1000, 0.025), (60000, 0.01), (60000, 0.05), (997, 0.1)]):
    for definition in ("tail-mean", "acerbi"):
        r = recipe("white-noise", 40 + i, n, shift=0.0005)
        row("tail", f"historical {definition}, {n} at {p}", {"returns": r, "options": {"confidence": 1 - p if p != 0.1 else 0.9, "definition": definition}},
            historical(returns_of(r), p, definition), 1e-12)
# Returns on a coarse grid: many tie with the quantile.
for i, (n, p, grid) in enumerate([(6, 0.2, 1), (40, 0.05, 2), (101, 0.05, 1), (250, 0.01, 2), (1000, 0.025, 4), (997, 0.1, 1), (60000, 0.01, 2), (60000, 0.05, 8)]):
    for definition in ("tail-mean", "acerbi"):
        r = {**recipe("white-noise", 80 + i, n, shift=0.0005), "grid": grid}
        row("tail", f"historical {definition}, {n} at {p} with ties", {"returns": r, "options": {"confidence": {0.1: 0.9, 0.2: 0.8}.get(p, 1 - p), "definition": definition}},
            historical(returns_of(r), p, definition), 1e-12)
for i, p in enumerate(TAILS):
    r = recipe("white-noise", 60 + i, 300 + i, shift=-0.001)
    x = returns_of(r)
    confidence = {0.05: 0.95, 0.01: 0.99, 0.025: 0.975}[p]
    row("tail", f"normal at {p}", {"returns": r, "options": {"confidence": confidence, "method": "normal"}}, parametric(x, p, stats.norm), 1e-10)
    for df in (2.5, 4, 7.5, 30):
        law = stats.t(df, scale=np.sqrt((df - 2) / df))
        row("tail", f"student-t {df} at {p}", {"returns": r, "options": {"confidence": confidence, "method": "student-t", "degreesOfFreedom": df}},
            parametric(x, p, law), 1e-9)
    s, k = stats.skew(x), stats.kurtosis(x)

    def bent(z, s=s, k=k):
        return z + (z * z - 1) * s / 6 + (z**3 - 3 * z) * k / 24 - (2 * z**3 - 5 * z) * s * s / 36

    z = stats.norm.ppf(p)
    es = integrate.quad(lambda v: bent(v) * stats.norm.pdf(v), -np.inf, z, epsabs=0, epsrel=1e-12)[0] / p
    row("tail", f"cornish-fisher at {p}", {"returns": r, "options": {"confidence": confidence, "method": "cornish-fisher"}},
        {"valueAtRisk": -(x.mean() + x.std() * bent(z)), "expectedShortfall": -(x.mean() + x.std() * es)}, 1e-10)
    # numpy's weighted quantile; weights of Boudoukh, Richardson & Whitelaw.
    for decay in (0.99, 0.97):
        w = decay ** np.arange(len(x))[::-1]
        q = np.quantile(x, p, weights=w, method="inverted_cdf")
        inside = x <= q
        row("tail", f"weighted historical {decay} at {p}", {"returns": r, "options": {"confidence": confidence, "method": "weighted-historical", "decay": decay}},
            {"valueAtRisk": -q, "expectedShortfall": -np.average(x[inside], weights=w[inside])}, 1e-11)
    v = x[0] ** 2
    for e in x[1:]:
        v = 0.94 * v + 0.06 * e * e
    row("tail", f"ewma at {p}", {"returns": r, "options": {"confidence": confidence, "method": "ewma"}},
        {"valueAtRisk": -np.sqrt(v) * z, "expectedShortfall": np.sqrt(v) * stats.norm.pdf(z) / p}, 1e-11)
    h10 = parametric(x, p, stats.norm)
    row("tail", f"normal at {p} over 10", {"returns": r, "options": {"confidence": confidence, "method": "normal", "horizon": 10}},
        {key: value * np.sqrt(10) for key, value in h10.items()}, 1e-10)
    mu, sd = x.mean(), x.std(ddof=1)
    row("tail", f"normal at {p} over 10, independent", {"returns": r, "options": {"confidence": confidence, "method": "normal", "horizon": 10, "scaling": "independent"}},
        {"valueAtRisk": -(10 * mu + np.sqrt(10) * sd * z), "expectedShortfall": -(10 * mu - np.sqrt(10) * sd * stats.norm.pdf(z) / p)}, 1e-10)

# Fitted degrees of freedom: the same likelihood by scipy.
for i in range(4):
    r = {**recipe("white-noise", 80 + i, 1500), "waves": True}
    x = waves(r)
    z = (x - x.mean()) / x.std(ddof=1)

    def minus(u, z=z):
        df = 1 / u
        return -np.sum(stats.t.logpdf(z, df, scale=np.sqrt((df - 2) / df)))

    best = optimize.minimize_scalar(minus, bounds=(1e-4, 0.49), method="bounded", options={"xatol": 1e-12})
    row("df", f"waves {i}", {"returns": r}, {"degreesOfFreedom": 1 / best.x}, 1e-5)

# Volatility ------------------------------------------------------------------------------------------------------------
for i, decay in enumerate((0.94, 0.97, 0.9)):
    r = recipe("white-noise", 90 + i, 400, scale=1.0)
    x = returns_of(r)
    start = float(np.mean(x**2))
    model = ZeroMean(x, volatility=EWMAVariance(decay))
    # arch's EWMAVariance from a backcast, and one step on.
    variances = np.empty(len(x))
    EWMAVariance(decay).compute_variance(np.array([]), x, variances, start, np.tile([1e-30, 1e30], (len(x), 1)))
    after = decay * variances[-1] + (1 - decay) * x[-1] ** 2
    row("ewma", f"arch, decay {decay}", {"returns": r, "decay": decay, "initialVariance": start},
        {"last": np.sqrt(after), "middle": np.sqrt(variances[200])}, 1e-12)

for i in range(6):
    n = (600, 1000, 1500, 2000, 2500, 3000)[i]
    r = {**recipe("white-noise", 100 + i, n), "waves": True}
    x = waves(r)
    backcast = float(np.mean((x - x.mean()) ** 2))
    mean = "Zero" if i == 5 else "Constant"
    model = arch_model(x, mean=mean, vol="GARCH", p=1, q=1, rescale=False)
    robust = model.fit(disp="off", backcast=backcast, options={"ftol": 1e-15, "maxiter": 1000}, tol=1e-15)
    classic = model.fit(disp="off", backcast=backcast, cov_type="classic", starting_values=robust.params, options={"ftol": 1e-15}, tol=1e-15)
    names = (["mean"] if i != 5 else []) + ["omega", "alpha", "beta"]
    expected = {name: robust.params.iloc[k] for k, name in enumerate(names)}
    row("garch", f"arch, {n} returns, {mean.lower()} mean", {"returns": r, "backcast": backcast, "mean": mean.lower()},
        {**expected, "logLikelihood": robust.loglikelihood,
         "next": float(np.sqrt(robust.forecast(horizon=1).variance.iloc[-1, 0])),
         "errors": {name: classic.std_err.iloc[k] for k, name in enumerate(names)},
         # arch takes the scores' covariance with n − 1; Bollerslev and Wooldridge, and the published benchmark, with n.
         "robust": {name: robust.std_err.iloc[k] * np.sqrt((n - 1) / n) for k, name in enumerate(names)}}, 5e-5)
    # Far closer where the parameters are given.
    fixed = {"mean": 0.02 if i != 5 else 0.0, "omega": 0.05, "alpha": 0.125, "beta": 0.8125}
    at = [fixed[name] for name in names]
    given = model.fix(at)
    sigma = np.asarray(given.conditional_volatility)
    row("filter", f"arch, {n} returns", {"returns": r, **fixed, "initialVariance": float(sigma[0] ** 2)}, {"last": sigma[-1], "middle": sigma[n // 2]}, 1e-12)

    # To 5e-5: our backcast is about the fitted mean, arch's here about the sample's; and its search ends a little sooner.
    # Value at risk from the same fit: its next volatility, and its standardised residuals.
    if i < 4:
        mu, following = robust.params.iloc[0], float(np.sqrt(robust.forecast(horizon=1).variance.iloc[-1, 0]))
        for p in (0.01, 0.05):
            z = stats.norm.ppf(p)
            confidence = {0.01: 0.99, 0.05: 0.95}[p]
            row("tail", f"garch at {p}, {n} returns", {"returns": r, "options": {"confidence": confidence, "method": "garch"}},
                {"valueAtRisk": -(mu + following * z), "expectedShortfall": -(mu - following * stats.norm.pdf(z) / p)}, 5e-5)
            residuals = np.asarray(robust.std_resid)
            q = np.quantile(residuals, p)
            row("tail", f"filtered at {p}, {n} returns", {"returns": r, "options": {"confidence": confidence, "method": "filtered"}},
                {"valueAtRisk": -(mu + following * q), "expectedShortfall": -(mu + following * residuals[residuals <= q].mean())}, 5e-5)
            v, scaled = x[0] ** 2, []
            for e in x[1:]:
                scaled.append(e / np.sqrt(v))
                v = 0.94 * v + 0.06 * e * e
            scaled = np.array(scaled)
            q = np.quantile(scaled, p)
            row("tail", f"filtered by ewma at {p}, {n} returns", {"returns": r, "options": {"confidence": confidence, "method": "filtered", "filter": "ewma"}},
                {"valueAtRisk": -np.sqrt(v) * q, "expectedShortfall": -np.sqrt(v) * scaled[scaled <= q].mean()}, 1e-11)

# Bars: opens, highs, lows, closes from noise.
for i, n in enumerate((5, 30, 251)):
    e = np.array(series_of("white-noise", 120 + i, 4 * n)).reshape(n, 4)
    closes = 100 + np.cumsum(e[:, 0])
    opens = np.concatenate([[100.0], closes[:-1]]) + e[:, 1] / 4
    highs = np.maximum(opens, closes) + np.abs(e[:, 2])
    lows = np.minimum(opens, closes) - np.abs(e[:, 3])
    o, h, l, c = (np.log(v) for v in (opens, highs, lows, closes))
    rs = (h - c) * (h - o) + (l - c) * (l - o)
    m = n - 1
    k = 0.34 / (1.34 + (m + 1) / (m - 1))
    variances = {
        "parkinson": np.mean((h - l) ** 2) / (4 * np.log(2)),
        "garman-klass": np.mean(0.5 * (h - l) ** 2 - (2 * np.log(2) - 1) * (c - o) ** 2),
        "rogers-satchell": np.mean(rs),
        "yang-zhang": np.var(o[1:] - c[:-1], ddof=1) + k * np.var((c - o)[1:], ddof=1) + (1 - k) * np.mean(rs[1:]),
    }
    for method, variance in variances.items():
        row("range", f"{method}, {n} bars", {"seed": 120 + i, "bars": n, "method": method}, {"volatility": np.sqrt(variance)}, 1e-11)

# Matrices --------------------------------------------------------------------------------------------------------------
for i, (assets, n) in enumerate(((2, 10), (5, 8), (10, 250), (30, 60), (40, 20))):
    columns = [series_of("white-noise", 200 + 50 * i + j, n) for j in range(assets)]
    common = np.array(series_of("white-noise", 199 + 50 * i, n))
    X = np.array(columns).T + 0.5 * common[:, None]
    fit = LedoitWolf().fit(X)
    row("ledoit-wolf", f"{assets} assets, {n} days", {"assets": assets, "days": n, "seed": 200 + 50 * i},
        {"shrinkage": fit.shrinkage_, "first": fit.covariance_[0, 0], "second": fit.covariance_[0, 1], "last": fit.covariance_[-1, -1]}, 1e-11)


def nearest(A):
    """The dual problem of Qi & Sun (2006), solved by scipy instead of alternating projections."""
    def plus(M):
        w, v = np.linalg.eigh(M)
        return (v * np.maximum(w, 0)) @ v.T
    def dual(y):
        P = plus(A + np.diag(y))
        return 0.5 * np.sum(P * P) - y.sum(), np.diag(P) - 1
    y = optimize.minimize(dual, np.zeros(len(A)), jac=True, method="L-BFGS-B", options={"ftol": 1e-18, "gtol": 1e-13, "maxiter": 100000, "maxfun": 1000000, "maxcor": 30}).x
    y = optimize.root(lambda v: dual(v)[1], y, tol=1e-13).x
    return plus(A + np.diag(y))


BROKEN = [
    [[1, 1, 0], [1, 1, 1], [0, 1, 1]],
    [[1, 0.9, -0.5], [0.9, 1, 0.6], [-0.5, 0.6, 1]],
    [[1, -0.55, -0.15, -0.10], [-0.55, 1, 0.90, 0.90], [-0.15, 0.90, 1, 0.90], [-0.10, 0.90, 0.90, 1]],
    [[2, -1, 0, 0], [-1, 2, -1, 0], [0, -1, 2, -1], [0, 0, -1, 2]],
]
for i, A in enumerate(BROKEN):
    row("nearest", f"matrix {i}", {"matrix": A}, {"data": nearest(np.array(A, float)).ravel()}, 1e-8)

# Components: numerical derivatives of nothing; the closed form by numpy on matrices.
for i, df in enumerate((None, None, 5, 12)):
    L = np.tril(np.array(series_of("white-noise", 400 + i, 16)).reshape(4, 4)) * 0.02 + 0.02 * np.eye(4)
    C = L @ L.T
    C = (C + C.T) / 2
    w = np.array([100.0, -50.0, 200.0, 25.0 * i])
    mu = np.array([0.001, 0.002, -0.001, 0.0])
    p = 0.01
    law = stats.norm if df is None else stats.t(df, scale=np.sqrt((df - 2) / df))

    def var(v):
        return -(v @ mu) - law.ppf(p) * np.sqrt(v @ C @ v)

    marginal = -mu - law.ppf(p) * C @ w / np.sqrt(w @ C @ w)
    options = {"confidence": 0.99} if df is None else {"confidence": 0.99, "distribution": "student-t", "degreesOfFreedom": df}
    row("component", f"portfolio {i}", {"positions": w.tolist(), "covariance": C.tolist(), "means": mu.tolist(), "options": options},
        {"valueAtRisk": var(w), "marginal": marginal, "component": w * marginal,
         "incremental": [var(w) - var(np.where(np.arange(4) == j, 0, w)) for j in range(4)]}, 1e-10)

# Backtests -------------------------------------------------------------------------------------------------------------
def kupiec(n, x, p):
    promised = stats.binom.logpmf(x, n, p)
    found = stats.binom.logpmf(x, n, x / n)
    lr = max(2 * (found - promised), 0)
    return {"statistic": lr, "pValue": stats.chi2.sf(lr, 1)}


for n, x, c in ((250, 0, 0.99), (250, 1, 0.99), (250, 4, 0.99), (250, 9, 0.99), (255, 7, 0.95), (510, 11, 0.95), (1000, 51, 0.95), (1000, 60, 0.99), (20, 20, 0.9), (8063, 121, 0.99)):
    row("kupiec", f"{x} of {n} at {c}", {"observations": n, "exceedances": x, "confidence": c}, kupiec(n, x, round(1 - c, 10)), 1e-9)

for x in (0, 3, 4, 5, 6, 7, 9, 10, 14):
    row("traffic", f"{x} of 250", {"observations": 250, "exceedances": x, "confidence": 0.99}, {"cumulative": stats.binom.cdf(x, 250, 0.01)}, 1e-11)
row("traffic", "60 of 1000 at 0.95", {"observations": 1000, "exceedances": 60, "confidence": 0.95}, {"cumulative": stats.binom.cdf(60, 1000, 0.05)}, 1e-11)


def xlogy(n, p):
    return 0.0 if n == 0 else n * np.log(p)


for i, level in enumerate((0.5, 0.8, 1.0, 1.2, 1.5, 3.0)):
    noise = np.array(series_of("near-unit-root" if i % 2 else "white-noise", 500 + i, 500))
    hits = (noise < -level).astype(int)
    a, b = hits[:-1], hits[1:]
    n00, n01, n10, n11 = (int(np.sum((a == u) & (b == v))) for u, v in ((0, 0), (0, 1), (1, 0), (1, 1)))
    pi = (n01 + n11) / (len(hits) - 1)
    together = xlogy(n00 + n10, 1 - pi) + xlogy(n01 + n11, pi)
    p0 = n01 / (n00 + n01)
    p1 = n11 / (n10 + n11) if n10 + n11 else 0.0
    apart = xlogy(n00, 1 - p0) + xlogy(n01, p0) + xlogy(n10, 1 - p1) + xlogy(n11, p1)
    ind = max(2 * (apart - together), 0)
    pof = kupiec(500, int(hits.sum()), 0.05)["statistic"]
    row("christoffersen", f"noise below {-level}", {"series": "near-unit-root" if i % 2 else "white-noise", "seed": 500 + i, "level": level},
        {"statistic": pof + ind, "pValue": stats.chi2.sf(pof + ind, 2), "independence": ind, "coverage": pof,
         "transitions": [n00, n01, n10, n11]}, 1e-9)

for i, c in enumerate((0.9, 0.95, 0.99)):
    r = recipe("white-noise", 600 + i, 300)
    f = recipe("white-noise", 610 + i, 300, scale=0.001, shift=0.02)
    x, var = returns_of(r), returns_of(f)
    p = round(1 - c, 10)
    row("quantile-loss", f"scikit-learn at {c}", {"returns": r, "forecasts": f, "confidence": c},
        {"loss": mean_pinball_loss(x, -var, alpha=p)}, 1e-12)
    es = var * 1.25
    hits = x < -var
    row("acerbi-szekely", f"at {c}", {"returns": r, "forecasts": f, "confidence": c},
        {"z1": (x[hits] / es[hits]).mean() + 1, "z2": (x[hits] / es[hits]).sum() / (300 * p) + 1, "exceedances": int(hits.sum())}, 1e-11)

head = {
    "about": "Tails, volatility, covariances, components and backtests",
    "source": f"numpy {np.__version__}, scipy {scipy.__version__}, statsmodels {statsmodels.__version__}, arch {arch.__version__}, scikit-learn {sklearn.__version__}",
    "made": "test/conformance/make/risk.py",
    "recipe": RECIPE,
}
text = json.dumps(head, indent=1)[:-2] + ',\n "rows": [\n' + ",\n".join(json.dumps(r) for r in ROWS) + "\n ]\n}\n"
(Path(__file__).parent.parent / "answers" / "risk.json").write_text(text)
print(len(ROWS))
