import { mackinnonCriticalValues } from 'hedgerow';
import type { Study } from './analysis.js';
import type { LegFacts, PairData } from './pair-data.js';
import { showTime } from './timestamps.js';
import { barName, counted, lasting, probability, significant, whole } from './words.js';

/** The report as a title, a few headed lists, and what to keep in mind. */
export interface Report {
  readonly title: string;
  /** The findings at a glance: what, how much, in words. */
  readonly headlines: readonly { readonly name: string; readonly value: string; readonly words: string }[];
  readonly sections: readonly {
    readonly heading: string;
    readonly rows: readonly (readonly [name: string, value: string])[];
  }[];
  readonly notes: readonly string[];
}

export function report(study: Study): Report {
  const { data, result, options } = study;
  const { hedge, adf } = result;
  const verdict = verdictOf(study);
  const name = observationName(data);
  const position = positionOf(study);
  const z = result.zScore.at(-1)!;

  return {
    title: `${data.y.name} on ${data.x.name}`,
    headlines: [
      {
        name: 'Hedge ratio',
        value: significant(result.ratio),
        words: `± ${significant(hedge.ratioError, 3)}`,
      },
      { name: 'Stationarity', value: `ADF ${significant(adf.statistic, 4)}`, words: verdict.short },
      {
        name: 'Half-life',
        value: Number.isFinite(result.halfLife) ? significant(result.halfLife, 4) : 'none',
        words: Number.isFinite(result.halfLife)
          ? `${name}s, ${halfLifeInTime(study)}`
          : halfLifeInTime(study),
      },
      { name: 'z-score now', value: significant(z, 4), words: `over ${counted(options.window, name)}` },
      { name: 'Position', value: position.short, words: position.legs },
    ],
    sections: [
      { heading: 'Data', rows: [legRow('y', data.y, data), legRow('x', data.x, data), ...spanRows(data)] },
      {
        heading: 'Hedge',
        rows: [
          [
            'ratio',
            `${significant(result.ratio)} ± ${significant(hedge.ratioError, 3)}   (t ${significant(hedge.ratioT, 4)}, p ${probability(hedge.ratioP)})`,
          ],
          ['intercept', `${significant(result.intercept)} ± ${significant(hedge.interceptError, 3)}`],
          ['r²', significant(hedge.rSquared, 5)],
          ['spread', `${spreadFormula(study)}, deviation ${significant(hedge.residualDeviation, 4)}`],
        ],
      },
      {
        heading: 'Stationarity',
        rows: [
          ['verdict', verdict.long],
          [
            'ADF',
            `${significant(adf.statistic)} with ${counted(adf.lags, 'lag')} on ${counted(adf.observations, 'observation')}, p ${probability(adf.pValue)}`,
          ],
          [
            'critical values',
            `${significant(adf.criticalValues.onePercent, 5)} (1 %), ${significant(adf.criticalValues.fivePercent, 5)} (5 %), ${significant(adf.criticalValues.tenPercent, 5)} (10 %)`,
          ],
          [
            'half-life',
            Number.isFinite(result.halfLife)
              ? `${howMany(result.halfLife, name)}, ${halfLifeInTime(study)}`
              : 'none: the spread does not come back',
          ],
        ],
      },
      {
        heading: 'Now',
        rows: [
          ['z-score', `${significant(z, 4)} over a window of ${counted(options.window, name)}`],
          ['position', position.legs === '' ? position.long : `${position.long}: ${position.legs}`],
          ['so far', `${entriesOf(study.entries)}, ${counted(study.exits, 'exit')}`],
          ['rules', rulesOf(study)],
        ],
      },
    ],
    notes: notesOf(study),
  };
}

/** The report for a terminal. */
export function reportText({ title, sections, notes }: Report): string {
  const width = Math.max(...sections.flatMap(({ rows }) => rows.map(([name]) => name.length)));
  const lines = sections.flatMap(({ heading, rows }) => [
    '',
    heading,
    ...rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`),
  ]);
  return `${[title, '═'.repeat(title.length), ...lines.slice(1), ...notes.flatMap((note) => ['', note])].join('\n')}\n`;
}

function legRow(letter: string, leg: LegFacts, data: PairData): [string, string] {
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

function spanRows({ aligned, time, source }: PairData): [string, string][] {
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

function spreadFormula({ result }: Study): string {
  const { ratio, intercept } = result;
  const term = (value: number) => `${value < 0 ? '+' : '−'} ${significant(Math.abs(value), 4)}`;
  const [y, x] = result.prices === 'log' ? ['log y', 'log x'] : ['y', 'x'];
  return `${y} ${term(ratio)} ${x} ${term(intercept)}`;
}

function verdictOf({ result: { adf } }: Study): { readonly short: string; readonly long: string } {
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

function halfLifeInTime({ result: { halfLife }, data: { time, source } }: Study): string {
  if (!Number.isFinite(halfLife)) return 'the spread does not come back';
  const perObservation = (time.at(-1)! - time[0]!) / (time.length - 1);
  return `about ${lasting(halfLife * perObservation)}${source === 'prices' ? ' on the calendar' : ''}`;
}

function positionOf({ result }: Study): {
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

function entriesOf(entries: number): string {
  return entries === 1 ? '1 entry' : `${whole(entries)} entries`;
}

function rulesOf({ options: { enter, exit, stop } }: Study): string {
  return `enter at |z| ≥ ${enter}, exit at |z| ≤ ${exit}${stop === undefined ? '' : `, stop at |z| ≥ ${stop}`}`;
}

function howMany(value: number, noun: string): string {
  return `${significant(value, 4)} ${noun}s`;
}

/** What one observation is: daily prices come a trading day apart, others as they come. */
function observationName({ source, time }: PairData): string {
  if (source !== 'prices') return 'bar';
  const gaps = time.slice(1).map((now, i) => now - time[i]!);
  return gaps.sort()[gaps.length >> 1] === 86_400_000 ? 'trading day' : 'observation';
}

function notesOf({ result: { adf } }: Study): string[] {
  const { fivePercent } = mackinnonCriticalValues({ series: 2, observations: adf.observations });
  const passes = adf.statistic <= fivePercent;
  const level = significant(fivePercent, 4);
  return [
    `The hedge was fitted to the prices it is tested on, which flatters the spread. Against the level that allows for it (Engle–Granger, ${level} at 5 %) this spread ${passes ? 'still passes' : 'does not pass'}.`,
    'The ratio, z-scores and trades look back with what is known today; costs are not counted.',
  ];
}
