import type { BoundedLine } from './bounded-line.js';

/** The line is left so many times as far from the others as they are from each other. */
const ROOM = 1e5;

/**
 * Hastens a line that wild prices pull away from all others: what is left of their pull shrinks by a factor a round that may
 * be near 1, always in one direction, towards the line through the others. It goes most of that way at once.
 */
export function hasten(
  line: BoundedLine,
  before: { readonly slope: number; readonly level: number },
  limit: number,
): void {
  const { slope, level } = line;
  const rise = slope - before.slope;
  const lift = level - before.level;
  if (!line.onlyWithin(limit)) return;
  const far = line.largestOf(slope, level, limit);
  const toRise = line.slope - slope;
  const toLift = line.level - level;
  const across = Math.abs(rise * toLift - lift * toRise);
  const along = Math.abs(rise * toLift) + Math.abs(lift * toRise);
  const isStraight = across <= 1e-3 * along && (rise * toRise > 0 || lift * toLift > 0);
  const left = (ROOM * far) / limit;
  const share = isStraight && left < 0.5 ? left : 1;
  line.slope = share < 1 ? line.slope - share * toRise : slope;
  line.level = share < 1 ? line.level - share * toLift : level;
}
