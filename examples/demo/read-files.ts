import { basename } from 'node:path';
import { InputError, UsageError } from './failure.js';
import { isSameName, layoutOf, type PriceLayout, type TradeLayout } from './layout.js';
import type { DemoOptions } from './options.js';
import type { PairData } from './pair-data.js';
import { type PriceFeed, priceFeed } from './price-feed.js';
import type { Progress } from './progress.js';
import { quoted } from './quoted.js';
import { type ReadSettings, readPriceColumns, readPricePair } from './read-prices.js';
import { readTradePair } from './read-trades.js';
import { openTable, type Table } from './table.js';
import { tradeFeed } from './trade-feed.js';

const ONE_SECOND = 1000;

/** The pair in one or two files, whichever kind they are. */
export async function readFiles(options: DemoOptions, progress: Progress): Promise<PairData> {
  const tables: Table[] = [];
  try {
    for (const path of options.files) tables.push(await openTable(path));
    const settings = {
      ...options,
      onBlock: (rows: number) =>
        progress.add(
          rows,
          tables.map(({ source }) => source),
        ),
    };
    return await readTables(tables, options, settings);
  } finally {
    progress.clear();
    await Promise.all(tables.map((table) => table.close()));
  }
}

function readTables(
  [first, second]: readonly Table[],
  options: DemoOptions,
  settings: ReadSettings,
): Promise<PairData> {
  const layout = layoutOf(first!.name, first!.header);
  if (!second) return readColumns(first!, layout, options, settings);
  const other = layoutOf(second.name, second.header);
  const [yStem, xStem] = [stem(first!.name), stem(second.name)];
  if (layout.kind === 'trades' && other.kind === 'trades') {
    if (options.yColumn !== undefined || options.xColumn !== undefined)
      throw new UsageError(`demo: --y and --x name columns of prices; ${first!.name} holds trades`);
    const every = options.every ?? ONE_SECOND;
    const rules = { ...options, every };
    const [y, x] = legNames(yStem, xStem);
    return readTradePair(
      {
        y: { ...tradeFeed(first!, layout, rules), name: y },
        x: { ...tradeFeed(second, other, rules), name: x },
      },
      { ...settings, every },
    );
  }
  if (layout.kind === 'prices' && other.kind === 'prices') {
    refuseEvery(first!, options);
    const y = priceFeed(first!, layout, [options.yColumn], options);
    const x = priceFeed(second, other, [options.xColumn], options);
    const nameOf = (name: string, { columns }: PriceFeed, { values }: PriceLayout): string =>
      values.length > 1 ? `${name} ${columns[0]}` : name;
    const [yName, xName] = legNames(nameOf(yStem, y, layout), nameOf(xStem, x, other));
    return readPricePair({ y: { ...y, leg: yName }, x: { ...x, leg: xName } }, settings);
  }
  throw new InputError(
    `${first!.name} holds ${layout.kind} and ${second.name} holds ${other.kind}: a pair needs two of a kind`,
  );
}

/** Two columns of one file: those that are named; naming one leaves the first other for its partner. */
function readColumns(
  table: Table,
  layout: TradeLayout | PriceLayout,
  options: DemoOptions,
  settings: ReadSettings,
): Promise<PairData> {
  if (layout.kind === 'trades') {
    throw new InputError(`${table.name}: holds the trades of one leg; give the other leg's file as well`);
  }
  refuseEvery(table, options);
  const { yColumn, xColumn } = options;
  if (yColumn !== undefined && isSameName(yColumn, xColumn)) {
    throw new UsageError(`demo: --y and --x name the same column, ${yColumn}`);
  }
  const names = layout.values.map(({ name }) => name);
  if (names.length < 2) {
    throw new InputError(
      `${table.name}: a pair needs two price columns or a second file, found ${quoted(names[0]!)}`,
    );
  }
  const others = names.filter((name) => !isSameName(name, yColumn) && !isSameName(name, xColumn));
  const y = yColumn ?? others.shift();
  const x = xColumn ?? others.shift();
  return readPriceColumns(priceFeed(table, layout, [y, x], options), settings);
}

/** The name of a file without its folder and endings. */
function stem(path: string): string {
  const name = basename(path);
  return name.replace(/\.gz$/i, '').replace(/\.[a-z]+$/i, '') || name;
}

/** Two names that fit a line and can be told apart. */
function legNames(y: string, x: string): readonly [y: string, x: string] {
  return y === x ? [`${quoted(y)} (y)`, `${quoted(x)} (x)`] : [quoted(y), quoted(x)];
}

function refuseEvery(table: Table, { every }: DemoOptions): void {
  if (every !== undefined)
    throw new UsageError(`demo: --every makes bars from trades; ${table.name} holds prices`);
}
