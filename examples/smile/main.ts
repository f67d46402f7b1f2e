// The smile of a chain in a file: npx tsx examples/smile/main.ts chain.csv smile.html [--spot 9.42] [--rate 0.001]
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { impliedVolatilities } from 'hedgerow';
import { readChain } from './chain.js';
import { smilePage } from './page.js';

/** Draws the chain in one file to another; returns how many rows have a volatility, and how many there are. */
export function drawSmile(
  from: string,
  to: string,
  { spot = NaN, rate = 0 }: { readonly spot?: number; readonly rate?: number } = {},
): { readonly solved: number; readonly rows: number } {
  const bytes = readFileSync(from);
  const chain = readChain((from.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'), spot);
  const found = impliedVolatilities({ ...chain, rate });
  writeFileSync(to, smilePage(basename(from), chain, found));
  return { solved: found.reason.filter((why) => why === null).length, rows: found.reason.length };
}

if (process.argv[1]?.endsWith('main.ts')) {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { spot: { type: 'string' }, rate: { type: 'string' } },
  });
  const [from, to] = positionals;
  if (!from || !to) throw new Error('which chain, and where to: chain.csv smile.html');
  const { solved, rows } = drawSmile(from, to, {
    spot: Number(values.spot ?? NaN),
    rate: Number(values.rate ?? 0),
  });
  console.log(`${solved} of ${rows} rows have a volatility; the smile is in ${to}`);
}
