import { RollingOls, type Snapshot, spread, ZScore } from 'hedgerow';
import type { BasketTrade, KeyedState, StatefulOperator } from 'hedgerow/kafka';

/** A pair's hedge ratio and how far its spread is from where it was, in standard deviations. */
export interface Score {
  readonly basket: string;
  readonly id: number;
  readonly time: number;
  readonly ratio: number;
  readonly score: number;
}

/** Which symbols are the legs, and how many prices are looked back on. */
export interface ScoreOptions {
  readonly y: string;
  readonly x: string;
  readonly window: number;
}

interface Saved {
  readonly fit: Snapshot;
  readonly score: Snapshot;
  readonly ahead: readonly BasketTrade[];
}

/**
 * The hedge ratio over a window and the z-score of its spread, at each price that both legs have. The legs come by ways of
 * their own, a flush of one before a flush of the other, so the one that is ahead waits for its partner of the same id.
 */
export function spreadScores({ y, x, window }: ScoreOptions): StatefulOperator<BasketTrade, Score> {
  const running = (saved: Saved): KeyedState<BasketTrade, Score> => {
    const [fit, score] = [RollingOls.from(saved.fit), ZScore.from(saved.score)];
    let { ahead } = saved;
    return {
      push(leg) {
        const { basket, symbol, time, id } = leg;
        if (symbol !== y && symbol !== x) return [];
        if (ahead.length === 0 || ahead[0]!.symbol === symbol) {
          // A leg that stays away altogether is not waited for for ever.
          ahead = [...ahead.slice(-3600), leg];
          return [];
        }
        const partner = ahead.find((one) => one.id === id);
        ahead = ahead.filter((one) => Number(one.id) > Number(id));
        if (!partner) return [];
        const pair = symbol === x ? { y: partner.price, x: leg.price } : { y: leg.price, x: partner.price };
        const hedge = fit.push(pair);
        const reading = score.push(spread(pair, hedge));
        return Number.isNaN(reading)
          ? []
          : [{ basket, id: Number(id), time, ratio: hedge.ratio, score: reading }];
      },
      snapshot: () => ({
        kind: 'spread-score',
        version: 1,
        state: JSON.parse(JSON.stringify({ fit: fit.snapshot(), score: score.snapshot(), ahead })),
      }),
    };
  };
  return {
    id: 'spread-score',
    version: 1,
    configuration: { y, x, window },
    create: () =>
      running({
        fit: new RollingOls({ window }).snapshot(),
        score: new ZScore({ window }).snapshot(),
        ahead: [],
      }),
    from: ({ state }) => running(state as unknown as Saved),
  };
}
