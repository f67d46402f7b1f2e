import {
  bachelier,
  black76,
  blackScholesChain,
  impliedVolatilities,
  impliedVolatility,
  median,
} from 'hedgerow';
import { describe, expect, it } from 'vitest';
import { dataFolder, readColumns } from '../support/market-data.js';

const numbers = (column: readonly string[]): Float64Array =>
  Float64Array.from(column, (text) => (text === '' || text === 'NaN' ? NaN : Number(text)));
const middle = (bid: Float64Array, ask: Float64Array): Float64Array =>
  bid.map((price, i) => (price + ask[i]!) / 2);
const days = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000;

/** How many rows gave each reason, those with a volatility under `found`. */
function counted(reason: readonly (string | null)[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const why of reason) counts[why ?? 'found'] = (counts[why ?? 'found'] ?? 0) + 1;
  return counts;
}

describe.runIf(dataFolder)('the AAPL chain over its split', () => {
  const chain = readColumns('options/aapl_options_20140606_20140609.csv.gz');
  const spot = numbers(chain['underlying_close']!);
  const strike = numbers(chain['strike']!);
  const years = Float64Array.from(chain['date']!, (date, i) => days(date, chain['expiry']![i]!) / 365);
  const price = middle(numbers(chain['bid_close']!), numbers(chain['ask_close']!));
  const type = chain['type']!.map((word) => (word.toLowerCase().startsWith('c') ? 'call' : 'put'));
  const rate = 0.002;
  const { volatility, reason } = impliedVolatilities({ type, spot, strike, years, rate, price });

  it('gives a volatility or a reason for every row', () => {
    expect(reason.length).toBe(2352 + 2180);
    reason.forEach((why, i) => {
      expect(Number.isNaN(volatility[i])).toBe(why !== null);
    });
    const counts = counted(reason);
    expect(counts['invalid']).toBe(157 + 198); // contracts without a bid
    expect(counts['found']).toBeGreaterThan(3500);
  });

  it('prices back what it came from', () => {
    const back = blackScholesChain({ type, spot, strike, years, rate, volatility }, { greeks: ['price'] });
    back.price.forEach((value, i) => {
      if (reason[i] === null) expect(Math.abs(value - price[i]!)).toBeLessThanOrEqual(1e-12 * spot[i]!);
    });
  });

  it('sees the same volatility at the money before and after the split', () => {
    const atTheMoney = (date: string): number =>
      median(
        Array.from(volatility).filter(
          (_, i) =>
            chain['date']![i] === date &&
            reason[i] === null &&
            Math.abs(strike[i]! / spot[i]! - 1) < 0.03 &&
            years[i]! > 0.1,
        ),
      );
    const [before, after] = [atTheMoney('2014-06-06'), atTheMoney('2014-06-09')];
    expect(before).toBeGreaterThan(0.2);
    expect(before).toBeLessThan(0.3);
    expect(Math.abs(before - after)).toBeLessThan(0.03);
  });
});

describe.runIf(dataFolder)('the SPX chain of 19 April 2013', () => {
  it('has the volatilities of the exchange, where those are not clamped', () => {
    const chain = readColumns('options/spx_options_20130419.csv');
    const strike = numbers(chain['strike']!);
    const vendor = numbers(chain['impvol.p']!);
    const bid = numbers(chain['bid.p']!);
    const puts = middle(bid, numbers(chain['ask.p']!));
    const calls = middle(numbers(chain['bid.c']!), numbers(chain['ask.c']!));
    const years = 62 / 365;
    // The forward that put-call parity shows where the two are nearest.
    const nearest = Array.from(strike).reduce(
      (best, _, i) => (Math.abs(calls[i]! - puts[i]!) < Math.abs(calls[best]! - puts[best]!) ? i : best),
      0,
    );
    const forward = strike[nearest]! + calls[nearest]! - puts[nearest]!;
    expect(forward).toBeGreaterThan(1540);
    expect(forward).toBeLessThan(1560);
    const { volatility, reason } = impliedVolatilities({
      type: 'put',
      forward,
      strike,
      years,
      rate: 0,
      price: puts,
    });
    expect(reason.length).toBe(171);
    const misses = Array.from(strike, (k, i) =>
      reason[i] === null && bid[i]! > 0 && vendor[i] !== 43.6 && k < forward
        ? Math.abs(100 * volatility[i]! - vendor[i]!)
        : NaN,
    ).filter((miss) => !Number.isNaN(miss));
    expect(misses.length).toBeGreaterThan(50);
    expect(median(misses)).toBeLessThan(0.5); // points: the vendor's clock and rate are not known
  });
});

describe.runIf(dataFolder)('the VIX chain of 25 June 2013', () => {
  it('loses no row over empty bids', () => {
    const chain = readColumns('options/vix_options_20130625.csv');
    const strike = numbers(chain['strike']!);
    for (const [type, side] of [
      ['call', 'c'],
      ['put', 'p'],
    ] as const) {
      const bid = numbers(chain[`bid.${side}`]!);
      const price = middle(bid, numbers(chain[`ask.${side}`]!));
      const { volatility, reason } = impliedVolatilities({
        type,
        forward: 19.5,
        strike,
        years: 57 / 365,
        rate: 0,
        price,
      });
      expect(reason.length).toBe(35);
      expect(counted(reason)['invalid']).toBe(side === 'c' ? 4 : 5);
      const found = Array.from(volatility).filter((x) => !Number.isNaN(x));
      expect(found.length).toBeGreaterThan(15);
      expect(Math.max(...found)).toBeLessThan(2.5);
    }
  });
});

describe.runIf(dataFolder)('the TSLA chain of May 2016', () => {
  it('has a volatility for nearly every row, with a rate for each expiry', () => {
    const chain = readColumns('options/tsla_options_20160502.csv');
    const rates = readColumns('options/tsla_rates_20160502.csv');
    const curve = new Map(rates['time']!.map((time, i) => [time, Number(rates['rate']![i])]));
    const { volatility, reason } = impliedVolatilities({
      type: chain['callput']!.map((side) => (side === '1' ? 'call' : 'put')),
      spot: 241.8,
      strike: numbers(chain['K']!),
      years: numbers(chain['time']!),
      rate: Float64Array.from(chain['time']!, (time) => curve.get(time) ?? NaN),
      price: numbers(chain['mid']!),
    });
    const counts = counted(reason);
    expect(reason.length).toBe(857);
    expect(counts['invalid'] ?? 0).toBe(0);
    // American calls deep in the money may trade below the European's intrinsic value.
    expect(counts['found']).toBeGreaterThan(780);
    const usual = median(Array.from(volatility).filter((x) => !Number.isNaN(x)));
    expect(usual).toBeGreaterThan(0.35);
    expect(usual).toBeLessThan(0.65);
  });
});

describe.runIf(dataFolder)('the WTI chain of October 2012', () => {
  const chain = readColumns('options/wti_options_20121001.csv');
  const strike = numbers(chain['strike']!);
  const price = numbers(chain['settlement']!);
  const vendor = numbers(chain['impliedvolatility']!);
  const type = chain['type']!.map((letter) => (letter === 'C' ? 'call' : 'put'));
  const solve = (strikes: Float64Array) =>
    impliedVolatilities({ type, forward: 92.85, strike: strikes, years: 43 / 365, rate: 0.002, price });

  it('has the volatilities of the exchange near the money', () => {
    const { volatility, reason } = solve(strike.map((cents) => cents / 100));
    expect(reason.length).toBe(332);
    const misses = Array.from(strike, (cents, i) =>
      reason[i] === null && Math.abs(cents / 9285 - 1) < 0.15 ? Math.abs(volatility[i]! - vendor[i]!) : NaN,
    ).filter((miss) => !Number.isNaN(miss));
    expect(misses.length).toBeGreaterThan(80);
    expect(median(misses)).toBeLessThan(0.01);
  });

  it('has a reason for every row when cents are taken for dollars', () => {
    const { reason } = solve(strike);
    // A call struck at 9,000 dollars has a volatility, of many hundred per cent; a put is far below its intrinsic value.
    reason.forEach((why, i) => {
      if (type[i] === 'put') expect(why).toBe('below-intrinsic');
    });
  });
});

describe.runIf(dataFolder)('the Ford chain of December 2020', () => {
  it('loses no row where the broker has NaN', () => {
    const chain = readColumns('options/ford_options_20201209.csv');
    const vendor = numbers(chain['volatility']!);
    const bid = numbers(chain['bid']!);
    const { volatility, reason } = impliedVolatilities({
      type: chain['putCall']!.map((word) => (word === 'CALL' ? 'call' : 'put')),
      spot: 9.425,
      strike: numbers(chain['strikePrice']!),
      years: numbers(chain['daysToExpiration']!).map((count) => count / 365),
      rate: 0.001,
      price: middle(bid, numbers(chain['ask']!)),
    });
    expect(reason.length).toBe(494);
    const misses = Array.from(vendor, (percent, i) =>
      reason[i] === null && percent > 0 && percent < 150 && bid[i]! > 0.05
        ? Math.abs(100 * volatility[i]! - percent)
        : NaN,
    ).filter((miss) => !Number.isNaN(miss));
    expect(misses.length).toBeGreaterThan(150);
    expect(median(misses)).toBeLessThan(3); // points
    // Where the broker gave up, nearly every row has a volatility; four calls are quoted below what exercise brings.
    expect(counted(reason)).toEqual({ found: 469, 'below-intrinsic': 25 });
    expect(counted(reason.filter((_, i) => Number.isNaN(vendor[i])))).toEqual({
      found: 116,
      'below-intrinsic': 4,
    });
  });
});

describe.runIf(dataFolder)('WTI on 20 April 2020', () => {
  const oil = readColumns('oil/wti_spot_daily.csv');
  const forward = Number(oil['Price']![oil['Date']!.indexOf('2020-04-20')]);
  const terms = { type: 'put', forward, strike: 10, years: 1 / 365, rate: 0 } as const;

  it('is priced below zero by Bachelier, and has a volatility there', () => {
    expect(forward).toBe(-36.98);
    const put = bachelier({ ...terms, volatility: 400 });
    expect(put.price).toBeGreaterThan(46.98);
    const back = impliedVolatility({ ...terms, price: put.price }, { model: 'bachelier' });
    expect(Math.abs(back / 400 - 1)).toBeLessThan(1e-12);
  });

  it('is refused by Black-76 in words', () => {
    expect(() => black76({ ...terms, volatility: 0.5 })).toThrow(
      'black76: forward must be a positive number, received -36.98; bachelier prices any sign',
    );
  });
});
