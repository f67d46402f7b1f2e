import { InputError } from './failure.js';
import { quoted } from './quoted.js';

/** Where the cells of a trade stand in a row. */
export interface TradeLayout {
  readonly kind: 'trades';
  readonly id: number | undefined;
  readonly price: number;
  readonly quantity: number;
  readonly time: number;
  readonly width: number;
}

/** Where the date and the value columns stand in a row. */
export interface PriceLayout {
  readonly kind: 'prices';
  readonly date: number;
  readonly values: readonly { readonly name: string; readonly column: number }[];
  readonly width: number;
}

const ID = ['trade_id', 'agg_trade_id', 'id'];
const QUANTITY = ['qty', 'quantity', 'amount', 'size'];
const TRADE_TIME = ['time_ms', 'time', 'timestamp', 'transact_time'];
const DATE = ['date', 'datetime', 'day', 'open_time', 'open_time_ms', 'time', 'timestamp', 'time_ms'];
const PRICE = ['price', 'adj close', 'close', 'value'];

/** What kind of file this is, judged by its header. */
export function layoutOf(name: string, header: readonly string[]): TradeLayout | PriceLayout {
  const lower = header.map((cell) => cell.toLowerCase());
  const find = (names: readonly string[]): number | undefined =>
    names.map((candidate) => lower.indexOf(candidate)).find((column) => column >= 0);
  const refuse = (reason: string): never => {
    throw new InputError(`${name} row 1: ${reason}`);
  };
  const twice = header.find((cell, i) => cell !== '' && lower.indexOf(lower[i]!) < i);
  if (twice !== undefined) refuse(`two columns are called ${quoted(twice)}`);

  const width = header.length;
  const [price, quantity, time, date] = [find(['price']), find(QUANTITY), find(TRADE_TIME), find(DATE)];
  if (price !== undefined && quantity !== undefined && time !== undefined) {
    return { kind: 'trades', id: find(ID), price, quantity, time, width };
  }
  const values = header
    .map((cell, column) => ({ name: cell, column }))
    .filter(({ name, column }) => column !== date && name !== '');
  if (date !== undefined && values.length > 0) return { kind: 'prices', date, values, width };

  const separator = width === 1 ? /[;\t|]/.exec(header[0]!)?.[0] : undefined;
  if (separator) {
    refuse(
      `the cells are parted by ${separator === '\t' ? 'tabs' : `'${separator}'`} where commas are expected`,
    );
  }
  const expected = 'neither trades (price, qty, time_ms) nor a Date and a price';
  return refuse(`the header has ${expected}: ${quoted(header.join(','))}`);
}

/** Whether two names mean the same column: case does not tell columns apart. */
export function isSameName(one: string | undefined, other: string | undefined): boolean {
  return one?.toLowerCase() === other?.toLowerCase();
}

/** The value column with a given name, or the one that looks like the price, or the first. */
export function priceColumn(
  file: string,
  layout: PriceLayout,
  wanted: string | undefined,
): { readonly name: string; readonly column: number } {
  const named = (name: string) => layout.values.find((value) => isSameName(value.name, name));
  if (wanted === undefined) return PRICE.map(named).find((value) => value) ?? layout.values[0]!;
  const found = named(wanted);
  if (found) return found;
  const known = layout.values.map(({ name }) => name).join(', ');
  throw new InputError(`${file}: has no column ${quoted(wanted)}; its columns are ${quoted(known)}`);
}
