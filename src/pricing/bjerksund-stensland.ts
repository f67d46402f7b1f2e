import { normalLogCdf } from '../math/normal.js';
import type { Checked } from './american-terms.js';
import type { Approximation } from './barone-adesi-whaley.js';
import { bivariateNormalCdf } from './bivariate-normal.js';

/** A call as the papers see it: b is what the underlying drifts by. */
interface Call {
  readonly s: number;
  readonly k: number;
  readonly t: number;
  readonly r: number;
  readonly b: number;
  readonly v: number;
}

/** A put is a call with spot and strike, rate and yield exchanged. */
function callOf({ sign, spot, strike, years, rate, dividendYield, volatility }: Checked): Call {
  return sign > 0
    ? { s: spot, k: strike, t: years, r: rate, b: rate - dividendYield, v: volatility }
    : { s: strike, k: spot, t: years, r: dividendYield, b: dividendYield - rate, v: volatility };
}

/** The power of the perpetual option. */
function betaOf({ r, b, v }: Call): number {
  const a = 0.5 - b / (v * v);
  return a + Math.sqrt(a * a + (2 * r) / (v * v));
}

/**
 * Where the option is exercised when the price so far may reach: from the trigger of the last moment towards the one that
 * holds for ever. An option that is never exercised if it lasts has none: the trigger then grows with the reach alone.
 */
function bent(soon: number, forever: number, reach: number, share: number): number {
  const gap = forever - soon;
  const rise = Math.max(reach, 0) * share;
  return Math.abs(gap) < 1e9 * soon ? soon - gap * Math.expm1(-rise / gap) : soon + rise;
}

/** e^λ s^γ times the chance of ending below h without having met the trigger, over s^γ at unit: φ of the papers. */
function phi({ s, r, b, v }: Call, t: number, gamma: number, h: number, trigger: number): number {
  const root = v * Math.sqrt(t);
  const drift = (b + (gamma - 0.5) * v * v) * t;
  const lambda = (-r + gamma * b + 0.5 * gamma * (gamma - 1) * v * v) * t;
  const kappa = (2 * b) / (v * v) + 2 * gamma - 1;
  const d = -(Math.log(s / h) + drift) / root;
  const wall = Math.log(trigger / s);
  const scale = lambda + gamma * Math.log(s);
  return (
    Math.exp(scale + normalLogCdf(d)) - Math.exp(scale + kappa * wall + normalLogCdf(d - (2 * wall) / root))
  );
}

/** (trigger − k) (s/trigger)^β by parts: the α of the papers times what they multiply it with, in logarithms. */
function rebate(call: Call, t: number, beta: number, h: number, trigger: number): number {
  const { s, k } = call;
  // φ with γ = β is of the size of s^β: scaled by the trigger it stays a number
  const scaled = { ...call, s: s / trigger };
  return (trigger - k) * phi(scaled, t, beta, h / trigger, 1);
}

/**
 * The value of exercising at one flat trigger. Source: Bjerksund & Stensland (1993), "Closed-form approximation of American
 * options", Scand. J. Management 9.
 */
export function bjerksundStensland1993(terms: Checked): Approximation {
  const call = callOf(terms);
  const { s, k, t, r, b, v } = call;
  const beta = betaOf(call);
  const forever = (beta / (beta - 1)) * k;
  const soon = Math.max(k, (r / (r - b)) * k);
  const trigger = bent(soon, forever, b * t + 2 * v * Math.sqrt(t), soon);
  const criticalSpot = terms.sign > 0 ? trigger : (terms.strike * terms.spot) / trigger;
  if (s >= trigger) return { price: s - k, criticalSpot };
  const price =
    (trigger - k) * (s / trigger) ** beta -
    rebate(call, t, beta, trigger, trigger) +
    phi(call, t, 1, trigger, trigger) -
    phi(call, t, 1, k, trigger) -
    k * phi(call, t, 0, trigger, trigger) +
    k * phi(call, t, 0, k, trigger);
  return { price, criticalSpot };
}

/** The same with two triggers, one up to `early` and a lower one after it: Ψ of the paper. */
function psi(
  { s, r, b, v }: Call,
  t: number,
  gamma: number,
  h: number,
  upper: number,
  lower: number,
  early: number,
): number {
  const drift = b + (gamma - 0.5) * v * v;
  const root = v * Math.sqrt(early);
  const end = v * Math.sqrt(t);
  const mirror = Math.log((upper * upper) / (s * lower));
  const e1 = (Math.log(s / lower) + drift * early) / root;
  const e2 = (mirror + drift * early) / root;
  const e3 = (Math.log(s / lower) - drift * early) / root;
  const e4 = (mirror - drift * early) / root;
  const f1 = (Math.log(s / h) + drift * t) / end;
  const f2 = (Math.log((upper * upper) / (s * h)) + drift * t) / end;
  const f3 = (Math.log((lower * lower) / (s * h)) + drift * t) / end;
  const f4 = (Math.log((s * lower * lower) / (h * upper * upper)) + drift * t) / end;
  const rho = Math.sqrt(early / t);
  const lambda = (-r + gamma * b + 0.5 * gamma * (gamma - 1) * v * v) * t;
  const kappa = (2 * b) / (v * v) + 2 * gamma - 1;
  const part = (power: number, x: number, y: number, correlation: number): number => {
    const chance = bivariateNormalCdf(x, y, correlation);
    return chance > 0 ? chance * Math.exp(lambda + gamma * Math.log(s) + kappa * power) : 0;
  };
  return (
    part(0, -e1, -f1, rho) -
    part(Math.log(upper / s), -e2, -f2, rho) -
    part(Math.log(lower / s), -e3, -f3, -rho) +
    part(Math.log(lower / upper), -e4, -f4, -rho)
  );
}

/**
 * The value of exercising at a trigger that falls once. Source: Bjerksund & Stensland (2002), "Closed form valuation of
 * American options", NHH discussion paper 2002/09.
 */
export function bjerksundStensland2002(terms: Checked): Approximation {
  const call = callOf(terms);
  const { s, k, t, r, b, v } = call;
  const beta = betaOf(call);
  const early = 0.5 * (Math.sqrt(5) - 1) * t;
  const forever = (beta / (beta - 1)) * k;
  const soon = Math.max(k, (r / (r - b)) * k);
  const triggerOf = (time: number): number =>
    bent(soon, forever, b * time + 2 * v * Math.sqrt(time), (k * k) / soon);
  const lower = triggerOf(t - early);
  const upper = triggerOf(t);
  const criticalSpot = terms.sign > 0 ? upper : (terms.strike * terms.spot) / upper;
  if (s >= upper) return { price: s - k, criticalSpot };
  const near = { ...call, s: s / lower };
  const price =
    (upper - k) * (s / upper) ** beta -
    rebate(call, early, beta, upper, upper) +
    phi(call, early, 1, upper, upper) -
    phi(call, early, 1, lower, upper) -
    k * phi(call, early, 0, upper, upper) +
    k * phi(call, early, 0, lower, upper) +
    (lower - k) * phi(near, early, beta, 1, upper / lower) -
    (lower - k) * psi(near, t, beta, 1, upper / lower, 1, early) +
    psi(call, t, 1, lower, upper, lower, early) -
    psi(call, t, 1, k, upper, lower, early) -
    k * psi(call, t, 0, lower, upper, lower, early) +
    k * psi(call, t, 0, k, upper, lower, early);
  return { price, criticalSpot };
}
