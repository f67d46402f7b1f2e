import { cointegratedTrades } from 'hedgerow';
import type { PairData } from './pair-data.js';
import { readTradePair } from './read-trades.js';
import type { TradeBlock, TradeFeed } from './trade-feed.js';

const OPENING = Date.UTC(2024, 0, 8, 9, 30);
const BARS = 7200;

/** Two hours of a pair whose truth is known (ratio 1.2, half-life 90 bars), from its ticks like any other. */
export async function simulatedPair(settings: {
  readonly seed: number;
  readonly every: number | undefined;
  readonly history: number;
}): Promise<PairData> {
  const every = settings.every ?? 1000;
  const tapes = cointegratedTrades({
    observations: BARS,
    ratio: 1.2,
    intercept: 15,
    halfLife: 90,
    spreadDeviation: 0.12,
    start: 100,
    volatilityPerObservation: 0.0002,
    startTime: Math.ceil(OPENING / every) * every,
    every,
    interval: every / 4,
    tickSize: 0.01,
    meanQuantity: 3,
    seed: settings.seed,
  });
  const feed = (name: string, tape: TradeBlock): TradeFeed => ({
    name,
    blocks: (async function* () {
      yield tape;
    })(),
  });
  const pair = await readTradePair(
    { y: feed('simulated y', tapes.y), x: feed('simulated x', tapes.x) },
    { every, history: settings.history, onBlock: () => {} },
  );
  return { ...pair, source: 'simulated' };
}
