import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import * as hedgerow from 'hedgerow';

/** Bytes that one import adds to a bundle: minified, and minified and gzipped. */
async function size(contents: string): Promise<{ minified: number; gzipped: number }> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: import.meta.dirname },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'browser',
  });
  const code = outputFiles[0]!.contents;
  return { minified: code.length, gzipped: gzipSync(code, { level: 9 }).length };
}

const names = Object.keys(hedgerow).sort();
const rows = await Promise.all(
  names.map(async (name) => ({ name, ...(await size(`export { ${name} } from 'hedgerow';`)) })),
);
const everything = await size(`export * from 'hedgerow';`);

const width = Math.max(...names.map((name) => name.length), 'everything at once'.length);
const line = (name: string, minified: number | string, gzipped: number | string): string =>
  `${name.padEnd(width)} ${String(minified).padStart(9)} ${String(gzipped).padStart(9)}`;
const bytes = (count: number): string => count.toLocaleString('en-US');

console.log(line('import { … } from hedgerow', 'minified', 'gzipped'));
for (const { name, minified, gzipped } of rows.sort((a, b) => a.gzipped - b.gzipped)) {
  console.log(line(name, bytes(minified), bytes(gzipped)));
}
console.log(line('everything at once', bytes(everything.minified), bytes(everything.gzipped)));

// The adapters are subpaths of their own, whole and by what is most used of them.
const adapters = [
  ['hedgerow/binance', '*'],
  ['hedgerow/binance', '{ binanceTrades }'],
  ['hedgerow/binance', '{ parseFrame }'],
  ['hedgerow/queue', '*'],
].map(async ([from, what]) => ({
  what: `${what} from ${from}`,
  ...(await size(`export ${what} from '${from}';`)),
}));
console.log('');
for (const { what, minified, gzipped } of await Promise.all(adapters)) {
  console.log(line(what, bytes(minified), bytes(gzipped)));
}

const middle = rows[rows.length >> 1]!;
const small = rows.filter(({ gzipped }) => gzipped <= 2048).length;
console.log(
  `\n${rows.length} exports: the median one is ${bytes(middle.gzipped)} bytes gzipped, ${small} are 2 kB or less, ` +
    `the largest is ${rows.at(-1)!.name}; all together ${bytes(everything.gzipped)}.`,
);
