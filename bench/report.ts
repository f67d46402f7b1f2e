import type { Outcome } from './measure.js';

/** Outcomes as a markdown table, one row an entrant, the contests one under another. */
export function table(outcomes: readonly Outcome[]): string {
  const header = ['workload', 'package', 'a second', 'hedgerow is', 'answer', 'after a bad tick'];
  const rows = outcomes.map((outcome, i) => [
    outcome.contest === outcomes[i - 1]?.contest ? '' : outcome.contest,
    outcome.name + (outcome.note && ` (${outcome.note})`),
    `${short(outcome.speed)} ${outcome.unit}`,
    outcome.name === 'hedgerow' ? '' : `${outcome.ratio.toPrecision(2 + Number(outcome.ratio >= 100))} ×`,
    verdict(outcome.error, outcome.tolerance),
    outcome.hostileError === undefined ? '' : verdict(outcome.hostileError, outcome.tolerance),
  ]);
  const widths = header.map((title, c) => Math.max(title.length, ...rows.map((row) => row[c]!.length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, c) => cell.padEnd(widths[c]!)).join(' | ')} |`;
  return [line(header), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

/** The error, and whether it is one. */
function verdict(error: number, tolerance: number): string {
  if (error === Infinity) return 'WRONG: NaN';
  const size = error === 0 ? 'exact' : error.toExponential(0);
  return error <= tolerance ? size : `WRONG by ${size}`;
}

function short(speed: number): string {
  if (speed >= 1e6) return `${(speed / 1e6).toPrecision(3)} M`;
  return speed >= 1e3 ? `${(speed / 1e3).toPrecision(3)} k` : speed.toPrecision(3);
}
