import { type BacktestOptions, backtest, type Targets } from 'hedgerow';
import { describe, it } from 'vitest';
import { answers, expectNear } from '../support/conformance.js';

type Columns = Readonly<Record<string, readonly number[]>>;
interface Input {
  readonly prices: Columns;
  readonly targets: Columns;
  readonly funding: Columns;
  readonly options: BacktestOptions;
}
interface Expected {
  readonly equity: readonly number[];
  readonly fees: number;
  readonly spread: number;
  readonly slippage: number;
  readonly funding: number;
  readonly traded: number;
}

const { rows } = answers<Input, Expected>('backtest');

describe('backtest against columns in exact fractions', () => {
  it.each(rows.map((row) => [row.name, row] as const))('%s', (_, { input, expected, tolerance }) => {
    const { prices, targets, funding, options } = input;
    const names = Object.keys(prices);
    const time = Array.from(prices[names[0]!]!, (_, i) => i);
    let row = 0;
    const strategy = {
      push: (): Targets => {
        const now = Object.fromEntries(names.map((name) => [name, targets[name]![row]!]));
        row++;
        return now;
      },
    };
    const result = backtest({ time, prices, funding }, strategy, options);
    expected.equity.forEach((equity, i) => {
      expectNear(result.equity[i]!, equity, tolerance, `equity[${i}]`);
    });
    for (const name of ['fees', 'spread', 'slippage', 'funding'] as const) {
      expectNear(result.paid[name], expected[name], 1e-11, name);
    }
    expectNear(result.traded, expected.traded, tolerance, 'traded');
  });
});
