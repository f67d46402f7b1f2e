// npm run bench [-- name …] [--quick]: hedgerow against the packages that npm has for the same work, in one run.
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import type { Contest } from './contest.js';
import { adfTests } from './contests/adf.js';
import { americans } from './contests/american.js';
import { bars } from './contests/bars.js';
import { exponentials } from './contests/exponential.js';
import { hedges } from './contests/hedges.js';
import { regressions } from './contests/ols.js';
import { optionChains } from './contests/options.js';
import { simulations, tailRisks } from './contests/risk.js';
import { rollingLive } from './contests/rolling-live.js';
import { rollingWhole } from './contests/rolling-whole.js';
import { covariances, screens } from './contests/screen.js';
import { shapes } from './contests/shape.js';
import { hold, type Outcome } from './measure.js';
import { table } from './report.js';

const words = process.argv.slice(2);
const quick = words.includes('--quick');
const wanted = words.filter((word) => !word.startsWith('--'));
const effort = quick ? { rounds: 3, seconds: 0.05, shrink: 10 } : { rounds: 7, seconds: 0.15, shrink: 1 };

const contests = [
  ...rollingWhole,
  ...rollingLive,
  ...exponentials,
  ...shapes,
  ...bars,
  ...regressions,
  ...hedges,
  ...adfTests,
  ...screens,
  ...covariances,
  ...optionChains,
  ...americans,
  ...tailRisks,
  ...simulations,
] as Contest<unknown>[];
const chosen = contests.filter(({ name }) => wanted.every((word) => name.includes(word)));
if (chosen.length === 0) throw new Error(`no workload is named ${wanted.join(' ')}`);

const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as Record<
  'dependencies' | 'devDependencies',
  Record<string, string>
>;
const versions: Record<string, string> = { ...dependencies, ...devDependencies };
const peers = new Set(chosen.flatMap(({ entrants }) => entrants.slice(1).map(({ name }) => name)));
console.log(`Node ${process.version}, V8 ${process.versions.v8}, ${cpus().length} processors.`);
console.log(`Peers: ${[...peers].map((name) => `${name} ${versions[name]}`).join(', ') || 'none'}.`);

const outcomes: Outcome[] = [];
for (const contest of chosen) {
  process.stderr.write(`${contest.name} …\n`);
  const held = hold(contest, effort);
  outcomes.push(...held);
  // As they come: the whole run takes a quarter of an hour.
  console.log(`\n${table(held)}`);
  if (contest.alone) console.log(`\n${contest.name}: ${contest.alone}`);
}

const wrong = outcomes.filter(({ name, error, hostileError = 0, tolerance }) => {
  return name === 'hedgerow' && !(Math.max(error, hostileError) <= tolerance);
});
if (wrong.length > 0) {
  console.log(`\nhedgerow is wrong in ${wrong.map(({ contest }) => contest).join(', ')}.`);
  process.exitCode = 1;
}
