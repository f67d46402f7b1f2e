import { checkBetween, checkOptions } from '../core/checks.js';
import { OptionError } from '../core/errors.js';

/** An order about to be filled. */
export interface OrderToFill {
  readonly instrument: string;
  /** Units, signed: a buy is positive. */
  readonly quantity: number;
  /** The price before costs. */
  readonly price: number;
}

/** What trading costs, as shares of the price. Nothing unless said. */
export interface Costs {
  /** The commission, a share of the value traded. */
  readonly fee?: number;
  /** From bid to ask; half of it is paid on a fill. */
  readonly spread?: number;
  /** How much worse than the quote a fill is: a share, or a share for each order. */
  readonly slippage?: number | ((order: OrderToFill) => number);
}

/** The checked costs. */
export function checkCosts(who: string, costs: Costs): Required<Costs> {
  checkOptions(`${who} costs`, costs, ['fee', 'spread', 'slippage']);
  const { fee = 0, spread = 0, slippage = 0 } = costs;
  // Exchanges pay for some orders: a fee may be negative.
  checkBetween(who, 'costs.fee', fee, -1, 1);
  checkBetween(who, 'costs.spread', spread, 0, 1);
  if (typeof slippage !== 'function') checkBetween(who, 'costs.slippage', slippage, 0, 1);
  return { fee, spread, slippage };
}

/** The share of an order's price that slips away. */
export function slippageOf(slippage: Required<Costs>['slippage'], order: OrderToFill): number {
  if (typeof slippage === 'number') return slippage;
  const share = slippage(order);
  if (share >= 0 && share < Infinity) return share;
  throw new OptionError(`backtest: slippage must give a share of the price from 0 up, received ${share}`);
}
