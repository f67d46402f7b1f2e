import { DataError } from '../core/errors.js';
import { type Json, packAll, unpackAll } from '../core/snapshot.js';
import type { TradeColumns } from './trade.js';

/** Trades waiting for stragglers, by time and, at one time, by arrival. */
export class HeldTrades {
  private time: number[] = [];
  private price: number[] = [];
  private quantity: number[] = [];

  insert(time: number, price: number, quantity: number): void {
    let place = this.time.length;
    if (place === 0 || time >= this.time[place - 1]!) {
      this.time.push(time);
      this.price.push(price);
      this.quantity.push(quantity);
      return;
    }
    while (place > 0 && this.time[place - 1]! > time) place--;
    this.time.splice(place, 0, time);
    this.price.splice(place, 0, price);
    this.quantity.splice(place, 0, quantity);
  }

  /** Lets go of the trades before `edge`, in order. */
  release(edge: number): TradeColumns {
    let ready = 0;
    while (ready < this.time.length && this.time[ready]! < edge) ready++;
    return {
      time: Float64Array.from(this.time.splice(0, ready)),
      price: Float64Array.from(this.price.splice(0, ready)),
      quantity: Float64Array.from(this.quantity.splice(0, ready)),
    };
  }

  snapshot(): { readonly [column: string]: Json } {
    return {
      time: packAll(this.time),
      price: packAll(this.price),
      quantity: packAll(this.quantity),
    };
  }

  restore(state: { readonly [column: string]: Json }): void {
    this.time = Array.from(unpackAll(state['time']));
    this.price = Array.from(unpackAll(state['price']));
    this.quantity = Array.from(unpackAll(state['quantity']));
    if (this.price.length !== this.time.length || this.quantity.length !== this.time.length) {
      throw new DataError('unreadable', 'snapshot: held trades must have columns of one length');
    }
  }
}
