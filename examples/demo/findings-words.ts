import type { Study } from './analysis.js';
import { lasting, significant } from './words.js';

export function verdictOf({ result: { adf } }: Study): { readonly short: string; readonly long: string } {
  const { onePercent, fivePercent, tenPercent } = adf.criticalValues;
  const statistic = significant(adf.statistic, 4);
  const levels = [
    [onePercent, '1 %'],
    [fivePercent, '5 %'],
    [tenPercent, '10 %'],
  ] as const;
  for (const [critical, level] of levels) {
    if (adf.statistic > critical) continue;
    return {
      short: `stationary at the ${level} level`,
      long: `The spread is stationary at the ${level} level: ${statistic} lies below ${significant(critical, 4)}.`,
    };
  }
  return {
    short: 'not shown to be stationary',
    long: `The spread is not shown to be stationary: ${statistic} lies above ${significant(tenPercent, 4)}, the 10 % level.`,
  };
}

export function halfLifeInTime({ result: { halfLife }, data: { time, source } }: Study): string {
  if (!Number.isFinite(halfLife)) return 'the spread does not come back';
  const perObservation = (time.at(-1)! - time[0]!) / (time.length - 1);
  return `about ${lasting(halfLife * perObservation)}${source === 'prices' ? ' on the calendar' : ''}`;
}

export function positionOf({ result }: Study): {
  readonly short: string;
  readonly long: string;
  readonly legs: string;
} {
  const held = result.position.at(-1)!;
  if (held === 0) return { short: 'flat', long: 'flat: no position', legs: '' };
  const [word, yVerb] = held > 0 ? ['long', 'buy'] : ['short', 'sell'];
  const xVerb = held > 0 === result.ratio > 0 ? 'sell' : 'buy';
  const size = significant(Math.abs(result.ratio), 4);
  const legs =
    result.prices === 'log'
      ? `${yVerb} 1 of money in y, ${xVerb} ${size} in x`
      : `${yVerb} 1 y, ${xVerb} ${size} x`;
  return { short: word, long: `${word} the spread`, legs };
}

export function spreadFormula({ result }: Study): string {
  const { ratio, intercept } = result;
  const term = (value: number) => `${value < 0 ? '+' : '−'} ${significant(Math.abs(value), 4)}`;
  const [y, x] = result.prices === 'log' ? ['log y', 'log x'] : ['y', 'x'];
  return `${y} ${term(ratio)} ${x} ${term(intercept)}`;
}

export function rulesOf({ options: { enter, exit, stop } }: Study): string {
  return `enter at |z| ≥ ${enter}, exit at |z| ≤ ${exit}${stop === undefined ? '' : `, stop at |z| ≥ ${stop}`}`;
}
