import { DataError, expectedShortfall, valueAtRisk } from 'hedgerow';
import type { Study } from './analysis.js';
import { observationName } from './data-words.js';
import { significant, whole } from './words.js';

/** The account and the share of it that a bad observation may cost: figures to show the arithmetic with. */
const CAPITAL = 100_000;
const SHARE = 0.01;
const CONFIDENCE = 0.99;

/** What one unit of the spread can lose until the next observation, and how many of them an account can bear. */
export function riskRows(study: Study): (readonly [name: string, value: string])[] {
  const { result, data } = study;
  const changes = result.spread.subarray(1).map((spread, i) => spread - result.spread[i]!);
  const rows: (readonly [string, string])[] = [];
  let worst = 0;
  for (const [side, profits] of [
    ['long', changes],
    ['short', changes.map((change) => -change)],
  ] as const) {
    const loss = valueAtRisk(profits, { confidence: CONFIDENCE });
    const beyond = expectedShortfall(profits, { confidence: CONFIDENCE });
    const normal = valueAtRisk(profits, { confidence: CONFIDENCE, method: 'normal' });
    worst = Math.max(worst, loss);
    rows.push([
      `${side}, 99 %`,
      `loses ${significant(loss, 4)} by the next ${observationName(data)}, ${significant(beyond, 4)} on average beyond; a normal law says ${significant(normal, 4)}`,
    ]);
  }
  if (!(worst > 0)) return rows;
  const units = (CAPITAL * SHARE) / worst;
  const [y, x] = [significant(units, 4), significant(units * Math.abs(result.ratio), 4)];
  const legs = result.prices === 'log' ? `${y} of money in y, ${x} in x` : `${y} y and ${x} x`;
  return [...rows, ['size', `${legs} put ${SHARE * 100} % of ${whole(CAPITAL)} at such a risk`]];
}

/** The rows, or none where there is too little to go by. */
export function riskRowsIfAny(study: Study): (readonly [name: string, value: string])[] {
  try {
    return riskRows(study);
  } catch (error) {
    if (error instanceof DataError) return [['risk', error.message]];
    throw error;
  }
}
