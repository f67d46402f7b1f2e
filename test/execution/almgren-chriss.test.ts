import fc from 'fast-check';
import { almgrenChriss, almgrenChrissFrontier } from 'hedgerow';
import { describe, expect, it } from 'vitest';

// Almgren & Chriss (2000), table 1.
const paper = {
  quantity: 1e6,
  horizon: 5,
  slices: 5,
  volatility: 0.95,
  temporaryImpact: 2.5e-6,
  permanentImpact: 2.5e-7,
  fixedCost: 0.0625,
};
const tastes = fc.double({ min: 0, max: 1e-5, noNaN: true });

/** What any schedule costs, by the definition of the paper's eqs. 4 and 5. */
function objective(trades: readonly number[], riskAversion: number): number {
  const tau = paper.horizon / trades.length;
  let [left, cost, variance] = [paper.quantity, 0, 0];
  for (const trade of trades) {
    left -= trade;
    cost += paper.permanentImpact * left * trade + paper.fixedCost * Math.abs(trade);
    cost += (paper.temporaryImpact / tau) * trade * trade;
    variance += paper.volatility ** 2 * tau * left * left;
  }
  return cost + riskAversion * variance;
}

describe('almgrenChriss', () => {
  it('without risk aversion trades evenly, for the cost of the paper', () => {
    const plan = almgrenChriss({ ...paper, riskAversion: 0 });
    expect(Array.from(plan.trades)).toEqual(new Array(5).fill(2e5));
    expect(plan.kappa).toBe(0);
    // ½γX² + εX + (η − ½γτ) X²/T, and ⅓σ²X²T (1 − 1/N)(1 − 1/2N): the minimum-impact strategy of section 1.4.
    expect(plan.expectedCost).toBeCloseTo(125_000 + 62_500 + 475_000, 6);
    expect(plan.variance / ((0.9025 * 1e12 * 5 * 0.8 * 0.9) / 3)).toBeCloseTo(1, 12);
  });

  it('costs less, risk counted, than any other schedule', () => {
    const weights = fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(tastes, weights, (riskAversion, others) => {
        const { trades, expectedCost, variance } = almgrenChriss({ ...paper, riskAversion });
        const best = objective(Array.from(trades), riskAversion);
        expect((expectedCost + riskAversion * variance) / best).toBeCloseTo(1, 11);
        const total = others.reduce((sum, weight) => sum + weight, 0);
        const other = others.map((weight) => (weight / total) * paper.quantity);
        expect(objective(other, riskAversion)).toBeGreaterThanOrEqual(best * (1 - 1e-12));
      }),
    );
  });

  it('trades all of it, sooner the less risk is liked, and sells as it buys', () => {
    fc.assert(
      fc.property(tastes, fc.integer({ min: 1, max: 60 }), (riskAversion, slices) => {
        const plan = almgrenChriss({ ...paper, slices, riskAversion });
        const sale = almgrenChriss({ ...paper, slices, riskAversion, quantity: -1e6 });
        expect(plan.trades.reduce((sum, trade) => sum + trade, 0) / 1e6).toBeCloseTo(1, 12);
        expect(plan.holdings.length).toBe(slices + 1);
        expect(plan.holdings[0]).toBe(1e6);
        expect(plan.holdings[slices]).toBe(0);
        for (let i = 1; i < slices; i++) {
          expect(plan.trades[i]!).toBeLessThanOrEqual(plan.trades[i - 1]! * (1 + 1e-12));
          expect(plan.holdings[i]! - plan.holdings[i + 1]!).toBeCloseTo(plan.trades[i]!, 3);
        }
        expect(Array.from(sale.trades, (trade) => -trade)).toEqual(Array.from(plan.trades));
        expect(sale.expectedCost).toBe(plan.expectedCost);
      }),
    );
  });

  it('does not overflow over a long horizon, nor when urgency is extreme', () => {
    for (const [horizon, slices, riskAversion] of [
      [1e5, 1000, 1e-3],
      [5, 100_000, 1e-6],
      [5, 5, 1e200],
      [5, 5, 1e-300],
    ] as const) {
      const plan = almgrenChriss({ ...paper, permanentImpact: 0, horizon, slices, riskAversion });
      expect(plan.trades.every(Number.isFinite)).toBe(true);
      expect(plan.trades.reduce((sum, trade) => sum + trade, 0) / 1e6).toBeCloseTo(1, 9);
      expect(Number.isFinite(plan.expectedCost + plan.variance + plan.kappa)).toBe(true);
    }
  });

  it('refuses a market that cannot be', () => {
    const all = { ...paper, riskAversion: 1e-6 };
    expect(() => almgrenChriss({ ...all, permanentImpact: 1e-5 })).toThrow(
      'temporaryImpact must be above half',
    );
    expect(() => almgrenChriss({ ...all, riskAversion: -1 })).toThrow('riskAversion must not be below zero');
    expect(() => almgrenChriss({ ...all, quantity: NaN })).toThrow('quantity');
    expect(() => almgrenChriss({ ...all, slices: 0 })).toThrow('slices');
    expect(() => almgrenChriss({ ...all, horizon: 0 })).toThrow('horizon');
    expect(() => almgrenChriss({ ...all, volatility: Infinity })).toThrow('volatility');
    expect(() => almgrenChriss({ ...all, riskAversion: 1e308 })).toThrow('beyond all numbers');
    expect(() => almgrenChriss({ ...all, lambda: 1 } as never)).toThrow('unknown option lambda');
  });
});

describe('almgrenChrissFrontier', () => {
  it('pays more for less variance, all along', () => {
    const riskAversions = [0, 1e-8, 1e-7, 1e-6, 1e-5];
    const { expectedCost, variance, kappa } = almgrenChrissFrontier({ ...paper, riskAversions });
    for (let i = 1; i < riskAversions.length; i++) {
      expect(expectedCost[i]!).toBeGreaterThan(expectedCost[i - 1]!);
      expect(variance[i]!).toBeLessThan(variance[i - 1]!);
      expect(kappa[i]!).toBeGreaterThan(kappa[i - 1]!);
    }
    expect(() => almgrenChrissFrontier({ ...paper, riskAversions: [NaN] })).toThrow(
      'riskAversions[0] is NaN',
    );
  });
});
