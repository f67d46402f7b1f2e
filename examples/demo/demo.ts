import { join } from 'node:path';
import { study } from './analysis.js';
import { chartOf } from './chart.js';
import { InputError, Interrupted, UsageError } from './failure.js';
import { HELP } from './help.js';
import { numbersInFull } from './numbers-in-full.js';
import { type DemoOptions, readOptions } from './options.js';
import { page } from './page.js';
import type { PairData } from './pair-data.js';
import { Progress } from './progress.js';
import { readFiles } from './read-files.js';
import { report, reportText } from './report.js';
import { simulatedPair } from './simulated-pair.js';
import { checkPlace, writeWhole } from './write-page.js';

/** Where the demo writes: the report to `out`, complaints and progress to `error`. */
export interface DemoIo {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  readonly errorIsTerminal: boolean;
}

/**
 * Runs the demo. The exit code is 0 when all went well, 1 for data it cannot use, 2 for a command line it cannot read,
 * and 128 more than the signal when one came while the page was written.
 */
export async function demo(argv: readonly string[], io: DemoIo): Promise<number> {
  try {
    const options = readOptions(argv);
    if (options) await run(options, io);
    else io.out(HELP);
    return 0;
  } catch (error) {
    if (error instanceof Interrupted) return 128 + error.signal;
    if (!(error instanceof InputError || error instanceof UsageError)) throw error;
    io.error(`${error.message.replace(/\s*[\r\n]+\s*/g, ' ')}\n`);
    return error instanceof UsageError ? 2 : 1;
  }
}

async function run(options: DemoOptions, io: DemoIo): Promise<void> {
  if (options.out !== undefined) await checkPlace(options.out, options.files);
  const data =
    options.files.length === 0
      ? await simulatedPair(options)
      : await readFiles(options, new Progress(io.error, io.errorIsTerminal));
  const findings = study(data, options);
  const chart = chartOf(findings);
  const words = report(findings, chart);
  const place = options.out ?? defaultPlace(data);
  // First the report: a page that cannot be written does not cost it.
  io.out(options.json ? numbersInFull(findings, chart, place) : reportText(words));
  await checkPlace(place, options.files);
  await writeWhole(place, page(words, chart));
  if (!options.json) io.out(`\nChart: ${place}\n`);
}

function defaultPlace({ source, y, x }: PairData): string {
  const name = source === 'simulated' ? 'simulated' : `${y.name}-on-${x.name}`;
  return join('report', `${name.replace(/[^\w.-]+/g, '_')}.html`);
}
