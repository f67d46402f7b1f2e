import fc from 'fast-check';
import {
  atrUnits,
  exchangeFilters,
  fixedRisk,
  inverseVolatility,
  kelly,
  minimumVariance,
  riskParity,
  roundToLot,
  volatilityTarget,
} from 'hedgerow';
import { describe, expect, it } from 'vitest';

/** A covariance matrix with a spread of correlations: loadings on a few factors, and something of its own. */
const covariances = fc.integer({ min: 1, max: 7 }).chain((count) =>
  fc
    .record({
      loadings: fc.array(
        fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 2, maxLength: 2 }),
        {
          minLength: count,
          maxLength: count,
        },
      ),
      own: fc.array(fc.double({ min: 0.05, max: 1, noNaN: true }), { minLength: count, maxLength: count }),
    })
    .map(({ loadings, own }) =>
      loadings.map((a, i) =>
        loadings.map((b, j) => (a[0]! * b[0]! + a[1]! * b[1]!) * 0.09 + (i === j ? own[i]! ** 2 * 0.09 : 0)),
      ),
    ),
);

const times = (matrix: readonly (readonly number[])[], w: ArrayLike<number>): number[] =>
  matrix.map((row) => row.reduce((total, entry, j) => total + entry * w[j]!, 0));
const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((total, x, i) => total + x * b[i]!, 0);
const total = (w: ArrayLike<number>): number => Array.from(w).reduce((a, b) => a + b, 0);

describe('volatilityTarget', () => {
  it('halves the position when volatility doubles', () => {
    const at = (volatility: number): number =>
      volatilityTarget({ capital: 1e6, target: 0.12, volatility, price: 40 });
    expect(at(0.4)).toBeCloseTo(at(0.2) / 2, 9);
  });

  it('refuses what it cannot divide by', () => {
    const options = { capital: 1e6, target: 0.1, price: 10 };
    expect(() => volatilityTarget({ ...options, volatility: 0 })).toThrow(
      'volatilityTarget: volatility must be a positive number, received 0',
    );
    expect(() => volatilityTarget({ ...options, volatility: NaN })).toThrow('received NaN');
    expect(() => volatilityTarget({ ...options, volatility: 0.1, price: 0 })).toThrow('price');
    expect(() => volatilityTarget({ ...options, volatility: 0.1, target: -0.1 })).toThrow('target');
  });
});

describe('fixedRisk', () => {
  it('loses what was risked at the stop, either side', () => {
    const price = fc.double({ min: 1, max: 1e5, noNaN: true });
    fc.assert(
      fc.property(price, price, (entry, stop) => {
        fc.pre(Math.abs(entry - stop) > 1e-6);
        const quantity = fixedRisk({ capital: 1e5, risk: 0.02, entry, stop, pointValue: 50 });
        expect(quantity * (stop - entry) * 50).toBeCloseTo(-2000, 6);
      }),
    );
  });

  it('refuses a stop at the entry', () => {
    expect(() => fixedRisk({ capital: 1e5, risk: 0.01, entry: 100, stop: 100 })).toThrow(
      'fixedRisk: stop must differ from entry, received 100 for both',
    );
    expect(() => fixedRisk({ capital: 1e5, risk: 0.01, entry: NaN, stop: 100 })).toThrow('entry');
    expect(() => fixedRisk({ capital: 1e5, risk: 1.5, entry: 99, stop: 100 })).toThrow('from 0 to 1');
  });
});

describe('atrUnits', () => {
  it('is as many units as the Turtles bought', () => {
    // Faith (2003), chapter 3: heating oil, N = 0.0141, $1,000,000, 42,000 gallons: 16.88 contracts.
    const units = atrUnits({ capital: 1e6, risk: 0.01, averageTrueRange: 0.0141, pointValue: 42_000 });
    expect(units).toBeCloseTo(16.88, 1);
    expect(() => atrUnits({ capital: 1e6, risk: 0.01, averageTrueRange: 0 })).toThrow('averageTrueRange');
  });
});

describe('kelly', () => {
  it('is the edge at even money, and nothing without one', () => {
    expect(kelly({ probability: 0.53, win: 1 })).toBeCloseTo(0.06, 12);
    expect(kelly({ probability: 0.5, win: 1 })).toBe(0);
    expect(kelly({ probability: 0.1, win: 1 })).toBe(0);
    expect(kelly({ probability: 1, win: 1 })).toBe(1);
  });

  it('makes a bet grow fastest: no other stake has a larger expected logarithm', () => {
    const of = fc.double({ min: 0.02, max: 0.98, noNaN: true });
    const stake = fc.double({ min: 0.05, max: 5, noNaN: true });
    fc.assert(
      fc.property(of, stake, stake, of, (probability, win, loss, other) => {
        const best = kelly({ probability, win, loss });
        const growth = (f: number): number =>
          probability * Math.log1p(f * win) + (1 - probability) * Math.log1p(-f * loss);
        expect(growth(best)).toBeGreaterThanOrEqual(growth(other / loss) - 1e-12);
        expect(best * loss).toBeLessThan(1);
      }),
    );
  });

  it('makes many assets grow fastest: the gradient of drift less half the variance vanishes', () => {
    fc.assert(
      fc.property(
        covariances,
        fc.infiniteStream(fc.double({ min: -0.2, max: 0.3, noNaN: true })),
        (covariance, stream) => {
          const drifts = covariance.map(() => stream.next().value as number);
          const weights = kelly({ drifts, covariance, riskFreeRate: 0.02 });
          times(covariance, weights).forEach((push, i) => {
            expect(push).toBeCloseTo(drifts[i]! - 0.02, 9);
          });
        },
      ),
    );
  });

  it('takes a share, and no more than the cap together', () => {
    const bet = {
      drifts: [0.1, -0.05],
      covariance: [
        [0.04, 0],
        [0, 0.01],
      ],
    };
    expect(Array.from(kelly(bet))).toEqual([2.5, -5]);
    expect(Array.from(kelly(bet, { fraction: 0.5 }))).toEqual([1.25, -2.5]);
    expect(Array.from(kelly(bet, { cap: 1.5 }))).toEqual([0.5, -1]);
    expect(kelly({ drift: 0.1, volatility: 0.1 }, { cap: 2 })).toBe(2);
  });

  it('refuses what decides nothing', () => {
    expect(() => kelly({ drift: 0.1, volatility: 0 })).toThrow('kelly: volatility must be a positive number');
    expect(() => kelly({ drift: NaN, volatility: 0.1 })).toThrow('drift');
    expect(() => kelly({ probability: 53, win: 1 })).toThrow('from 0 to 1');
    expect(() =>
      kelly({
        drifts: [0.1],
        covariance: [
          [1, 0],
          [0, 1],
        ],
      }),
    ).toThrow('a drift an asset');
    expect(() =>
      kelly({
        drifts: [0.1, 0.1],
        covariance: [
          [1, 1],
          [1, 1],
        ],
      }),
    ).toThrow('positive definite');
    expect(() => kelly(null as never)).toThrow('kelly: needs a bet');
  });
});

describe('riskParity', () => {
  it('lets each asset contribute the same risk', () => {
    fc.assert(
      fc.property(covariances, (covariance) => {
        const weights = riskParity(covariance);
        expect(total(weights)).toBeCloseTo(1, 12);
        const pushes = times(covariance, weights);
        const risk = dot(weights, pushes);
        weights.forEach((weight, i) => {
          expect(weight).toBeGreaterThan(0);
          expect((weight * pushes[i]!) / risk).toBeCloseTo(1 / weights.length, 10);
        });
      }),
    );
  });

  it('lets each asset contribute its budget', () => {
    const covariance = [
      [0.04, 0.01, 0],
      [0.01, 0.09, -0.02],
      [0, -0.02, 0.0225],
    ];
    const weights = riskParity(covariance, { budgets: [2, 1, 1] });
    const pushes = times(covariance, weights);
    const risk = dot(weights, pushes);
    [0.5, 0.25, 0.25].forEach((budget, i) => {
      expect((weights[i]! * pushes[i]!) / risk).toBeCloseTo(budget, 12);
    });
  });

  it('does not mind units that differ by a factor of a million', () => {
    const weights = riskParity([
      [1e-8, 1e-7],
      [1e-7, 1e4],
    ]);
    expect(weights[0]! / weights[1]!).toBeCloseTo(1e6, 4);
  });

  it('reads rows and strided views alike', () => {
    const view = { data: [0.04, 0.01, 9, 0.01, 0.02, 9], shape: [2, 2], stride: [3, 1], offset: 0 };
    expect(riskParity(view)).toEqual(
      riskParity([
        [0.04, 0.01],
        [0.01, 0.02],
      ]),
    );
  });

  it('refuses what is no covariance', () => {
    expect(() =>
      riskParity([
        [1, 2],
        [2, 1],
      ]),
    ).toThrow('riskParity: covariance must be positive');
    expect(() =>
      riskParity([
        [1, -1],
        [-1, 1],
      ]),
    ).toThrow('riskParity: covariance must be positive');
    expect(() =>
      riskParity([
        [1, 0.5],
        [0.4, 1],
      ]),
    ).toThrow('symmetric');
    expect(() =>
      riskParity([
        [1, NaN],
        [NaN, 1],
      ]),
    ).toThrow('covariance[0][1] is NaN');
    expect(() =>
      riskParity([
        [0, 0],
        [0, 1],
      ]),
    ).toThrow('covariance[0][0] is 0');
    expect(() => riskParity([[1, 0]])).toThrow('square');
    expect(() => riskParity([])).toThrow('square');
    expect(() => riskParity([[1]], { budgets: [0] })).toThrow('budgets[0] is 0');
  });
});

describe('minimumVariance', () => {
  it('has the same covariance with every asset', () => {
    fc.assert(
      fc.property(covariances, (covariance) => {
        const weights = minimumVariance(covariance);
        const pushes = times(covariance, weights);
        for (const push of pushes) expect(push / pushes[0]!).toBeCloseTo(1, 8);
      }),
    );
  });

  it('without shorts holds only what has the least covariance with it', () => {
    fc.assert(
      fc.property(covariances, (covariance) => {
        const weights = minimumVariance(covariance, { longOnly: true });
        const pushes = times(covariance, weights);
        const risk = dot(weights, pushes);
        expect(total(weights)).toBeCloseTo(1, 12);
        weights.forEach((weight, i) => {
          expect(weight).toBeGreaterThanOrEqual(0);
          expect(pushes[i]! / risk).toBeGreaterThan(1 - 1e-9);
          if (weight > 0) expect(pushes[i]! / risk).toBeCloseTo(1, 9);
        });
      }),
    );
  });

  it('moves no more than any other long-only weights', () => {
    fc.assert(
      fc.property(covariances, (covariance) => {
        const variance = (w: ArrayLike<number>): number => dot(w, times(covariance, w));
        const best = variance(minimumVariance(covariance, { longOnly: true }));
        expect(best).toBeLessThanOrEqual(variance(inverseVolatility(covariance)) * (1 + 1e-12));
        expect(best).toBeLessThanOrEqual(variance(riskParity(covariance)) * (1 + 1e-12));
        expect(variance(minimumVariance(covariance))).toBeLessThanOrEqual(best * (1 + 1e-12));
      }),
    );
  });
});

describe('roundToLot', () => {
  it('is never more than asked for, and less by under one lot', () => {
    const lots = fc.constantFrom(1, 100, 0.1, 0.001, 0.25, 1e-8);
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), lots, (quantity, lot) => {
        const rounded = roundToLot(quantity, { lot });
        const slack = 1e-15 * Math.abs(quantity);
        expect(Math.abs(rounded)).toBeLessThanOrEqual(Math.abs(quantity) + slack);
        expect(Math.abs(quantity - rounded)).toBeLessThan(lot + slack);
        expect(roundToLot(rounded, { lot })).toBe(rounded);
        expect(String(rounded).length).toBeLessThan(20);
      }),
    );
  });

  it('refuses what cannot be counted', () => {
    expect(() => roundToLot(1, { lot: 0 })).toThrow('roundToLot: lot must be a positive number, received 0');
    expect(() => roundToLot(NaN, { lot: 1 })).toThrow('roundToLot: quantity must be a finite number');
    expect(() => roundToLot(1e300, { lot: 1e-8 })).toThrow('too many steps');
    expect(() => roundToLot(1, { lot: 1, rounding: 'dwon' as 'down' })).toThrow('did you mean down?');
  });
});

describe('exchangeFilters', () => {
  const rules = { tick: 0.05, lot: 0.001, minimumQuantity: 0.01, maximumQuantity: 9, minimumNotional: 10 };

  it('makes an order no worse than asked for', () => {
    expect(exchangeFilters({ quantity: -12.3, price: 99.99 }, rules)).toEqual({
      quantity: -9,
      price: 100,
      notional: 900,
      refused: 'none',
    });
    expect(exchangeFilters({ quantity: 0.3, price: 99.99 }, rules).price).toBe(99.95);
  });

  it('sends an order of exactly the minimum notional', () => {
    const rules = { tick: 0.01, lot: 0.01, minimumNotional: 29 };
    expect(exchangeFilters({ quantity: 0.29, price: 100 }, rules)).toEqual({
      quantity: 0.29,
      price: 100,
      notional: 29,
      refused: 'none',
    });
    expect(exchangeFilters({ quantity: 0.28, price: 100 }, rules).refused).toBe('below-minimum-notional');
  });

  it('says which rule refuses', () => {
    expect(exchangeFilters({ quantity: 0.0099, price: 1e6 }, rules).refused).toBe('below-minimum-quantity');
    expect(exchangeFilters({ quantity: 0, price: 1e6 }, rules).refused).toBe('below-minimum-quantity');
    expect(exchangeFilters({ quantity: 0.0999, price: 100 }, rules).refused).toBe('below-minimum-notional');
    expect(exchangeFilters({ quantity: 0.1, price: 100 }, rules).refused).toBe('none');
    expect(exchangeFilters({ quantity: 1, price: 0.01 }, rules).refused).toBe('below-minimum-notional');
  });

  it('refuses nonsense', () => {
    expect(() => exchangeFilters({ quantity: 1, price: -1 }, rules)).toThrow('price must be above zero');
    expect(() => exchangeFilters({ quantity: NaN, price: 1 }, rules)).toThrow('quantity');
    expect(() => exchangeFilters({ quantity: 1, price: 1 }, { ...rules, tick: 0 })).toThrow('tick');
  });
});
