import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** The folder of real market data, or undefined where there is none. */
export const dataFolder: string | undefined = process.env['HEDGEROW_DATA'];

if (dataFolder && !existsSync(dataFolder))
  throw new Error(`HEDGEROW_DATA names a folder that is not there: ${dataFolder}`);
if (!dataFolder) console.warn('HEDGEROW_DATA is not set: tests on real market data are skipped');

/** A CSV file as columns of text by header name; all of them empty where there is no data: a skipped suite reads too. */
export function readColumns(path: string): Record<string, string[]> {
  if (!dataFolder) return new Proxy({}, { get: () => [] });
  const file = join(dataFolder!, path);
  const bytes = readFileSync(file);
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  const [header, ...lines] = text.split(/\r?\n/).filter((line) => line !== '');
  const names = header!.split(',');
  const rows = lines.map((line) => line.split(','));
  return Object.fromEntries(names.map((name, column) => [name, rows.map((row) => row[column]!)]));
}
