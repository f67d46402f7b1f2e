import { checkOptions } from '../../core/checks.js';

/** Spot, or futures margined in dollars. */
export type Market = 'spot' | 'usdm';

/** Addresses to use instead of the exchange's own, for another region, a proxy or a test. */
export interface Endpoints {
  /** Where streams are, without `/stream`; on USD-M with its route, as `wss://fstream.binance.com/market`. */
  readonly stream?: string;
  /** Where requests go, without `/api` or `/fapi`. */
  readonly rest?: string;
}

/** What a market asks of its clients. Weights are those of the exchange's documentation, November 2026. */
export interface MarketRules {
  readonly rest: string;
  /** Routes must not be mixed in one address: trades and klines come by one, quotes and books by the other. */
  readonly stream: { readonly market: string; readonly public: string };
  readonly path: string;
  readonly weightPerMinute: number;
  readonly weights: { readonly aggTrades: number; readonly klines: number; readonly depth: number };
}

/** One address for both routes. */
const both = (address: string): MarketRules['stream'] => ({ market: address, public: address });

const RULES: Readonly<Record<Market, MarketRules>> = {
  spot: {
    // Data only, without an account.
    rest: 'https://data-api.binance.vision',
    stream: both('wss://data-stream.binance.vision'),
    path: '/api/v3',
    weightPerMinute: 6000,
    weights: { aggTrades: 4, klines: 2, depth: 50 },
  },
  usdm: {
    rest: 'https://fapi.binance.com',
    stream: { market: 'wss://fstream.binance.com/market', public: 'wss://fstream.binance.com/public' },
    path: '/fapi/v1',
    weightPerMinute: 2400,
    weights: { aggTrades: 20, klines: 5, depth: 20 },
  },
};

/** A market's rules with the caller's addresses in them. */
export function rulesOf(who: string, market: Market, endpoints: Endpoints): MarketRules {
  checkOptions(who, endpoints, ['stream', 'rest']);
  const rules = RULES[market];
  const bare = (address: string): string => address.replace(/\/+$/, '');
  return {
    ...rules,
    rest: bare(endpoints.rest ?? rules.rest),
    stream: endpoints.stream ? both(bare(endpoints.stream)) : rules.stream,
  };
}
