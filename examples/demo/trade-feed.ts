import { InputError } from './failure.js';
import type { TradeLayout } from './layout.js';
import { parseNumber } from './numbers.js';
import { quoted } from './quoted.js';
import { isBlank, type RowBlock, type Table } from './table.js';
import { epochMilliseconds, parseDate, showTime } from './timestamps.js';
import { TradeIds } from './trade-ids.js';

/** Trades in the order they happened. */
export interface TradeBlock {
  readonly time: ArrayLike<number>;
  readonly price: ArrayLike<number>;
  readonly quantity: ArrayLike<number>;
}

/** One leg's trades, block by block. */
export interface TradeFeed {
  readonly name: string;
  readonly blocks: AsyncGenerator<TradeBlock>;
}

/** What a trade must satisfy, and which trades are wanted. */
export interface TradeRules {
  readonly every: number;
  readonly from: number;
  readonly to: number;
  readonly prices: 'raw' | 'log';
}

/** A silence of more bars than this is a mistake in the data or in the bar length. */
const MOST_EMPTY_BARS = 500_000;

/** Below this a count of milliseconds is before 1973, and a count of seconds is before the year 5138. */
const LEAST_LIKELY_MILLISECONDS = 1e11;

/** The trades of a file, each row checked against the one before it. */
export function tradeFeed(table: Table, layout: TradeLayout, rules: TradeRules): TradeFeed {
  return { name: table.name, blocks: readTrades(table, layout, rules) };
}

async function* readTrades(table: Table, layout: TradeLayout, rules: TradeRules): AsyncGenerator<TradeBlock> {
  const reader = new TradeReader(table, layout, rules);
  for await (const rows of table.blocks) {
    const block = reader.read(rows);
    if (block.time.length > 0) yield block;
    if (reader.finished) return;
  }
  if (reader.rows === 0) throw new InputError(`${table.name}: has a header but no trades`);
}

class TradeReader {
  rows = 0;
  /** Whether the last wanted moment has passed. */
  finished = false;
  private previousTime = -Infinity;
  private previousKept = NaN;
  private readonly ids = new TradeIds();
  private readonly secondsAreLikely: boolean;

  constructor(
    private readonly table: Table,
    private readonly layout: TradeLayout,
    private readonly rules: TradeRules,
  ) {
    // A column called time_ms means what it says.
    this.secondsAreLikely = table.header[layout.time]!.toLowerCase() !== 'time_ms';
  }

  read(block: RowBlock): TradeBlock {
    const { layout, rules } = this;
    const [time, price, quantity]: [number[], number[], number[]] = [[], [], []];
    for (let i = 0; i < block.rows.length; i++) {
      const row = block.rows[i]!;
      const line = block.firstLine + i;
      if (isBlank(row, layout.width, (reason) => this.refuse(line, reason))) continue;
      const now = this.timeOf(row[layout.time]!, line);
      const paid = this.numberOf('price', row[layout.price]!, line);
      const size = this.numberOf('quantity', row[layout.quantity]!, line);
      if (size < 0) this.refuse(line, `quantity is negative: ${quoted(row[layout.quantity]!)}`);
      if (now < this.previousTime) {
        const [here, before] = [showTime(now), showTime(this.previousTime)];
        this.refuse(line, `is out of order: ${here} after ${before}`);
      }
      const fault = layout.id === undefined ? undefined : this.ids.fault(row[layout.id]!);
      if (fault !== undefined) this.refuse(line, fault);
      this.previousTime = now;
      this.rows++;
      if (now < rules.from) continue;
      if (now > rules.to) {
        this.finished = true;
        break;
      }
      if (paid <= 0 && rules.prices === 'log') {
        this.refuse(line, `the price ${paid} of ${showTime(now)} has no logarithm; use --prices raw`);
      }
      if (now - this.previousKept > MOST_EMPTY_BARS * rules.every) {
        const bars = Math.floor((now - this.previousKept) / rules.every).toLocaleString('en-US');
        this.refuse(line, `comes after a silence of ${bars} bars; use a longer --every`);
      }
      this.previousKept = now;
      time.push(now);
      price.push(paid);
      quantity.push(size);
    }
    return { time, price, quantity };
  }

  private timeOf(cell: string, line: number): number {
    const count = parseNumber(cell);
    const time = Number.isNaN(count) ? parseDate(cell.trim()) : epochMilliseconds(count);
    if (Number.isNaN(time)) this.refuse(line, `time is not a moment since 1970: '${quoted(cell)}'`);
    if (this.secondsAreLikely && count < LEAST_LIKELY_MILLISECONDS) {
      this.refuse(line, `time ${quoted(cell)} looks like seconds; milliseconds are expected`);
    }
    return time;
  }

  private numberOf(name: string, cell: string, line: number): number {
    const value = parseNumber(cell);
    if (Number.isNaN(value)) this.refuse(line, `${name} is not a number: '${quoted(cell)}'`);
    return value;
  }

  private refuse(line: number, reason: string): never {
    throw new InputError(`${this.table.name} row ${line}: ${reason}`);
  }
}
