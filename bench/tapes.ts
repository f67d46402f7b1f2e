// Seeded data: what a market leaves behind, made the same on every machine.
import { blackScholesChain } from 'hedgerow';

/** Uniform numbers in [0, 1): Park & Miller (1988). */
function uniforms(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

export interface Legs {
  readonly y: Float64Array;
  readonly x: Float64Array;
}

/** Two prices that wander together; in the middle trading halts for a while and both stand still. */
export function legs(length: number): Legs {
  const uniform = uniforms(1);
  const halt = length >> 1;
  const y = new Float64Array(length);
  const x = new Float64Array(length);
  let price = 60_000;
  for (let i = 0; i < length; i++) {
    price += 10 * (uniform() - 0.5);
    const halted = i > halt && i < halt + length / 50;
    x[i] = halted ? x[halt]! : price;
    y[i] = halted ? y[halt]! : 0.06 * price + 3 * (uniform() + uniform());
  }
  return { y, x };
}

/** The same with one price printed a billion times too high: a fat finger. */
export function legsWithABadTick(length: number): Legs {
  const { y, x } = legs(length);
  x[length >> 2]! *= 1e9;
  y[length >> 2]! *= 1e9;
  return { y, x };
}

/** A busy day's trades in order of time, 120 a second, with silences: on a price grid, in whole milliseconds. */
export function trades(length: number): { time: Float64Array; price: Float64Array; quantity: Float64Array } {
  const uniform = uniforms(2);
  const time = new Float64Array(length);
  const price = new Float64Array(length);
  const quantity = new Float64Array(length);
  let now = Date.UTC(2026, 0, 1);
  let tick = 6_000_000;
  for (let i = 0; i < length; i++) {
    const u = uniform();
    now += u < 1e-6 ? 60_000 : Math.floor(17 * u);
    tick += Math.floor(uniform() * 7) - 3;
    time[i] = now;
    price[i] = tick / 100;
    quantity[i] = (1 + Math.floor(uniform() * 1000)) / 1000;
  }
  return { time, price, quantity };
}

/** A chain of options within two deviations of the money, out of the money each, with the prices of their volatilities. */
export interface OptionTape {
  readonly type: readonly ('call' | 'put')[];
  readonly spot: number;
  readonly strike: Float64Array;
  readonly years: Float64Array;
  readonly rate: number;
  readonly volatility: Float64Array;
  readonly price: Float64Array;
}

export function options(length: number): OptionTape {
  const uniform = uniforms(3);
  const column = (): Float64Array => new Float64Array(length);
  const [strike, years, volatility] = [column(), column(), column()];
  const type: ('call' | 'put')[] = [];
  for (let i = 0; i < length; i++) {
    years[i] = 0.02 + 2 * uniform();
    volatility[i] = 0.1 + 0.5 * uniform();
    const deviations = 4 * uniform() - 2;
    strike[i] = 100 * Math.exp(deviations * volatility[i]! * Math.sqrt(years[i]!));
    type.push(deviations > 0 ? 'call' : 'put');
  }
  const terms = { type, spot: 100, strike, years, rate: 0.02, volatility };
  return { ...terms, price: blackScholesChain(terms, { greeks: ['price'] }).price };
}
