// One feed against a fake exchange with every fault, seed after seed: `npm run soak`, or `npm run soak -- 100 50000`.
import { soak } from '../test/support/soak.js';

const [seeds = 50, trades = 100_000] = process.argv.slice(2).map(Number);
const gc = (globalThis as { gc?: () => void }).gc;
const heap = (): number => {
  gc?.();
  return process.memoryUsage().heapUsed / 2 ** 20;
};

const totals: Record<string, number> = {};
const add = (name: string, count: number): void => {
  totals[name] = (totals[name] ?? 0) + count;
};
/** The largest of the highest marks, not their sum. */
const peak = (name: string, count: number): void => {
  totals[name] = Math.max(totals[name] ?? 0, count);
};
const heaps: number[] = [];
let wrong = 0;
let traded = 0;
let received = 0;
let missing = 0;
let seconds = 0;

console.log('seed     traded   received  missing  gaps  connections  requests   seconds  heap MB');
for (let seed = 1; seed <= seeds; seed++) {
  const began = performance.now();
  const report = await soak({ seed, trades, hours: 30, pausing: seed % 4 === 0 });
  const took = (performance.now() - began) / 1000;
  const { counts } = report;
  heaps.push(heap());
  for (const [name, count] of Object.entries(counts))
    (name.startsWith('most') ? peak : add)(`feed ${name}`, count);
  for (const [name, count] of Object.entries(report.done)) add(`exchange ${name}`, count);
  for (const [name, count] of Object.entries(report.gaps)) add(`gaps ${name}`, count);
  for (const [name, count] of Object.entries(report.statuses)) add(`status ${name}`, count);
  for (const [name, count] of Object.entries(report.violations)) add(`violation ${name}`, count);
  traded += report.traded;
  received += report.received;
  missing += report.missing;
  seconds += took;
  wrong += report.wrong.length + report.socketsLeft;
  for (const text of report.wrong) console.log(`seed ${seed} WRONG: ${text}`);
  const columns: [number | string, number][] = [
    ...([
      [seed, 4],
      [report.traded, 10],
      [report.received, 10],
      [report.missing, 8],
      [counts.gaps, 5],
    ] as const),
    ...([
      [counts.connections, 12],
      [counts.requests, 9],
      [took.toFixed(1), 9],
    ] as const),
    [heaps.at(-1)!.toFixed(1), 8],
  ].map(([text, width]) => [text as number | string, width as number]);
  console.log(columns.map(([text, width]) => String(text).padStart(width)).join(' '));
}

console.log('');
for (const name of Object.keys(totals).sort()) console.log(`${name.padEnd(34)} ${totals[name]}`);
const violations = Object.keys(totals).filter((name) => name.startsWith('violation') && totals[name]! > 0);
const unseen = [
  ...['firstDataMissed', 'silences', 'replacedForAge', 'replacedForShutdown', 'replacedForSilence', 'lost'],
  ...[
    'replacedForDeafness',
    'limited',
    'banned',
    'firewall',
    'region',
    'shed',
    'duplicates',
    'garbage',
    'pauses',
  ],
].filter((name) => !totals[`feed ${name}`]);
const settled = heaps[Math.min(2, heaps.length - 1)]!;
console.log(
  `\n${seeds} seeds: ${traded} traded = ${received} received + ${missing} named missing; ${wrong} wrong; ` +
    `paths not seen: ${unseen.join(' ') || 'none'}; rules broken: ${violations.join(' ') || 'none'}; ` +
    `heap ${settled.toFixed(1)} MB after seed ${Math.min(3, seeds)}, ${heaps.at(-1)!.toFixed(1)} MB after the last; ` +
    `${Math.round(traded / seconds)} trades a second of this machine, 30 hours a seed.`,
);
if (
  wrong > 0 ||
  violations.length > 0 ||
  traded !== received + missing ||
  (seeds >= 20 && unseen.length > 0)
) {
  process.exitCode = 1;
}
