"""MacKinnon's tables, and p-values and critical values read off them.

    python mackinnon.py            writes answers/mackinnon.json
    python mackinnon.py --table    prints src/stationarity/mackinnon-tables.ts

Sources: J. G. MacKinnon (1994), "Approximate asymptotic distribution functions for unit-root and cointegration
tests", Journal of Business & Economic Statistics 12, 167-176 (p-values); (2010), "Critical values for cointegration
tests", Queen's Economics Department Working Paper 1227, tables 1-4 (critical values). The numbers are read out of
statsmodels.tsa.adfvalues and then put right where it departs from the papers:

* five coefficients of table 2 (CORRECTIONS below; the other tables agree with the paper);
* tau-max of the quadratic trend with five series, 3.49 there. Every tau-min and tau-max is the turning point of its
  polynomial rounded to two decimals (checked below); this one turns at 1.772, and up to 3.49 the p-value would fall.
"""

import json
import sys
from pathlib import Path

import mpmath
import numpy as np
import statsmodels
from statsmodels.tsa import adfvalues as published

mpmath.mp.dps = 40

TRENDS = {"none": "n", "constant": "c", "linear": "ct", "quadratic": "ctt"}
LEVELS = ["onePercent", "fivePercent", "tenPercent"]

# (series, level, power): the paper's coefficient, table 2 (constant).
CORRECTIONS = {
    (2, 0, 2): -22.527,
    (3, 1, 1): -8.5631,
    (5, 1, 1): -14.0406,
    (7, 2, 2): -6.922,
    (7, 2, 3): 67.721,
}


def tidy(x):
    """A product such as 3.8269 * 0.01 as the decimal it stands for."""
    return float(f"{x:.10g}")


def surface(trend):
    table = np.array(published.tau_2010s[TRENDS[trend]], dtype=float)
    if trend == "constant":
        for (series, level, power), value in CORRECTIONS.items():
            table[series - 1, level, power] = value
    return table.tolist()


def probability(trend):
    key = TRENDS[trend]
    rows = []
    for series in range(6):
        small = [tidy(c) for c in published._tau_smallps[key][series]]
        large = [tidy(c) for c in published._tau_largeps[key][series]]
        star, least, most = (
            float(t[key][series]) for t in (published._tau_stars, published._tau_mins, published._tau_maxs)
        )
        if trend == "quadratic" and series == 4:
            most = 1.77
        assert abs(-small[1] / (2 * small[2]) - least) < 0.011
        turns = np.roots([3 * large[3], 2 * large[2], large[1]])
        assert (most == np.inf and abs(turns[0].imag) > 0) or abs(max(turns.real) - most) < 0.006
        rows.append({"least": least, "star": star, "most": most, "small": small, "large": large})
    return rows


def number(x):
    return "Infinity" if x == np.inf else repr(x)


def print_table():
    print("// Printed by test/conformance/make/mackinnon.py, which names the papers and the corrections.\n")
    print("import type { Trend } from './trend.js';\n")
    print("/** MacKinnon (1994): Φ(polynomial of τ) for one to six series; 0 below `least`, 1 above `most`. */")
    print("export interface ProbabilityCurve {")
    print("  readonly least: number;")
    print("  /** Up to here the tail polynomial `small`, above it the body polynomial `large`. */")
    print("  readonly star: number;")
    print("  readonly most: number;")
    print("  /** Ascending powers of τ. */")
    print("  readonly small: readonly number[];")
    print("  readonly large: readonly number[];")
    print("}\n")
    print("export const PROBABILITY_CURVES: Readonly<Record<Trend, readonly ProbabilityCurve[]>> = {")
    for trend in TRENDS:
        print(f"  {trend}: [")
        for row in probability(trend):
            fields = ", ".join(
                f"{name}: [{', '.join(map(number, value))}]" if isinstance(value, list) else f"{name}: {number(value)}"
                for name, value in row.items()
            )
            print(f"    {{ {fields} }},")
        print("  ],")
    print("};\n")
    print("/** MacKinnon (2010): ascending powers of 1 / observations; [series − 1][1 %, 5 %, 10 %][power]. */")
    print("export const CRITICAL_SURFACES: Readonly<Record<Trend, readonly (readonly (readonly number[])[])[]>> = {")
    for trend in TRENDS:
        print(f"  {trend}: [")
        for series in surface(trend):
            print(f"    [{', '.join('[' + ', '.join(map(number, level)) + ']' for level in series)}],")
        print("  ],")
    print("};")


def p_value(statistic, curve):
    if statistic > curve["most"]:
        return 1.0
    if statistic < curve["least"]:
        return 0.0
    coefficients = curve["small"] if statistic <= curve["star"] else curve["large"]
    t = mpmath.mpf(statistic)
    return float(mpmath.ncdf(sum(mpmath.mpf(repr(c)) * t**i for i, c in enumerate(coefficients))))


def critical_values(coefficients, observations):
    inverse = mpmath.mpf(0) if observations == "Infinity" else 1 / mpmath.mpf(observations)
    return {
        level: float(sum(mpmath.mpf(repr(c)) * inverse**i for i, c in enumerate(row)))
        for level, row in zip(LEVELS, coefficients)
    }


def answers():
    rows = []
    for trend in TRENDS:
        for series, curve in enumerate(probability(trend), start=1):
            most = curve["most"] if curve["most"] < np.inf else 6.0
            beside = [curve["least"] - 0.01, curve["star"], curve["star"] + 0.001, most + 0.01]
            for statistic in sorted([-12.0, -6.5, -4.2, -3.1, -1.9, -0.7, 0.3, *beside]):
                expected = p_value(statistic, curve)
                theirs = published.mackinnonp(statistic, regression=TRENDS[trend], N=series)
                row = {
                    "name": f"p-value: {trend}, {series} series, {statistic:g}",
                    "input": {"trend": trend, "series": series, "statistic": statistic},
                    "expected": {"pValue": expected},
                    "tolerance": 1e-12,
                }
                if abs(theirs - expected) > 1e-9 * expected:
                    row["note"] = f"statsmodels answers {theirs!r}: its tau-max is past the turning point"
                rows.append(row)
        for series, coefficients in enumerate(surface(trend), start=1):
            for observations in [25, 100, 1000, "Infinity"]:
                expected = critical_values(coefficients, observations)
                theirs = published.mackinnoncrit(series, TRENDS[trend], float(observations) if observations != "Infinity" else np.inf)
                row = {
                    "name": f"critical values: {trend}, {series} series, {observations} observations",
                    "input": {"trend": trend, "series": series, "observations": observations},
                    "expected": expected,
                    "tolerance": 1e-12,
                }
                if max(abs(a - b) for a, b in zip(theirs, expected.values())) > 1e-9:
                    row["note"] = f"statsmodels answers {[float(v) for v in theirs]}: not the paper's coefficients"
                rows.append(row)
    return {
        "about": "MacKinnon's p-values and critical values of the tau statistic",
        "source": f"MacKinnon (1994), MacKinnon (2010, tables 1-4), evaluated with mpmath {mpmath.__version__}; compared with statsmodels {statsmodels.__version__}",
        "made": "test/conformance/make/mackinnon.py",
        "rows": rows,
    }


if __name__ == "__main__":
    if "--table" in sys.argv:
        print_table()
    else:
        target = Path(__file__).parent.parent / "answers" / "mackinnon.json"
        content = answers()
        lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in content.pop("rows"))
        head = json.dumps(content, ensure_ascii=False, indent=1)[:-2]
        target.write_text(f'{head},\n "rows": [\n{lines}\n]}}\n', encoding="utf8")
