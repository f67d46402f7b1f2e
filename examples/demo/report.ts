import { mackinnonCriticalValues } from 'hedgerow';
import { exitsOf, type Study } from './analysis.js';
import type { Chart } from './chart.js';
import { legRow, observationName, spanRows } from './data-words.js';
import { halfLifeInTime, positionOf, rulesOf, spreadFormula, verdictOf } from './findings-words.js';
import { riskRowsIfAny } from './risk-words.js';
import { counted, probability, significant, whole } from './words.js';

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

export function report(study: Study, chart: Chart): Report {
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
          ['so far', `${entriesOf(study.holdings.length)}, ${counted(exitsOf(study.holdings), 'exit')}`],
          ['rules', rulesOf(study)],
        ],
      },
      { heading: 'Risk of one unit of the spread', rows: riskRowsIfAny(study) },
    ],
    notes: notesOf(study, chart),
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

function entriesOf(entries: number): string {
  return entries === 1 ? '1 entry' : `${whole(entries)} entries`;
}

function howMany(value: number, noun: string): string {
  return `${significant(value, 4)} ${noun}s`;
}

function notesOf({ result: { adf }, data: { time }, holdings }: Study, { drawn }: Chart): string[] {
  const { fivePercent } = mackinnonCriticalValues({ series: 2, observations: adf.observations });
  const passes = adf.statistic <= fivePercent;
  const level = significant(fivePercent, 4);
  const left = [
    drawn.points < time.length && `${whole(drawn.points)} of ${counted(time.length, 'point')}`,
    drawn.holdings < holdings.length &&
      `${whole(drawn.holdings)} of ${entriesOf(holdings.length)}, each with its exit`,
  ].filter((part) => part !== false);
  return [
    ...(left.length > 0
      ? [
          `To stay quick the chart draws ${left.join(', and ')}; the high and the low of every stretch are among the points.`,
        ]
      : []),
    `The hedge was fitted to the prices it is tested on, which flatters the spread. Against the level that allows for it (Engle–Granger, ${level} at 5 %) this spread ${passes ? 'still passes' : 'does not pass'}.`,
    'The ratio, z-scores and trades look back with what is known today; costs are not counted.',
  ];
}
