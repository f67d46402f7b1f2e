import { InputError } from './failure.js';
import { type PriceLayout, priceColumn } from './layout.js';
import { parseNumber } from './numbers.js';
import { quoted } from './quoted.js';
import { isBlank, type Table } from './table.js';
import { epochMilliseconds, parseDate, showTime } from './timestamps.js';

/** One dated price, and the row it stands in. */
export interface DatedPrice {
  readonly time: number;
  /** One value a column asked for; NaN for an empty cell. */
  readonly values: readonly number[];
  readonly line: number;
}

/** Dated prices of a file, block by block in order of time. */
export interface PriceFeed {
  readonly name: string;
  readonly columns: readonly string[];
  readonly blocks: AsyncGenerator<readonly DatedPrice[]>;
}

/** Which dates are wanted. */
export interface PriceRules {
  readonly from: number;
  readonly to: number;
}

/** The prices of some columns of a file, by name; `undefined` is the column that looks like the price. */
export function priceFeed(
  table: Table,
  layout: PriceLayout,
  wanted: readonly (string | undefined)[],
  rules: PriceRules,
): PriceFeed {
  const columns = wanted.map((name) => priceColumn(table.name, layout, name));
  return {
    name: table.name,
    columns: columns.map(({ name }) => name),
    blocks: readPrices(table, layout, columns, rules),
  };
}

async function* readPrices(
  table: Table,
  layout: PriceLayout,
  columns: readonly { readonly name: string; readonly column: number }[],
  rules: PriceRules,
): AsyncGenerator<readonly DatedPrice[]> {
  let previous = -Infinity;
  let rows = 0;
  for await (const block of table.blocks) {
    const out: DatedPrice[] = [];
    for (let i = 0; i < block.rows.length; i++) {
      const row = block.rows[i]!;
      const line = block.firstLine + i;
      const refuse = (reason: string): never => {
        throw new InputError(`${table.name} row ${line}: ${reason}`);
      };
      if (isBlank(row, layout.width, refuse)) continue;
      const cell = row[layout.date]!.trim();
      const time = /^\d{12,19}$/.test(cell) ? epochMilliseconds(Number(cell)) : parseDate(cell);
      if (Number.isNaN(time)) refuse(`date is not a date: '${quoted(cell)}'`);
      if (time === previous) refuse(`repeats the date ${showTime(time)}`);
      if (time < previous) refuse(`is out of order: ${showTime(time)} after ${showTime(previous)}`);
      previous = time;
      rows++;
      const values = columns.map(({ name, column }) => {
        const text = row[column]!.trim();
        const value = parseNumber(text);
        if (Number.isNaN(value) && text !== '') refuse(`${quoted(name)} is not a number: '${quoted(text)}'`);
        return value;
      });
      if (time < rules.from) continue;
      if (time > rules.to) {
        if (out.length > 0) yield out;
        return;
      }
      out.push({ time, values, line });
    }
    if (out.length > 0) yield out;
  }
  if (rows === 0) throw new InputError(`${table.name}: has a header but no prices`);
}
