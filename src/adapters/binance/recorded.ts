import { checkChoice, checkOptions } from '../../core/checks.js';
import { FeedError } from '../../core/errors.js';
import type { Source } from '../queue/source.js';
import { badMessage } from './fields.js';
import type { Message } from './message.js';
import { checkSymbol } from './options.js';
import { parseFrame } from './parse-frame.js';
import { type BinanceBar, readKline } from './parse-rest.js';
import { type BinanceTrade, readTrade } from './trade.js';

/** What is read in the lines of a text, which comes in pieces of any size; what is empty or none is passed over. */
async function* readLines<Row extends object>(
  who: string,
  text: Source<string>,
  read: (line: string, number: number) => Row | undefined,
): AsyncGenerator<Row, void, undefined> {
  let rest = '';
  let number = 0;
  const readOne = (padded: string): Row | undefined => {
    const line = padded.trim();
    number++;
    try {
      return line === '' ? undefined : read(line, number);
    } catch (error) {
      if (!(error instanceof FeedError)) throw error;
      throw new FeedError('bad-message', `${who}: line ${number}: ${error.message}`);
    }
  };
  for await (const piece of text) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop()!;
    for (const line of lines) {
      const row = readOne(line);
      if (row) yield row;
    }
  }
  const last = readOne(rest);
  if (last) yield last;
}

/** What an archive file holds: `aggTrades` and `trades` of the exchange, or `klines` of one length. */
export type ArchiveKind = 'aggTrades' | 'trades' | 'klines';

export interface ArchiveOptions {
  readonly kind: ArchiveKind;
  readonly symbol: string;
}

/** A cell as a number; what is none is complained of by whoever reads it. */
function numeric(cell: string | undefined): number | undefined {
  return cell ? Number(cell) : undefined;
}

function archivedTrade(symbol: string, cells: readonly string[], time: number): BinanceTrade {
  const maker = cells[time + 1]?.toLowerCase();
  const fields = {
    ...{ T: numeric(cells[time]), p: cells[1], q: cells[2] },
    m: maker === 'true' || (maker === 'false' ? false : maker),
  };
  return readTrade(symbol, fields, numeric(cells[0]));
}

function archivedBar(symbol: string, cells: readonly string[]): BinanceBar {
  return readKline(
    symbol,
    cells.map((cell, i) => (i === 0 || i === 8 ? numeric(cell) : cell)),
  );
}

/**
 * The rows of a CSV file of Binance's archive, as the feeds would have given them. Times may be in milliseconds, or in
 * microseconds as spot's are from 2025 on; a header may be there or not. The text may come in pieces of any size.
 *
 * Source: Binance, "binance-public-data".
 *
 * @throws OptionError; when read, FeedError `bad-message` naming the line
 * @example
 * ```ts
 * const text = ['0,0.20000000,50.00000000,0,0,1735689600010866,False,True\n'];
 * const rows = [];
 * for await (const trade of binanceArchive(text, { kind: 'aggTrades', symbol: 'BTCUSDT' })) rows.push(trade);
 * rows[0]; // → { type: 'trade', symbol: 'BTCUSDT', id: 0, time: 1735689600010.866, price: 0.2, quantity: 50, side: 'buy' }
 * ```
 */
export function binanceArchive(
  text: Source<string>,
  options: ArchiveOptions & { readonly kind: 'aggTrades' | 'trades' },
): AsyncGenerator<BinanceTrade, void, undefined>;
export function binanceArchive(
  text: Source<string>,
  options: ArchiveOptions & { readonly kind: 'klines' },
): AsyncGenerator<BinanceBar, void, undefined>;
export function binanceArchive(
  text: Source<string>,
  options: ArchiveOptions,
): AsyncGenerator<BinanceTrade | BinanceBar, void, undefined> {
  checkOptions('binanceArchive', options, ['kind', 'symbol']);
  checkChoice('binanceArchive', 'kind', options.kind, ['aggTrades', 'trades', 'klines']);
  checkSymbol('binanceArchive', options.symbol);
  const { kind, symbol } = options;
  return readLines('binanceArchive', text, (line, number) => {
    // Some files have a header, most have none.
    if (number === 1 && !/^\d/.test(line)) return undefined;
    const cells = line.split(',');
    if (kind === 'klines') return archivedBar(symbol, cells);
    return archivedTrade(symbol, cells, kind === 'aggTrades' ? 5 : 4);
  });
}

/** A message as a recorder wrote it down, and when it did. */
export interface RecordedMessage {
  /** By the recorder's clock, in milliseconds since 1970 UTC. */
  readonly time: number;
  readonly message: Message;
}

/** Nanoseconds, a space and the frame; or seconds, a colon, a space and the frame. */
const RECORDED = /^(\d{19}|\d{9,10}(?:\.\d+)?):? (.*)$/;

/**
 * Frames that a recorder wrote down, a line each: the receipt time (nanoseconds, or seconds and a colon), a space, and
 * the frame byte for byte. Lines that begin with an address are passed over. Goes into `replay` as it is.
 *
 * @throws FeedError `bad-message` naming the line
 * @example
 * ```ts
 * const text = ['1723161254087896568 {"e":"serverShutdown","E":1770123456789}\n'];
 * for await (const { time, message } of binanceRecording(text)) [time, message.type];
 * ```
 */
export function binanceRecording(text: Source<string>): AsyncGenerator<RecordedMessage, void, undefined> {
  return readLines('binanceRecording', text, (line) => {
    if (/^wss?:/.test(line)) return undefined;
    const [, clock, frame] = RECORDED.exec(line) ?? [];
    if (clock === undefined) throw badMessage('a line', 'a time and a frame', line);
    const time = clock.length === 19 && !clock.includes('.') ? Number(clock) / 1e6 : Number(clock) * 1000;
    return { time, message: parseFrame(frame!) };
  });
}
