"""Pairs that hedge estimators are tried on, and how their answers are written down."""
from pathlib import Path
import json
import random


def walk(n, start, step, digits=2):
    prices, price = [], start
    for _ in range(n):
        price += random.gauss(0, step)
        prices.append(round(price, digits))
    return prices


def line(x, ratio, intercept, scale, digits=2):
    return [round(ratio * v + intercept + random.gauss(0, scale), digits) for v in x]


def packed(value):
    """As our answer files keep it: doubles, with NaN and infinities as words."""
    if isinstance(value, dict):
        return {k: packed(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [packed(v) for v in value]
    if isinstance(value, (str, bool, int)) or value is None:
        return value
    x = float(value)
    return 'NaN' if x != x else 'Infinity' if x == float('inf') else '-Infinity' if x == -float('inf') else x


def write(name, about, source, rows):
    answers = {'about': about, 'source': source, 'made': f'make/{name}.py', 'rows': rows}
    text = json.dumps(answers, separators=(',', ':')).replace('{"name"', '\n{"name"')
    (Path(__file__).parent.parent / 'answers' / f'{name}.json').write_text(text + '\n')
