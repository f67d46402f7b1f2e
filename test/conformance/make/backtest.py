"""Equity of a list of targets after costs, by columns instead of row by row: pandas shifts, numpy sums and exact fractions."""
from fractions import Fraction
import json
from pathlib import Path

import numpy as np
import pandas as pd

random = np.random.default_rng(20261121)


def columns(prices, targets, funding, capital, latency, fee, spread, slippage):
    """Positions by a shift of the targets, cash by a cumulated sum of what trades cost."""
    held = targets.shift(latency).fillna(0.0)
    traded = held.diff().fillna(held)
    before = held.shift(1).fillna(0.0)
    F = np.vectorize(Fraction, otypes=[object])
    p, q, b, r = F(prices.values), F(traded.values), F(before.values), F(funding.values)
    size = abs(q) * p
    half, slip, commission = Fraction(spread) / 2, Fraction(slippage), Fraction(fee)
    paid = p + np.where(traded.values > 0, 1, np.where(traded.values < 0, -1, 0)) * p * (half + slip)
    fees = abs(q) * paid * commission
    due = r * b * p
    cash = Fraction(capital) - (q * paid + fees + due).sum(axis=1).cumsum()
    equity = cash + (F(held.values) * p).sum(axis=1)
    return {
        'equity': [float(v) for v in equity],
        'fees': float(fees.sum()),
        'spread': float((size * half).sum()),
        'slippage': float((size * slip).sum()),
        'funding': float(due.sum()),
        'traded': float(size.sum()),
    }


def row(name, length, instruments, latency=1, fee=0.0, spread=0.0, slippage=0.0, funded=False):
    names = [chr(97 + k) for k in range(instruments)]
    steps = random.normal(0, 0.01, (length, instruments))
    prices = pd.DataFrame(np.round(100 * np.exp(steps.cumsum(axis=0)), 2), columns=names)
    targets = pd.DataFrame(random.integers(-5, 6, (length, instruments)).astype(float), columns=names)
    rate = np.where(np.arange(length)[:, None] % 8 == 7, np.round(random.normal(0, 1e-4, (length, instruments)), 6), 0.0)
    funding = pd.DataFrame(rate * funded, columns=names)
    costs = {'fee': fee, 'spread': spread, 'slippage': slippage}
    expected = columns(prices, targets, funding, 100_000.0, latency, **costs)
    return {
        'name': name,
        'input': {
            'prices': {k: prices[k].tolist() for k in names},
            'targets': {k: targets[k].tolist() for k in names},
            'funding': {k: funding[k].tolist() for k in names},
            'options': {'capital': 100_000, 'latency': latency, 'costs': costs},
        },
        'expected': expected,
        'tolerance': 1e-12,
    }


rows = [
    row('one instrument, free of cost', 60, 1),
    row('one instrument with a fee', 60, 1, fee=0.001),
    row('one instrument with a rebate', 60, 1, fee=-0.00005),
    row('a spread', 60, 1, spread=0.0004),
    row('slippage', 60, 1, slippage=0.0002),
    row('three rows late', 60, 1, latency=3, fee=0.001),
    row('two instruments, every cost', 80, 2, fee=0.001, spread=0.0004, slippage=0.0002),
    row('two instruments with funding', 80, 2, funded=True),
    row('five instruments, every cost and funding, two rows late', 120, 5, 2, 0.0005, 0.001, 0.0003, True),
]
out = Path(__file__).parent.parent / 'answers' / 'backtest.json'
head = {
    'about': 'The equity of a list of targets, and what was paid.',
    'source': f'exact fractions over columns shifted by pandas {pd.__version__}',
    'made': 'make/backtest.py',
}
body = ',\n'.join(json.dumps(r) for r in rows)
out.write_text(json.dumps(head)[:-1] + ',"rows":[\n' + body + '\n]}\n')
