import { type ParseArgsConfig, parseArgs } from 'node:util';
import { type Duration, duration, HedgerowError } from 'hedgerow';
import { UsageError } from './failure.js';
import { parseDate } from './timestamps.js';

/** What the command line asked for. */
export interface DemoOptions {
  readonly files: readonly string[];
  readonly yColumn: string | undefined;
  readonly xColumn: string | undefined;
  /** Length of a bar in milliseconds; undefined when it was not given. */
  readonly every: number | undefined;
  readonly window: number;
  /** First and last moment taken, in milliseconds since 1970 UTC. */
  readonly from: number;
  readonly to: number;
  readonly prices: 'raw' | 'log';
  readonly enter: number;
  readonly exit: number;
  readonly stop: number | undefined;
  readonly history: number;
  readonly seed: number;
  readonly out: string | undefined;
  readonly json: boolean;
}

const TEXT = { type: 'string' } as const;
const FLAG = { type: 'boolean' } as const;
const KNOWN = {
  y: TEXT,
  x: TEXT,
  every: TEXT,
  window: TEXT,
  from: TEXT,
  to: TEXT,
  prices: TEXT,
  enter: TEXT,
  exit: TEXT,
  stop: TEXT,
  history: TEXT,
  seed: TEXT,
  out: TEXT,
  json: FLAG,
  help: FLAG,
} satisfies ParseArgsConfig['options'];

const DAY = 86_400_000;

/** The command line as options, or undefined when only help was asked for. */
export function readOptions(argv: readonly string[]): DemoOptions | undefined {
  const { values, positionals } = parsed(argv);
  if (values.help) return undefined;

  const window = count('window', values.window ?? '60', 2);
  const enter = level('enter', values.enter ?? '2');
  const exit = level('exit', values.exit ?? '0.5');
  const stop = values.stop === undefined ? undefined : level('stop', values.stop);
  const history = count('history', values.history ?? '200000', 2);
  const prices = values.prices ?? 'raw';
  const from = values.from === undefined ? -Infinity : moment('from', values.from);
  const to = values.to === undefined ? Infinity : moment('to', values.to);

  if (positionals.length > 2) refuse(`takes one or two files, received ${positionals.length}`);
  if (prices !== 'raw' && prices !== 'log') refuse(`--prices must be raw or log, received ${prices}`);
  if (enter === 0) refuse('--enter must be above 0');
  if (exit >= enter) refuse(`--exit must be below --enter, received ${exit} and ${enter}`);
  if (stop !== undefined && stop <= enter)
    refuse(`--stop must be above --enter, received ${stop} and ${enter}`);
  if (history < window) refuse(`--history must hold at least one window, received ${history} and ${window}`);
  if (values.out === '') refuse('--out needs a file name');
  if (from > to) refuse(`--from must not be after --to, received ${values.from} and ${values.to}`);
  for (const name of positionals.length === 0 ? (['from', 'to', 'y', 'x'] as const) : (['seed'] as const)) {
    if (values[name] === undefined) continue;
    refuse(`--${name} ${name === 'seed' ? 'is for the simulated pair, without files' : 'needs a file'}`);
  }

  return {
    files: positionals,
    yColumn: values.y,
    xColumn: values.x,
    every: values.every === undefined ? undefined : barLength(values.every),
    window,
    from,
    to,
    prices: prices as 'raw' | 'log',
    enter,
    exit,
    stop,
    history,
    seed: count('seed', values.seed ?? '1', 0),
    out: values.out,
    json: values.json ?? false,
  };
}

function refuse(reason: string): never {
  throw new UsageError(`demo: ${reason}`);
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: KNOWN, allowPositionals: true });
  } catch (error) {
    // The first sentence says what is wrong; the rest is advice on quoting.
    const [sentence] = (error as Error).message.split(/\.? To |\n/);
    const missing = /^Option '(--\w+).*argument (?:is ambiguous|missing)/.exec(sentence!);
    return refuse(missing ? `${missing[1]} needs a value` : sentence!);
  }
}

function count(name: string, text: string, least: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  if (Number.isSafeInteger(value) && value >= least) return value;
  return refuse(`--${name} must be a whole number of at least ${least}, received ${text}`);
}

function level(name: string, text: string): number {
  const value = /^(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : NaN;
  if (Number.isFinite(value)) return value;
  return refuse(`--${name} must be a number of standard deviations, 0 or more, received ${text}`);
}

function moment(name: string, text: string): number {
  const time = parseDate(text);
  if (Number.isNaN(time)) refuse(`--${name} must be a date such as 2015-01-31, received ${text}`);
  const isWholeDay = !/[T ]/.test(text.trim());
  return name === 'to' && isWholeDay ? time + DAY - 1 : time;
}

function barLength(text: string): number {
  try {
    const isPlain = /^\d+(\.\d+)?$/.test(text);
    return duration('demo', '--every', isPlain ? Number(text) : (text as Duration));
  } catch (error) {
    if (error instanceof HedgerowError) throw new UsageError(error.message);
    throw error;
  }
}
