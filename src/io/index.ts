export { type CsvRow, columnsFromCsv, columnsToCsv, csvRows } from './csv.js';
export { fromJsonLines, toJsonLines } from './json-lines.js';
export {
  type BadRow,
  type BarColumn,
  type BarRecord,
  barsFromCsv,
  barsToCsv,
  type CsvUnits,
  type MarketCsvOptions,
  type TimeUnit,
  type TradeColumn,
  type TradeRecord,
  tradesFromCsv,
  tradesToCsv,
} from './market-csv.js';
export type { TextSource } from './text.js';
