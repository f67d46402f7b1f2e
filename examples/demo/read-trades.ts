import { Cursor } from './cursor.js';
import { InputError } from './failure.js';
import { History } from './history.js';
import type { PairData } from './pair-data.js';
import { showTime } from './timestamps.js';
import type { TradeBlock, TradeFeed } from './trade-feed.js';
import { TradeLeg } from './trade-leg.js';

/**
 * Two tapes as aligned bars: trades are taken in the order of both tapes, so that neither file, nor the bars of one
 * waiting for the other, need to fit into memory.
 */
export async function readTradePair(
  feeds: { readonly y: TradeFeed; readonly x: TradeFeed },
  { every, history, onBlock }: { every: number; history: number; onBlock: (rows: number) => void },
): Promise<PairData> {
  const leg = (feed: TradeFeed): TradeLeg => {
    const cursor: Cursor<TradeBlock> = new Cursor(
      feed.blocks,
      (block) => block.time.length,
      () => onBlock(cursor.length),
    );
    return new TradeLeg(feed.name, cursor, every);
  };
  const [y, x] = [leg(feeds.y), leg(feeds.x)];
  const kept = new History(history);
  try {
    while (!y.cursor.done || !x.cursor.done) {
      await y.cursor.fill();
      await x.cursor.fill();
      takeWaiting(y, x);
      match(y, x, every, kept);
    }
  } finally {
    await Promise.all([y.cursor.close(), x.cursor.close()]);
  }
  refuseEmpty(y);
  refuseEmpty(x);
  y.finish(x);
  x.finish(y);
  match(y, x, every, kept);
  if (kept.total === 0) {
    const span = (one: TradeLeg) => `${one.name} (${showTime(one.firstTime)} to ${showTime(one.lastTime)})`;
    throw new InputError(`${span(y)} and ${span(x)} have no time in common`);
  }
  const { time, ...values } = kept.columns();
  return { source: 'trades', every, y: y.facts(), x: x.facts(), time, values, aligned: kept.total };
}

/** Takes trades in order of time until a leg that may have more has none waiting. */
function takeWaiting(y: TradeLeg, x: TradeLeg): void {
  while (y.cursor.waiting && x.cursor.waiting) {
    if (y.nextTime <= x.nextTime) y.take(x);
    else x.take(y);
  }
  while (x.cursor.done && y.cursor.waiting) y.take(x);
  while (y.cursor.done && x.cursor.waiting) x.take(y);
}

/** Moves the bars that both legs have into the history; a bar that only one has is dropped. */
function match(y: TradeLeg, x: TradeLeg, every: number, kept: History): void {
  let [i, j] = [0, 0];
  while (i < y.waiting.length && j < x.waiting.length) {
    const [one, other] = [y.waiting[i]!, x.waiting[j]!];
    const from = Math.max(one.from, other.from);
    const [oneEnd, otherEnd] = [one.from + one.bars * every, other.from + other.bars * every];
    const bars = Math.round((Math.min(oneEnd, otherEnd) - from) / every);
    for (let bar = 0; bar < bars; bar++) kept.push(from + bar * every, one.close, other.close);
    if (oneEnd <= otherEnd) i++;
    if (otherEnd <= oneEnd) j++;
  }
  y.waiting = y.waiting.slice(i);
  x.waiting = x.waiting.slice(j);
}

function refuseEmpty(leg: TradeLeg): void {
  if (Number.isNaN(leg.firstTime)) throw new InputError(`${leg.name}: has no trades from --from to --to`);
}
