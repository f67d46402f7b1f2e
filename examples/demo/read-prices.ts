import { Cursor } from './cursor.js';
import { InputError } from './failure.js';
import { History } from './history.js';
import type { LegFacts, PairData } from './pair-data.js';
import type { DatedPrice, PriceFeed } from './price-feed.js';
import { quoted } from './quoted.js';
import { showTime } from './timestamps.js';

export interface ReadSettings {
  readonly prices: 'raw' | 'log';
  readonly history: number;
  readonly onBlock: (rows: number) => void;
}

/** How the report calls the leg. */
interface Named {
  readonly leg: string;
}

/** What has been seen of one leg. */
class PriceLeg {
  rows = 0;
  matched = 0;
  private priced = 0;
  firstTime = NaN;
  lastTime = NaN;

  constructor(
    private readonly file: string,
    readonly name: string,
    private readonly prices: 'raw' | 'log',
  ) {}

  see({ time, values }: DatedPrice, column: number): void {
    if (this.rows++ === 0) this.firstTime = time;
    this.lastTime = time;
    if (!Number.isNaN(values[column])) this.priced++;
  }

  /** The value of a row both legs have; NaN where its cell is empty. */
  use(row: DatedPrice, column: number): number {
    const value = row.values[column]!;
    if (this.prices === 'log' && value <= 0) {
      const price = `the price ${value} of ${showTime(row.time)}`;
      throw new InputError(`${this.file} row ${row.line}: ${price} has no logarithm; use --prices raw`);
    }
    return value;
  }

  refuseEmpty(): void {
    if (this.rows === 0) throw new InputError(`${this.name}: has no prices from --from to --to`);
    if (this.priced === 0) throw new InputError(`${this.name}: has dates but no prices`);
  }

  facts(): LegFacts {
    const { name, rows, firstTime, lastTime, matched } = this;
    return { name, rows, firstTime, lastTime, unmatched: rows - matched };
  }
}

/** Two files of dated prices, joined on the dates that stand in both. */
export async function readPricePair(
  feeds: { readonly y: PriceFeed & Named; readonly x: PriceFeed & Named },
  settings: ReadSettings,
): Promise<PairData> {
  const cursorOf = (feed: PriceFeed): Cursor<readonly DatedPrice[]> => {
    const cursor: Cursor<readonly DatedPrice[]> = new Cursor(
      feed.blocks,
      (block) => block.length,
      () => settings.onBlock(cursor.length),
    );
    return cursor;
  };
  const [yCursor, xCursor] = [cursorOf(feeds.y), cursorOf(feeds.x)];
  const y = new PriceLeg(feeds.y.name, feeds.y.leg, settings.prices);
  const x = new PriceLeg(feeds.x.name, feeds.x.leg, settings.prices);
  const kept = new History(settings.history);
  try {
    while (!yCursor.done || !xCursor.done) {
      await yCursor.fill();
      await xCursor.fill();
      const [yRow, xRow] = [yCursor.block?.[yCursor.index], xCursor.block?.[xCursor.index]];
      const [yTime, xTime] = [yRow?.time ?? Infinity, xRow?.time ?? Infinity];
      if (yRow && yTime <= xTime) {
        y.see(yRow, 0);
        yCursor.index++;
      }
      if (xRow && xTime <= yTime) {
        x.see(xRow, 0);
        xCursor.index++;
      }
      if (yRow && xRow && yTime === xTime) join(kept, y, x, yRow, xRow, 0);
    }
  } finally {
    await Promise.all([yCursor.close(), xCursor.close()]);
  }
  return finished(kept, y, x);
}

/** Two columns of one file of dated prices. */
export async function readPriceColumns(feed: PriceFeed, settings: ReadSettings): Promise<PairData> {
  const [y, x] = feed.columns.map((name) => new PriceLeg(feed.name, quoted(name), settings.prices));
  const kept = new History(settings.history);
  for await (const block of feed.blocks) {
    settings.onBlock(block.length);
    for (const row of block) {
      y!.see(row, 0);
      x!.see(row, 1);
      join(kept, y!, x!, row, row, 1);
    }
  }
  return finished(kept, y!, x!);
}

function join(
  kept: History,
  y: PriceLeg,
  x: PriceLeg,
  yRow: DatedPrice,
  xRow: DatedPrice,
  xColumn: number,
): void {
  const [yValue, xValue] = [y.use(yRow, 0), x.use(xRow, xColumn)];
  if (Number.isNaN(yValue) || Number.isNaN(xValue)) return;
  y.matched++;
  x.matched++;
  kept.push(yRow.time, yValue, xValue);
}

function finished(kept: History, y: PriceLeg, x: PriceLeg): PairData {
  y.refuseEmpty();
  x.refuseEmpty();
  if (kept.total === 0) {
    const span = (leg: PriceLeg) => `${leg.name} (${showTime(leg.firstTime)} to ${showTime(leg.lastTime)})`;
    throw new InputError(`${span(y)} and ${span(x)} have no date in common`);
  }
  const { time, ...values } = kept.columns();
  return { source: 'prices', every: NaN, y: y.facts(), x: x.facts(), time, values, aligned: kept.total };
}
