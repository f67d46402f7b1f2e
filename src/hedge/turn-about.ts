import type { BoundedLine } from './bounded-line.js';

/**
 * Where at least half of the points lie at one place, every line through it leaves them nothing: the slope is then the one
 * at which the others balance, each pulling with all its leverage, the median of their slopes weighted by distance.
 */
export function turnAbout(line: BoundedLine): void {
  const { v, u, level, slope } = line;
  const noise = 4 * line.noise;
  let [pivot, found] = [0, 0];
  for (let i = 0; i < v.length; i++) {
    if (Math.abs(v[i]! - level - slope * u[i]!) > noise) continue;
    pivot += u[i]!;
    found++;
  }
  pivot = found > 0 ? pivot / found : 0;
  const height = level + slope * pivot;
  const others: { readonly slope: number; readonly distance: number }[] = [];
  let left = 0;
  for (let i = 0; i < v.length; i++) {
    const distance = Math.abs(u[i]! - pivot);
    if (Math.abs(v[i]! - level - slope * u[i]!) <= noise || !(distance > 0)) continue;
    others.push({ slope: (v[i]! - height) / (u[i]! - pivot), distance });
    left += distance / 2;
  }
  others.sort((a, b) => a.slope - b.slope);
  let middle = 0;
  while (middle < others.length && left > others[middle]!.distance) left -= others[middle++]!.distance;
  const lower = others[middle];
  if (!lower) return;
  // Where they balance between two slopes, any of these will do: the line keeps its own.
  const upper = left < lower.distance ? lower : (others[middle + 1] ?? lower);
  line.slope = Math.min(Math.max(slope, lower.slope), upper.slope);
  line.level = height - line.slope * pivot;
}
