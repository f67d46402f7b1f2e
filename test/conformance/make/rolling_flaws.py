"""What goes wrong on a tape: observations that are missing, bad ticks, halts."""

FLAWS = (
    "flaws, in this order of index t: missing: NaN where t mod 11 is 3 and for 40 <= t < 47; spike: 1e12 where t mod 37 is 19; "
    "halt: from t = 60 on the value at 60"
)


def flawed(series, flaw):
    out = list(series)
    for t in range(len(out)):
        if flaw == "missing" and (t % 11 == 3 or 40 <= t < 47):
            out[t] = None
        if flaw == "spike" and t % 37 == 19:
            out[t] = 1e12
        if flaw == "halt" and t > 60:
            out[t] = out[60]
    return out
