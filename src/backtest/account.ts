import { type Json, pack, packAll, unpack, unpackAll, unpackPart } from '../core/snapshot.js';
import { type Costs, slippageOf } from './costs.js';

/** A trade that was made. */
export interface Fill {
  /** Milliseconds since 1970 UTC. */
  readonly time: number;
  readonly instrument: string;
  /** Units, signed: a buy is positive. */
  readonly quantity: number;
  /** The price paid or received, half the spread and the slippage in it. */
  readonly price: number;
  /** The commission in money. */
  readonly fee: number;
}

/** What an account has paid, in money. */
export interface Paid {
  readonly fees: number;
  readonly spread: number;
  readonly slippage: number;
  /** Negative where more was received. */
  readonly funding: number;
}

/** Money and positions, valued at the last price of each instrument. */
export class Account {
  readonly positions: Float64Array;
  /** The last finite price of each instrument. */
  private readonly marks: Float64Array;
  fees = 0;
  spread = 0;
  slippage = 0;
  funding = 0;
  /** The value of all that was traded. */
  traded = 0;

  constructor(
    readonly instruments: readonly string[],
    public cash: number,
    private readonly costs: Required<Costs>,
  ) {
    this.positions = new Float64Array(instruments.length);
    this.marks = new Float64Array(instruments.length).fill(NaN);
  }

  /** The price of an instrument, where there is one. */
  mark(k: number, price: number): void {
    if (Number.isFinite(price)) this.marks[k] = price;
  }

  /** Pays funding on a position at its last price. */
  fund(k: number, rate: number): void {
    const due = rate * this.positions[k]! * this.marks[k]!;
    if (!Number.isFinite(due)) return;
    this.cash -= due;
    this.funding += due;
  }

  /** Trades to a position at a price. */
  trade(time: number, k: number, target: number, price: number): Fill {
    const instrument = this.instruments[k]!;
    const quantity = target - this.positions[k]!;
    const size = Math.abs(quantity) * Math.abs(price);
    const half = this.costs.spread / 2;
    const slip = slippageOf(this.costs.slippage, { instrument, quantity, price });
    const paid = price + Math.sign(quantity) * Math.abs(price) * (half + slip);
    const fee = Math.abs(quantity * paid) * this.costs.fee;
    this.positions[k] = target;
    this.cash -= quantity * paid + fee;
    this.fees += fee;
    this.spread += size * half;
    this.slippage += size * slip;
    this.traded += size;
    return { time, instrument, quantity, price: paid, fee };
  }

  /** Money if all were sold at the last prices, free of cost. */
  equity(): number {
    let equity = this.cash;
    for (let k = 0; k < this.positions.length; k++) {
      if (this.positions[k] !== 0) equity += this.positions[k]! * this.marks[k]!;
    }
    return equity;
  }

  /** Sells all at the last prices, at a cost or, where there is nothing left to pay it from, free of it. */
  close(time: number, costs: 'paid' | 'free'): readonly Fill[] {
    const fills: Fill[] = [];
    for (let k = 0; k < this.positions.length; k++) {
      if (this.positions[k] === 0) continue;
      if (costs === 'paid') fills.push(this.trade(time, k, 0, this.marks[k]!));
      else fills.push(this.surrender(time, k));
    }
    return fills;
  }

  private surrender(time: number, k: number): Fill {
    const [quantity, price] = [-this.positions[k]!, this.marks[k]!];
    this.positions[k] = 0;
    this.cash -= quantity * price;
    return { time, instrument: this.instruments[k]!, quantity, price, fee: 0 };
  }

  get paid(): Paid {
    const { fees, spread, slippage, funding } = this;
    return { fees, spread, slippage, funding };
  }

  save(): Json {
    return {
      positions: packAll(this.positions),
      marks: packAll(this.marks),
      ...Object.fromEntries(AMOUNTS.map((name) => [name, pack(this[name])])),
    };
  }

  load(saved: Json | undefined): void {
    const state = unpackPart(saved);
    this.positions.set(unpackAll(state['positions'], this.positions.length));
    this.marks.set(unpackAll(state['marks'], this.marks.length));
    for (const name of AMOUNTS) this[name] = unpack(state[name]);
  }
}

const AMOUNTS = ['cash', 'fees', 'spread', 'slippage', 'funding', 'traded'] as const;
