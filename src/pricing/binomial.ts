import { OptionError } from '../core/errors.js';
import type { Checked, Dividend } from './american-terms.js';

/** How a tree moves: up or down by a factor, up with a chance. */
export interface Branch {
  readonly up: number;
  readonly down: number;
  /** Risk-neutral chance of an upward step, and of a downward one to its own last digits. */
  readonly chance: number;
  readonly rest: number;
}

/** What a tree shows of an option: its value, and the values of the first nodes. */
export interface TreeValue {
  readonly price: number;
  readonly delta: number;
  readonly gamma: number;
  /** −∂V/∂T from the middle node two steps on: only where down undoes up. */
  readonly theta: number;
}

/** The present value of the dividends up to expiry, seen from each step of the tree. */
function escrow({ years, rate }: Checked, dividends: readonly Dividend[], steps: number): Float64Array {
  const out = new Float64Array(steps + 1);
  for (const { years: when, amount } of dividends) {
    if (when > years) continue;
    for (let i = 0; i <= steps; i++) {
      const now = (years * i) / steps;
      if (now < when) out[i]! += amount * Math.exp(-rate * (when - now));
    }
  }
  return out;
}

/**
 * Backward induction through a recombining tree, exercising wherever that is worth more. Dividends in money are set aside:
 * the tree is of the share without the present value of those to come, which every node adds again.
 *
 * Source: Hull, "Options, Futures, and Other Derivatives", chapter 21.1–21.3 (9th edition).
 */
export function treeValue(
  who: string,
  terms: Checked,
  { up, down, chance, rest }: Branch,
  steps: number,
  dividends: readonly Dividend[] = [],
): TreeValue {
  const { sign, strike, years, rate } = terms;
  const aside = escrow(terms, dividends, steps);
  const spot = terms.spot - aside[0]!;
  if (!(spot > 0)) {
    throw new OptionError(
      `${who}: dividends must be worth less than the spot, received ${aside[0]} of ${terms.spot}`,
    );
  }
  const time = years / steps;
  const discount = Math.exp(-rate * time);
  const upWeight = discount * chance;
  const downWeight = discount * rest;
  const logUp = Math.log(up);
  const logDown = Math.log(down);
  const logSpot = Math.log(spot);
  const values = new Float64Array(steps + 1);
  const ratios = new Float64Array(steps + 1);
  for (let j = 0; j <= steps; j++) {
    const price = Math.exp(logSpot + j * logUp + (steps - j) * logDown);
    ratios[j] = price;
    values[j] = Math.max(sign * (price + aside[steps]! - strike), 0);
  }
  const backward = 1 / down;
  let delta = 0;
  let gamma = 0;
  let later = 0;
  for (let i = steps - 1; i >= 0; i--) {
    const cash = aside[i]! - strike;
    // One step back, the node under which j ups lie is one fall less deep.
    for (let j = 0; j <= i; j++) {
      const price = ratios[j]! * backward;
      ratios[j] = price;
      const held = upWeight * values[j + 1]! + downWeight * values[j]!;
      const cashed = sign * (price + cash);
      values[j] = held > cashed ? held : cashed;
    }
    if (i === 2) {
      const [low, middle, high] = [spot * down * down, spot * up * down, spot * up * up];
      gamma =
        ((values[2]! - values[1]!) / (high - middle) - (values[1]! - values[0]!) / (middle - low)) /
        (0.5 * (high - low));
      later = values[1]!;
    }
    if (i === 1) delta = (values[1]! - values[0]!) / (spot * (up - down));
  }
  return { price: values[0]!, delta, gamma, theta: (later - values[0]!) / (2 * time) };
}

/** The steps of Cox, Ross & Rubinstein (1979), "Option pricing: a simplified approach", J. Fin. Econ. 7: up is e^(σ√Δt), down undoes it. */
export function binomialBranch(
  who: string,
  { years, rate, dividendYield, volatility }: Checked,
  steps: number,
): Branch {
  const time = years / steps;
  const move = volatility * Math.sqrt(time);
  const growth = (rate - dividendYield) * time;
  const up = Math.exp(move);
  const down = Math.exp(-move);
  const chance = Math.expm1(growth + move) / Math.expm1(2 * move);
  if (!(chance >= 0 && chance <= 1)) {
    const needed = Math.ceil(((rate - dividendYield) / volatility) ** 2 * years) + 1;
    throw new OptionError(
      `${who}: needs at least ${needed} steps for drift to stay within a step of volatility, received ${steps}`,
    );
  }
  return { up, down, chance, rest: (-Math.expm1(growth - move) * up) / (Math.expm1(2 * move) / up) };
}
