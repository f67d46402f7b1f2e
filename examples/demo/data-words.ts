import type { LegFacts, PairData } from './pair-data.js';
import { showTime } from './timestamps.js';
import { barName, counted, lasting, significant, whole } from './words.js';

export function legRow(letter: string, leg: LegFacts, data: PairData): [string, string] {
  if (!leg.bars) {
    const left = leg.unmatched ? `, ${whole(leg.unmatched)} left out (not priced in both)` : '';
    return [letter, `${leg.name}: ${counted(leg.rows, 'price')}${left}`];
  }
  const { count, empty, volume } = leg.bars;
  return [
    letter,
    `${leg.name}: ${counted(leg.rows, 'trade')}, ${counted(count, barName(data.every))} of which ${whole(empty)} without trades, volume ${significant(volume, 8)}`,
  ];
}

export function spanRows({ aligned, time, source }: PairData): [string, string][] {
  const [first, last] = [time[0]!, time.at(-1)!];
  const name = source === 'prices' ? 'date' : 'bar';
  const leftOut = aligned - time.length;
  const rows: [string, string][] = [
    [
      'in common',
      `${counted(aligned, name)}${leftOut > 0 ? `, the newest ${whole(time.length)} analysed` : ''}`,
    ],
    ['span', `${showTime(first)} to ${showTime(last)} (${lasting(last - first)})`],
  ];
  if (leftOut > 0) rows.push(['left out', `${counted(leftOut, `older ${name}`)} (--history ${time.length})`]);
  return rows;
}

/** What one observation is: daily prices come a trading day apart, others as they come. */
export function observationName({ source, time }: PairData): string {
  if (source !== 'prices') return 'bar';
  const gaps = time.slice(1).map((now, i) => now - time[i]!);
  return gaps.sort()[gaps.length >> 1] === 86_400_000 ? 'trading day' : 'observation';
}
