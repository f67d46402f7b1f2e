import { OptionError } from '../core/errors.js';

/** A confidence strictly between 0 and 1; one that looks like a percentage is refused with the number that was meant. */
export function checkConfidence(who: string, value: unknown, name = 'confidence'): number {
  if (typeof value === 'number' && value > 0 && value < 1) return value;
  const received = typeof value === 'string' ? `'${value}'` : String(value);
  const meant = typeof value === 'number' && value > 1 && value < 100 ? `; did you mean ${value / 100}?` : '';
  throw new OptionError(`${who}: ${name} must be between 0 and 1, received ${received}${meant}`);
}

/** The chance beyond a confidence: 0.05 for 0.95, where 1 − 0.95 in doubles is 0.050000000000000044. */
export function tailProbability(confidence: number): number {
  const p = 1 - confidence;
  // Fifteen places undo the rounding of the subtraction; a tail thinner than that has none to undo.
  return p > 1e-12 ? Number(p.toFixed(15)) : p;
}

/** count · p, a whole number where only rounding keeps it from one. */
export function placeOf(count: number, p: number): number {
  const place = count * p;
  const whole = Math.round(place);
  return Math.abs(place - whole) <= 4 * Number.EPSILON * whole ? whole : place;
}
