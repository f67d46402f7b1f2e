import { InputError, UsageError } from './failure.js';
import { layoutOf, type PriceLayout } from './layout.js';
import type { DemoOptions } from './options.js';
import type { PairData } from './pair-data.js';
import { type PriceFeed, priceFeed } from './price-feed.js';
import type { Progress } from './progress.js';
import { readPriceColumns, readPricePair } from './read-prices.js';
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
  tables: readonly Table[],
  options: DemoOptions,
  settings: { prices: 'raw' | 'log'; history: number; onBlock: (rows: number) => void },
): Promise<PairData> {
  const [first, second] = tables as [Table, Table | undefined];
  const layout = layoutOf(first.name, first.header);
  if (!second) {
    if (layout.kind === 'trades') {
      throw new InputError(`${first.name}: holds the trades of one leg; give the other leg's file as well`);
    }
    refuseEvery(first, options);
    if (layout.values.length < 2 || (options.yColumn ?? '') === options.xColumn) {
      const names = layout.values.map(({ name }) => name).join(', ');
      throw new InputError(
        `${first.name}: a pair needs two price columns or a second file, found ${names || 'none'}`,
      );
    }
    // The first two, unless they are named; naming one leaves the first other for its partner.
    const others = layout.values
      .map(({ name }) => name)
      .filter((name) => ![options.yColumn, options.xColumn].includes(name));
    const y = options.yColumn ?? others.shift();
    const x = options.xColumn ?? others.shift();
    return readPriceColumns(priceFeed(first, layout, [y, x], options), settings);
  }

  const other = layoutOf(second.name, second.header);
  if (layout.kind === 'trades' && other.kind === 'trades') {
    const named = options.yColumn ?? options.xColumn;
    if (named !== undefined)
      throw new UsageError(`demo: --y and --x name columns of prices; ${first.name} holds trades`);
    const every = options.every ?? ONE_SECOND;
    const rules = { ...options, every };
    const [y, x] = legNames(stem(first.name), stem(second.name));
    return readTradePair(
      {
        y: { ...tradeFeed(first, layout, rules), name: y },
        x: { ...tradeFeed(second, other, rules), name: x },
      },
      { ...settings, every },
    );
  }
  if (layout.kind === 'prices' && other.kind === 'prices') {
    refuseEvery(first, options);
    const y = priceFeed(first, layout, [options.yColumn], options);
    const x = priceFeed(second, other, [options.xColumn], options);
    const nameOf = (feed: PriceFeed, { values }: PriceLayout): string =>
      values.length > 1 ? `${stem(feed.name)} ${feed.columns[0]}` : stem(feed.name);
    const [yName, xName] = legNames(nameOf(y, layout), nameOf(x, other));
    return readPricePair({ y: { ...y, leg: yName }, x: { ...x, leg: xName } }, settings);
  }
  throw new InputError(
    `${first.name} holds ${layout.kind} and ${second.name} holds ${other.kind}: a pair needs two of a kind`,
  );
}

/** A file name without its endings. */
function stem(name: string): string {
  return name.replace(/\.gz$/i, '').replace(/\.[a-z]+$/i, '') || name;
}

/** Two names that can be told apart. */
function legNames(y: string, x: string): readonly [y: string, x: string] {
  return y === x ? [`${y} (y)`, `${x} (x)`] : [y, x];
}

function refuseEvery(table: Table, { every }: DemoOptions): void {
  if (every !== undefined)
    throw new UsageError(`demo: --every makes bars from trades; ${table.name} holds prices`);
}
