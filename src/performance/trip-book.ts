import { DataError } from '../core/errors.js';
import { type Json, pack, packDeep, unpack, unpackDeep } from '../core/snapshot.js';
import { decimalSum } from '../math/decimal.js';

/** What was bought (positive) or sold (negative), when and at what price. */
export interface TradeFill {
  readonly time: number;
  readonly price: number;
  readonly quantity: number;
  /** Money paid for the fill, in all; 0 unless said, negative for a rebate. */
  readonly fee?: number;
  /** What was traded, where that is not always the same: fills close only what is held of their own instrument. */
  readonly instrument?: string;
}

/** A part of a position from its opening to its closing. */
export interface RoundTrip {
  /** That of its fills, where they have one. */
  readonly instrument?: string;
  /** Positive for a long trip. */
  readonly quantity: number;
  readonly entryTime: number;
  readonly exitTime: number;
  readonly entryPrice: number;
  readonly exitPrice: number;
  /** Money made before fees: quantity · (exit − entry). */
  readonly gross: number;
  /** The trip's share of the fees of both its fills. */
  readonly fees: number;
  /** gross − fees. */
  readonly net: number;
  /** Milliseconds from entry to exit. */
  readonly holding: number;
}

/** Where the money came from. */
export interface ProfitAttribution {
  /** Held now; NaN over several instruments, which do not add up. */
  readonly position: number;
  /** Mean entry price of what is held; NaN when flat, and over several instruments. */
  readonly averagePrice: number;
  /** Gross profit of all trips. */
  readonly realised: number;
  /** Profit of what is held at the mark; 0 when flat. */
  readonly unrealised: number;
  /** All fees paid so far. */
  readonly fees: number;
  /** realised + unrealised − fees. */
  readonly net: number;
}

/** What is left of a fill that opened. */
interface Lot {
  readonly time: number;
  readonly price: number;
  readonly quantity: number;
  readonly feePerUnit: number;
}

/** What is held of one instrument, the oldest first, and the money made with it. */
export class TripBook {
  private lots: Lot[] = [];
  private realised = 0;
  private fees = 0;

  /** The trips that a fill closes; what it does not close it opens. */
  fill({ time, price, quantity, fee = 0, instrument }: TradeFill): RoundTrip[] {
    this.fees += fee;
    const feePerUnit = fee / Math.abs(quantity);
    const named = instrument === undefined ? {} : { instrument };
    const trips: RoundTrip[] = [];
    let left = quantity;
    while (left !== 0 && this.lots.length > 0 && this.lots[0]!.quantity > 0 !== left > 0) {
      const lot = this.lots[0]!;
      const closed = Math.sign(lot.quantity) * Math.min(Math.abs(lot.quantity), Math.abs(left));
      const gross = closed * (price - lot.price);
      const fees = Math.abs(closed) * (lot.feePerUnit + feePerUnit);
      trips.push({
        ...named,
        quantity: closed,
        entryTime: lot.time,
        exitTime: time,
        entryPrice: lot.price,
        exitPrice: price,
        gross,
        fees,
        net: gross - fees,
        holding: time - lot.time,
      });
      this.realised += gross;
      left = decimalSum([left, closed]);
      const rest = decimalSum([lot.quantity, -closed]);
      if (rest === 0) this.lots.shift();
      else this.lots[0] = { ...lot, quantity: rest };
    }
    if (left !== 0) this.lots.push({ time, price, quantity: left, feePerUnit });
    return trips;
  }

  get isFlat(): boolean {
    return this.lots.length === 0;
  }

  /** The money so far, what is held valued at `mark`. */
  account(mark: number): ProfitAttribution {
    const position = decimalSum(this.lots.map(({ quantity }) => quantity));
    const unrealised = this.lots.reduce((total, lot) => total + lot.quantity * (mark - lot.price), 0);
    const cost = this.lots.reduce((total, lot) => total + lot.quantity * lot.price, 0);
    const { realised, fees } = this;
    const net = realised + unrealised - fees;
    return { position, averagePrice: cost / position, realised, unrealised, fees, net };
  }

  save(): { [key: string]: Json } {
    const { lots, realised, fees } = this;
    return { lots: packDeep(lots), realised: pack(realised), fees: pack(fees) };
  }

  load(state: { readonly [key: string]: Json }): void {
    const lots = unpackDeep(state['lots'] ?? null);
    if (!Array.isArray(lots)) {
      throw new DataError('unreadable', 'RoundTrips.from: a part of the state is not there');
    }
    this.lots = lots as Lot[];
    this.realised = unpack(state['realised']);
    this.fees = unpack(state['fees']);
  }
}
