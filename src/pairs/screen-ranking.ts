import type { DataReason } from '../core/errors.js';
import { benjaminiHochberg } from '../stats/benjamini-hochberg.js';
import { type ChunkScreener, chunksOf, eachRow, rowsOf } from './screen-chunk.js';
import { AT, reasonOf, WIDTH } from './screen-figures.js';
import type { ScreenRule } from './screen-options.js';
import type { ScreenSeries } from './screen-series.js';

/** One pair of a screen. Numbers are NaN where there is a `reason`. */
export interface ScreenedPair {
  /** The series that is explained. */
  readonly y: string;
  /** The series that explains it. */
  readonly x: string;
  /** x for one y: the least-squares slope of y on x. */
  readonly ratio: number;
  readonly intercept: number;
  /** The correlation of the prices. */
  readonly correlation: number;
  /** The correlation of their changes from row to row: under `prices: 'log'`, of log returns. */
  readonly changeCorrelation: number;
  /** The Engle–Granger tau of the spread; −Infinity where y follows exactly from x. */
  readonly statistic: number;
  /** How often two series without a relation would give a statistic this low. */
  readonly pValue: number;
  /** The same, adjusted for the number of pairs tested: Benjamini–Hochberg. */
  readonly adjustedPValue: number;
  /** Observations until a deviation of the spread has halved; NaN where there is no spread. */
  readonly halfLife: number;
  /** Lagged differences in the test. */
  readonly lags: number;
  /** Rows the two have in common. */
  readonly observations: number;
  /** Why there are no numbers: too few rows in common, a number that is not finite, or a leg that does not vary. */
  readonly reason?: DataReason;
}

/** All pairs of a panel, ranked. */
export interface PairScreen {
  /** The series, in the order of the panel. */
  readonly names: readonly string[];
  /** The pairs by p-value, then by statistic, then by name; those without numbers last. */
  readonly pairs: readonly ScreenedPair[];
  /** Those among them whose adjusted p-value is at most the false discovery rate. */
  readonly selected: readonly ScreenedPair[];
  /** Pairs with a p-value. */
  readonly tested: number;
  /** Pairs without: each has its `reason`. */
  readonly failed: number;
}

/** Rows that are computed again by themselves, whatever their number came from. */
const SHORT_LIST = 20;

/** The screen from the figures of all chunks, one after another. */
export function rankScreen(
  series: ScreenSeries,
  rule: ScreenRule,
  screener: ChunkScreener,
  figures: Float64Array,
): PairScreen {
  const { names } = series;
  const rows = rowsOf(names.length, rule.both);
  const y = new Uint32Array(rows);
  const x = new Uint32Array(rows);
  let row = 0;
  for (let chunk = 0; chunk < chunksOf(names.length); chunk++) {
    eachRow(names.length, rule.both, chunk, (i, j) => {
      y[row] = i;
      x[row] = j;
      row++;
    });
  }
  const column = (name: 'pValue' | 'statistic'): Float64Array =>
    Float64Array.from({ length: rows }, (_, one) => figures[one * WIDTH + AT[name]]!);
  const p = column('pValue');
  const statistic = column('statistic');
  const compare = (a: number, b: number): number => {
    const [pA, pB] = [p[a]!, p[b]!];
    if (pA !== pB && !(Number.isNaN(pA) && Number.isNaN(pB))) return isBefore(pA, pB) ? -1 : 1;
    const [tA, tB] = [statistic[a]!, statistic[b]!];
    if (tA !== tB && !Number.isNaN(tA)) return isBefore(tA, tB) ? -1 : 1;
    return compareText(names[y[a]!]!, names[y[b]!]!) || compareText(names[x[a]!]!, names[x[b]!]!);
  };
  const rank = Uint32Array.from({ length: rows }, (_, one) => one).sort(compare);
  for (const one of rank.slice(0, Math.min(SHORT_LIST, rule.top))) {
    screener.refine(y[one]!, x[one]!, figures, one * WIDTH);
    p[one] = figures[one * WIDTH + AT.pValue]!;
    statistic[one] = figures[one * WIDTH + AT.statistic]!;
  }
  settle(rank, compare);

  const pValues = Float64Array.from(rank, (one) => p[one]!);
  const adjusted = benjaminiHochberg(pValues);
  const pairs = Array.from(rank.subarray(0, Math.min(rule.top, rows)), (one, place) =>
    pairOf(names[y[one]!]!, names[x[one]!]!, adjusted[place]!, figures, one * WIDTH),
  );
  const failed = pValues.reduce((count, p) => count + Number(Number.isNaN(p)), 0);
  return {
    names: [...names],
    pairs,
    selected: pairs.filter(({ adjustedPValue }) => adjustedPValue <= rule.falseDiscoveryRate),
    tested: rows - failed,
    failed,
  };
}

function pairOf(
  y: string,
  x: string,
  adjustedPValue: number,
  figures: Float64Array,
  at: number,
): ScreenedPair {
  const reason = reasonOf(figures[at + AT.state]!);
  const pair = {
    y,
    x,
    ratio: figures[at + AT.ratio]!,
    intercept: figures[at + AT.intercept]!,
    correlation: figures[at + AT.correlation]!,
    changeCorrelation: figures[at + AT.changeCorrelation]!,
    statistic: figures[at + AT.statistic]!,
    pValue: figures[at + AT.pValue]!,
    adjustedPValue,
    halfLife: figures[at + AT.halfLife]!,
    lags: figures[at + AT.lags]!,
    observations: figures[at + AT.observations]!,
  };
  return reason === undefined ? pair : { ...pair, reason };
}

/** By size, NaN last. */
function isBefore(a: number, b: number): boolean {
  return a < b || Number.isNaN(b);
}

/** Puts a ranking right that is nearly so: rows that moved in the last digits, past others as near. */
function settle(rank: Uint32Array, compare: (a: number, b: number) => number): void {
  for (let i = 1; i < rank.length; i++) {
    const one = rank[i]!;
    let place = i;
    for (; place > 0 && compare(rank[place - 1]!, one) > 0; place--) rank[place] = rank[place - 1]!;
    rank[place] = one;
  }
}

/** By code units, which no locale changes. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
