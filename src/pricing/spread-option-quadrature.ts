import { normalCdf, normalPdf } from '../math/normal.js';
import { gaussLegendre } from './integral-rule.js';
import { lognormalInto } from './lognormal-into.js';
import type { Legs, Slopes } from './spread-terms.js';

const ONE_OVER_SQRT_2_PI = 0.3989422804014327;

/** A leg before expiry seen from the common shock z: ln of its mean is `base + slope · z`. */
interface Path {
  readonly base: number;
  readonly slope: number;
}

/** What of leg 1 the shock of leg 2 moves, leg 2 itself, and the deviation of what is left of leg 1. */
interface Conditional {
  readonly one: Path;
  readonly two: Path;
  readonly rest: number;
}

function conditional({ f1, f2, years, v1, v2, correlation }: Legs): Conditional {
  const s1 = v1 * Math.sqrt(years);
  const s2 = v2 * Math.sqrt(years);
  const slope = correlation * s1;
  return {
    one: { base: Math.log(f1) - 0.5 * slope * slope, slope },
    two: { base: Math.log(f2) - 0.5 * s2 * s2, slope: s2 },
    rest: s1 * Math.sqrt((1 - correlation) * (1 + correlation)),
  };
}

/** The shocks at which leg 1 is worth leg 2 and the strike, at most two: ln(F2 + K) is convex in the shock, ln F1 straight. */
export function crossings({ one, two }: Conditional, strike: number): readonly number[] {
  const excess = (z: number): number =>
    one.base + one.slope * z - Math.log(Math.exp(two.base + two.slope * z) + strike);
  const reach = 60 + 2 * (Math.abs(one.slope) + two.slope);
  let top = one.slope >= two.slope ? reach : -reach;
  if (one.slope > 0 && one.slope < two.slope) {
    const peak = (Math.log((strike * one.slope) / (two.slope - one.slope)) - two.base) / two.slope;
    top = Math.min(Math.max(peak, -reach), reach);
  }
  const roots: number[] = [];
  for (const end of [-reach, reach]) {
    if (!(excess(top) > 0 && excess(end) < 0)) continue;
    let inside = top;
    let outside = end;
    for (let round = 0; round < 200; round++) {
      const middle = 0.5 * (inside + outside);
      if (middle === inside || middle === outside) break;
      if (excess(middle) > 0) inside = middle;
      else outside = middle;
    }
    roots.push(0.5 * (inside + outside));
  }
  return roots;
}

/** One shock moves both legs: the option is a sum of pieces between the shocks at which the legs cross. Strike above 0. */
function oneFactor(sign: number, legs: Legs, given: Conditional): Slopes {
  const { one, two } = given;
  const { f1, f2, k } = legs;
  const excess = (z: number): number =>
    Math.exp(one.base + one.slope * z) - Math.exp(two.base + two.slope * z) - k;
  const roots = crossings(given, k);
  const edges = [-Infinity, ...roots, Infinity];
  const chance = (from: number, to: number): number =>
    from > 0 ? normalCdf(-from) - normalCdf(-to) : normalCdf(to) - normalCdf(from);
  let [price, delta1, delta2, gamma1, gamma2, crossGamma] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i + 1 < edges.length; i++) {
    const [from, to] = [edges[i]!, edges[i + 1]!];
    const probe =
      from === -Infinity ? (to === Infinity ? 0 : to - 1) : to === Infinity ? from + 1 : 0.5 * (from + to);
    if (!(sign * excess(probe) > 0)) continue;
    const p1 = chance(from - one.slope, to - one.slope);
    const p2 = chance(from - two.slope, to - two.slope);
    price += sign * (f1 * p1 - f2 * p2 - k * chance(from, to));
    delta1 += sign * p1;
    delta2 -= sign * p2;
  }
  for (const z of roots) {
    const x1 = Math.exp(one.base + one.slope * z) / f1;
    const x2 = Math.exp(two.base + two.slope * z) / f2;
    const mass = normalPdf(z) / Math.abs(one.slope * f1 * x1 - two.slope * f2 * x2);
    gamma1 += mass * x1 * x1;
    gamma2 += mass * x2 * x2;
    crossGamma -= mass * x1 * x2;
  }
  return { price: Math.max(price, 0), delta1, delta2, gamma1, gamma2, crossGamma };
}

/**
 * An option on a leg of so small a deviation, written as lognormal Greeks are. What the leg is above the strike is given apart, since
 * it is far smaller than either. The chance between d2 and d1 is the density at their middle times their distance, to the sixth
 * order in it.
 */
function nearRow(
  row: Float64Array,
  sign: number,
  leg: number,
  strike: number,
  excess: number,
  deviation: number,
): void {
  const share = excess / strike;
  const x = Math.abs(share) < 0.5 ? Math.log1p(share) : Math.log(leg / strike);
  const middle = x / deviation;
  const square = middle * middle;
  const s2 = deviation * deviation;
  if (square > 50) {
    lognormalInto(row, sign, leg, strike, 1, 0, 0, deviation, true);
    return;
  }
  const [d1, d2] = [middle + 0.5 * deviation, middle - 0.5 * deviation];
  const bend = ((square - 1) * s2) / 24 + ((square * (square - 6) + 3) * s2 * s2) / 1920;
  const between = deviation * normalPdf(middle) * (1 + bend);
  row[0] = Math.max(sign * excess * normalCdf(sign * d1) + strike * between, 0);
  row[1] = sign * normalCdf(sign * d1);
  row[2] = normalPdf(d1) / (leg * deviation);
  row[14] = -sign * normalCdf(sign * d2);
  row[15] = normalPdf(d2) / (strike * deviation);
}

const WIDTH = 6;

/**
 * Given the shock of leg 2, leg 1 is a lognormal option on a known strike; the integral over the shock is taken by
 * Gauss–Legendre panels that are halved until they agree with their halves. Every part of every sum has one sign, so far
 * tails keep their digits. Source: Pearson (1995), "An efficient approach for pricing spread options", J. Derivatives 3.
 */
export function quadratureSlopes(legs: Legs): Slopes {
  if (legs.k < 0) {
    const { price, delta1, delta2, gamma1, gamma2, crossGamma } = quadratureSlopes({
      ...legs,
      sign: legs.sign > 0 ? -1 : 1,
      f1: legs.f2,
      f2: legs.f1,
      v1: legs.v2,
      v2: legs.v1,
      k: -legs.k,
    });
    return { price, delta1: delta2, delta2: delta1, gamma1: gamma2, gamma2: gamma1, crossGamma };
  }
  const { sign, f1, f2, k } = legs;
  const given = conditional(legs);
  const { one, two, rest } = given;
  if (!(rest > 1e-9 * (Math.abs(one.slope) + two.slope))) return oneFactor(sign, legs, given);

  const row = new Float64Array(17);
  const { points, weights } = gaussLegendre(16);
  const integrand = (z: number, weight: number, out: Float64Array): void => {
    const m1 = one.base + one.slope * z;
    const m2 = two.base + two.slope * z;
    const top = Math.max(m1, m2, Math.log(k));
    const scale = weight * ONE_OVER_SQRT_2_PI * Math.exp(top - 0.5 * z * z);
    if (scale === 0) return;
    const leg1 = Math.exp(m1 - top);
    const leg2 = Math.exp(m2 - top);
    const strike = leg2 + Math.exp(Math.log(k) - top);
    if (rest < 1e-3) {
      // of legs that nearly cancel, the difference as it grows from that of the forwards
      const [a1, a2] = [one.slope * (z - 0.5 * one.slope), two.slope * (z - 0.5 * two.slope)];
      const excess = (f1 - f2 - k + f1 * Math.expm1(a1) - f2 * Math.expm1(a2)) * Math.exp(-top);
      nearRow(row, sign, leg1, strike, excess, rest);
    } else lognormalInto(row, sign, leg1, strike, 1, 0, 0, rest, true);
    out[0]! += scale * row[0]!;
    out[1]! += (scale * row[1]! * leg1) / f1;
    out[2]! += (scale * row[14]! * leg2) / f2;
    // a strike too small for a number has no gamma, whatever it is multiplied with
    if (!(row[2]! > 0 && strike > 0)) return;
    out[3]! += scale * row[2]! * (leg1 / f1) * (leg1 / f1);
    out[4]! += scale * row[15]! * (leg2 / f2) * (leg2 / f2);
    out[5]! -= scale * row[2]! * ((leg1 / strike) * (leg1 / f1)) * (leg2 / f2);
  };
  const panel = (from: number, to: number): Float64Array => {
    const out = new Float64Array(WIDTH);
    for (let i = 0; i < points.length; i++)
      integrand(from + (to - from) * points[i]!, (to - from) * weights[i]!, out);
    return out;
  };

  const shifts = [0, one.slope, two.slope];
  const low = Math.min(...shifts) - 39;
  const high = Math.max(...shifts) + 39;
  const edges = new Set([low, high, ...shifts]);
  for (const root of crossings(given, k)) {
    const share = f2 / (f2 + k * Math.exp(0.5 * two.slope * two.slope - two.slope * root));
    const slope = Math.abs(one.slope - two.slope * share) + 1e-3 * (Math.abs(one.slope) + two.slope);
    for (const by of [-8, -2, 0, 2, 8]) edges.add(root + (by * rest) / slope);
  }
  const whole = (high - low) / 24;
  for (let z = low; z < high; z += whole) edges.add(z);
  const ordered = [...edges].filter((z) => z >= low && z <= high).sort((a, b) => a - b);
  const total = new Float64Array(WIDTH);
  const open: { from: number; to: number; value: Float64Array; depth: number }[] = [];
  for (let i = 0; i + 1 < ordered.length; i++) {
    const [from, to] = [ordered[i]!, ordered[i + 1]!];
    if (!(to > from)) continue;
    const value = panel(from, to);
    open.push({ from, to, value, depth: 0 });
    for (let c = 0; c < WIDTH; c++) total[c]! += value[c]!;
  }
  const done = new Float64Array(WIDTH);
  // rounding may keep a panel from agreeing with its halves: there is an end to it, and all panels come to it in turn
  for (let next = 0; next < open.length; next++) {
    const { from, to, value, depth } = open[next]!;
    const middle = 0.5 * (from + to);
    // what cannot be seen in any sum is not looked at twice
    if (
      value.every((part, c) => Math.abs(part) <= 1e-19 * Math.abs(total[c]!)) ||
      depth > 40 ||
      open.length > 2000
    ) {
      for (let c = 0; c < WIDTH; c++) done[c]! += value[c]!;
      continue;
    }
    const left = panel(from, middle);
    const right = panel(middle, to);
    let isGood = true;
    for (let c = 0; c < WIDTH; c++) {
      const error = Math.abs(value[c]! - left[c]! - right[c]!);
      if (!(error <= 1e-14 * Math.abs(total[c]!) || error <= 1e-14 * Math.abs(value[c]!))) isGood = false;
    }
    if (isGood) for (let c = 0; c < WIDTH; c++) done[c]! += left[c]! + right[c]!;
    else
      open.push(
        { from, to: middle, value: left, depth: depth + 1 },
        { from: middle, to, value: right, depth: depth + 1 },
      );
  }
  return {
    price: done[0]!,
    delta1: done[1]!,
    delta2: done[2]!,
    gamma1: done[3]!,
    gamma2: done[4]!,
    crossGamma: done[5]!,
  };
}
