import { BlackScholes } from '@uqee/black-scholes';
import bs from 'black-scholes';
import greeks from 'greeks';
import { blackScholesChain, impliedVolatilities } from 'hedgerow';
import iv from 'implied-volatility';
import type { Answer, Contest } from '../contest.js';
import { type OptionTape, options } from '../tapes.js';

const SIX = ['price', 'delta', 'gamma', 'vega', 'theta', 'rho'] as const;

/** N(x) by its series about 0, right to 1e-15 for |x| below 6. */
function below(x: number): number {
  let term = x;
  let sum = x;
  for (let k = 3; Math.abs(term) > 1e-18 * Math.abs(sum); k += 2) {
    term *= (x * x) / k;
    sum += term;
  }
  return 0.5 + (sum * Math.exp(-0.5 * x * x)) / Math.sqrt(2 * Math.PI);
}

/** Price and Greeks by the formula of the textbook. */
function textbook(call: boolean, s: number, k: number, t: number, r: number, v: number): number[] {
  const root = v * Math.sqrt(t);
  const d1 = (Math.log(s / k) + (r + 0.5 * v * v) * t) / root;
  const d2 = d1 - root;
  const sign = call ? 1 : -1;
  const density = Math.exp(-0.5 * d1 * d1) / Math.sqrt(2 * Math.PI);
  const strike = k * Math.exp(-r * t);
  const [n1, n2] = [below(sign * d1), below(sign * d2)];
  return [
    sign * (s * n1 - strike * n2),
    sign * n1,
    density / (s * root),
    s * density * Math.sqrt(t),
    (-0.5 * s * density * v) / Math.sqrt(t) - sign * r * strike * n2,
    sign * t * strike * n2,
  ];
}

/** The greatest error over a hundred rows, relative to the value or to a middling one of its column. */
function worst(answer: Answer, tape: OptionTape, right: (i: number) => readonly number[]): number {
  const step = Math.max(Math.floor(tape.strike.length / 100), 1);
  const rows = Array.from({ length: 100 }, (_, i) => (i * step) % tape.strike.length);
  const truth = rows.map(right);
  return Math.max(
    ...answer.map((column, c) => {
      const middling = truth.map((row) => Math.abs(row[c]!)).sort((a, b) => a - b)[50]!;
      const errors = rows.map(
        (row, i) => Math.abs(column[row]! - truth[i]![c]!) / Math.max(Math.abs(truth[i]![c]!), middling),
      );
      return Math.max(...errors.map((error) => (Number.isNaN(error) ? Infinity : error)));
    }),
  );
}

const columns = (count: number, length: number): Float64Array[] =>
  Array.from({ length: count }, () => new Float64Array(length));

export const optionChains: readonly Contest<OptionTape>[] = [
  {
    name: 'option chain: Black–Scholes price and five Greeks',
    unit: 'options',
    size: 2e4,
    least: 20,
    input: options,
    entrants: [
      {
        name: 'hedgerow',
        prepare: ({ price: _, ...terms }) => {
          const out = blackScholesChain(terms, { greeks: SIX });
          return () => blackScholesChain(terms, { greeks: SIX, out });
        },
        read: (chain: Record<(typeof SIX)[number], Float64Array>) => SIX.map((name) => chain[name]),
      },
      {
        name: '@uqee/black-scholes',
        note: 'double precision',
        prepare: ({ type, spot, strike, years, rate, volatility }) => {
          const model = new BlackScholes({ sigmaToPricePrecision: 'double' });
          const out = columns(6, strike.length);
          return () => {
            for (let i = 0; i < strike.length; i++) {
              const row = model.option({
                type: type[i]!,
                underlying: spot,
                strike: strike[i]!,
                time: years[i]!,
                rate,
                sigma: volatility[i]!,
              });
              out[0]![i] = row.price;
              out[1]![i] = row.delta;
              out[2]![i] = row.gamma;
              out[3]![i] = row.vega;
              out[4]![i] = -row.theta;
              out[5]![i] = row.rho;
            }
            return out;
          };
        },
        read: (out: Answer) => out,
      },
      {
        name: 'greeks',
        note: 'with black-scholes for the price',
        prepare: ({ type, spot, strike, years, rate, volatility }) => {
          const out = columns(6, strike.length);
          return () => {
            for (let i = 0; i < strike.length; i++) {
              const side = type[i]!;
              const [k, t, v] = [strike[i]!, years[i]!, volatility[i]!];
              out[0]![i] = bs.blackScholes(spot, k, t, v, rate, side);
              out[1]![i] = greeks.getDelta(spot, k, t, v, rate, side);
              out[2]![i] = greeks.getGamma(spot, k, t, v, rate);
              out[3]![i] = 100 * greeks.getVega(spot, k, t, v, rate);
              out[4]![i] = 365 * greeks.getTheta(spot, k, t, v, rate, side);
              out[5]![i] = 100 * greeks.getRho(spot, k, t, v, rate, side);
            }
            return out;
          };
        },
        read: (out: Answer) => out,
      },
    ],
    check: (answer, tape) =>
      worst(answer, tape, (i) =>
        textbook(
          tape.type[i] === 'call',
          tape.spot,
          tape.strike[i]!,
          tape.years[i]!,
          tape.rate,
          tape.volatility[i]!,
        ),
      ),
    tolerance: 1e-9,
  },
  {
    name: 'option chain: implied volatility',
    unit: 'options',
    size: 2e4,
    least: 20,
    input: options,
    entrants: [
      {
        name: 'hedgerow',
        prepare: ({ volatility: _, ...terms }) => {
          const out = impliedVolatilities(terms);
          return () => impliedVolatilities(terms, { out });
        },
        read: ({ volatility }: { volatility: Float64Array }) => [volatility],
      },
      {
        name: '@uqee/black-scholes',
        note: 'double precision, Newton to 1e-9',
        prepare: ({ type, spot, strike, years, rate, price }) => {
          const model = new BlackScholes({
            sigmaToPricePrecision: 'double',
            priceToSigmaMethod: 'newton-raphson',
            priceToSigmaAccuracy: 1e-9,
            priceToSigmaNRIteractions: 50,
          });
          const out = new Float64Array(strike.length);
          return () => {
            for (let i = 0; i < out.length; i++) {
              out[i] = model.sigma({
                type: type[i]!,
                underlying: spot,
                strike: strike[i]!,
                time: years[i]!,
                rate,
                price: price[i]!,
              });
            }
            return out;
          };
        },
      },
      {
        name: 'implied-volatility',
        note: 'to a cent of price',
        prepare: ({ type, spot, strike, years, rate, price }) => {
          const out = new Float64Array(strike.length);
          return () => {
            for (let i = 0; i < out.length; i++)
              out[i] = iv.getImpliedVolatility(price[i]!, spot, strike[i]!, years[i]!, rate, type[i]!);
            return out;
          };
        },
      },
    ],
    check: (answer, tape) => worst(answer, tape, (i) => [tape.volatility[i]!]),
    tolerance: 1e-9,
  },
];
