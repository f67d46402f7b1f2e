import type { BoundedLine } from './bounded-line.js';
import { hasten } from './shrinking.js';
import { turnAbout } from './turn-about.js';

/** Below this many observations the line is led by weights alone to near where it rests: among few there can be several such places. */
const FEW = 300;

/** Rounds before it is given up: a bad tick of 1e308 shrinks by a constant factor a round until it is among the rest. */
const ROUNDS = 1000;
const STEPS_OF_FEW = 3e6;

/** Moves the line until it rests, and returns the deviation of its residuals; 0 where it goes through the points. */
export function settle(
  line: BoundedLine,
  tuning: number,
  isStarted: boolean,
): { readonly deviation: number; readonly converged: boolean } {
  if (!isStarted) line.weightedStep(Infinity);
  const isFew = line.v.length < FEW;
  const rounds = isFew ? STEPS_OF_FEW / line.v.length : ROUNDS;
  const weighted = isStarted ? 0 : isFew ? Infinity : 3;
  let deviation = NaN;
  let collapsing = NaN;
  let glance = 2;
  let lately = NaN;
  let before = { slope: NaN, level: NaN };
  for (let round = 0; round < rounds; round++) {
    const found = line.deviation();
    if (!(found > line.noise)) {
      if (!throughThePoints(line)) turnAbout(line);
      return { deviation: 0, converged: true };
    }
    // Steps that go back and forth meet in the middle.
    const expected = Number.isNaN(line.expected) ? deviation : line.expected;
    const drift = Math.abs(found - expected);
    deviation = round < 50 || (isFew && found < deviation) ? found : (found + deviation) / 2;
    // A deviation that shrinks without end does so by a constant factor: look whether it ends in nothing.
    if (!(deviation >= collapsing)) {
      if (collapsing > 0 && collapses(line, deviation)) return { deviation: 0, converged: true };
      collapsing = deviation / 100;
    }
    if (isFew && round >= glance && line.moved < NEAR * deviation) {
      const end = whereItRests(line, tuning, deviation);
      if (end !== undefined) return { deviation: end, converged: true };
      glance = round + 4;
    }
    if (isFew && round % 16 === 15) {
      if (deviation > lately / 10) {
        hasten(line, before, tuning * deviation);
        deviation = line.deviation();
      }
      lately = deviation;
    }
    before = { slope: line.slope, level: line.level };
    // Weights first, as they lead from a poor line safely; then Newton's steps, which end it.
    if (round < weighted || round % 10 === 9 || !line.newtonStep(tuning, deviation)) {
      line.weightedStep(tuning * deviation);
    }
    if (line.moved + drift <= 1e-14 * deviation + line.rounding) {
      return { deviation: Number.isNaN(line.expected) ? line.deviation() : line.expected, converged: true };
    }
  }
  return { deviation: line.deviation(), converged: false };
}

/** Steps that move the line by less than this many deviations may be near where it rests. */
const NEAR = 0.03;

/**
 * Newton's steps from near where the line rests to there, and the deviation there. Nothing, and the line where it was,
 * where they find no place, or one that a weighted step does not come closer to.
 */
function whereItRests(line: BoundedLine, tuning: number, deviation: number): number | undefined {
  const { slope, level } = line;
  let end: number | undefined;
  let size = deviation;
  for (let step = 0; step < 6 && end === undefined && line.newtonStep(tuning, size); step++) {
    const expected = line.expected;
    size = line.deviation();
    if (!(size > line.noise)) {
      if (!throughThePoints(line)) turnAbout(line);
      end = 0;
    } else if (
      line.moved + Math.abs(size - (step === 0 ? deviation : expected)) <=
      1e-14 * size + line.rounding
    )
      end = size;
    if (!(size < 2 * deviation)) break;
  }
  const found = { slope: line.slope, level: line.level };
  line.slope = slope;
  line.level = level;
  line.deviation();
  if (end === undefined) return undefined;

  const before = line.distanceTo(found);
  line.weightedStep(tuning * deviation);
  const after = line.distanceTo(found);
  if (after < before || before <= 1e-14 * deviation + line.rounding) {
    line.slope = found.slope;
    line.level = found.level;
    return end;
  }
  line.slope = slope;
  line.level = level;
  return undefined;
}

/** Whether at least half of the points lie on the line through those within the deviation: the line is then that one. */
function collapses(line: BoundedLine, deviation: number): boolean {
  const { slope, level } = line;
  if (line.onlyWithin(deviation) && line.onlyWithin(deviation) && !(line.deviation() > line.noise)) {
    if (throughThePoints(line)) return true;
  }
  line.slope = slope;
  line.level = level;
  return false;
}

/** Fits the points that lie on the line but for rounding; false where they determine none. */
function throughThePoints(line: BoundedLine): boolean {
  for (let again = 0; again < 3; again++) if (!line.onlyWithin(4 * line.noise)) return false;
  return true;
}
