import {
  checkBoolean,
  checkInteger,
  checkOptions,
  checkPositive,
  checkRecord,
  checkSameLength,
} from '../core/checks.js';
import { DataError, OptionError } from '../core/errors.js';
import type { Estimator } from '../core/estimator.js';
import { asNumber, type Series } from '../core/series.js';
import { open, packDeep, type Snapshot, unpackDeep, unpackPart } from '../core/snapshot.js';
import { Account, type Fill, type Paid } from './account.js';
import { type Costs, checkCosts } from './costs.js';
import type { MarketHistory, MarketRow, RowOf, Strategy, Targets } from './strategy.js';

/** How a strategy is played through. */
export interface BacktestOptions {
  /** Money at the start. */
  readonly capital: number;
  /** What trading costs; nothing unless said. */
  readonly costs?: Costs;
  /** Rows from a decision to its fill, at least and unless said 1: no order is filled at a price that led to it. */
  readonly latency?: number;
  /** Sells in the last row what is still held, at its prices and costs; it is only valued unless said. */
  readonly close?: boolean;
}

/** One row of the market, as {@link Backtest} takes it. */
export interface MarketUpdate {
  /** Milliseconds since 1970 UTC. */
  readonly time: number;
  readonly prices: Readonly<Record<string, number>>;
  /** Prices at which orders are filled; `prices` unless said. */
  readonly fills?: Readonly<Record<string, number>>;
  readonly funding?: Readonly<Record<string, number>>;
  readonly features?: Readonly<Record<string, number>>;
}

/** An account after one row. */
export interface BacktestReading {
  readonly time: number;
  /** Money if all were sold at the last prices. */
  readonly equity: number;
  readonly cash: number;
  /** Units held of each instrument, signed. */
  readonly positions: Readonly<Record<string, number>>;
  /** What was traded in this row. */
  readonly fills: readonly Fill[];
}

/** A strategy over a history. Columns are as long as it. */
export interface BacktestResult<Name extends string = string> {
  readonly time: Float64Array;
  readonly equity: Float64Array;
  /** Simple returns of the equity, the first against the capital; 0 once all is lost. */
  readonly returns: Float64Array;
  readonly cash: Float64Array;
  readonly positions: Readonly<Record<Name, Float64Array>>;
  readonly fills: readonly Fill[];
  readonly paid: Paid;
  /** The value of all that was traded. */
  readonly traded: number;
  /** When all was lost, in milliseconds since 1970 UTC. The account is closed then and never trades again. */
  readonly ruined?: number;
}

const NOTHING: Targets = Object.freeze({});
const NO_FILLS: readonly Fill[] = Object.freeze([]);

/**
 * A strategy played row by row, live or over history: funding is paid, orders decided `latency` rows ago are filled, the
 * account is valued, and then the strategy sees the row. It never sees a later one, so it cannot look ahead.
 *
 * An order waits while its instrument has no price. A target of NaN, or none, leaves the position as it is. What the strategy
 * returns is copied; a target of a name that is no instrument, or of something that is no number, is refused.
 *
 * @example
 * ```ts
 * const buyer = { push: () => ({ oil: 10 }) };
 * const account = new Backtest(buyer, ['oil'], { capital: 1000 });
 * account.push({ time: 0, prices: { oil: 50 } }).equity; // → 1000
 * account.push({ time: 1, prices: { oil: 52 } }).fills; // → [{ time: 1, instrument: 'oil', quantity: 10, price: 52, fee: 0 }]
 * account.push({ time: 2, prices: { oil: 55 } }).equity; // → 1030
 * ```
 */
export class Backtest<Row = MarketRow, Name extends string = string>
  implements Estimator<MarketUpdate, BacktestReading>
{
  value: BacktestReading;
  ready: boolean = false;
  private readonly account: Account;
  private readonly capital: number;
  private readonly latency: number;
  /** Decisions on their way, the oldest first. */
  private decided: Targets[] = [];
  /** Targets that wait for a price. */
  private waiting: Record<string, number> = {};
  private ruinedAt = NaN;

  /**
   * @param strategy - what is played; it is pushed a row `{ time, ...prices, ...features }`
   * @param instruments - the names of what can be traded
   * @throws OptionError where an option is unknown or out of range
   */
  constructor(
    private readonly strategy: Strategy<Row, Name>,
    instruments: readonly Name[],
    options: BacktestOptions,
  ) {
    checkOptions('Backtest', options, ['capital', 'costs', 'latency', 'close']);
    const { capital, costs = {}, latency = 1, close = false } = options;
    checkBoolean('Backtest', 'close', close);
    if (!Array.isArray(instruments)) throw new OptionError('Backtest: instruments must be an array of names');
    if (typeof strategy?.push !== 'function')
      throw new OptionError('Backtest: strategy must have a method push');
    // Names such as constructor are fields of every object.
    const repeated = instruments.find(
      (name, k) => instruments.indexOf(name) < k || name === 'time' || name in {},
    );
    if (repeated !== undefined || instruments.length === 0) {
      const received = repeated === undefined ? 'none' : `'${repeated}'`;
      throw new OptionError(`Backtest: instruments must be different names but 'time', received ${received}`);
    }
    this.capital = checkPositive('Backtest', 'capital', capital);
    this.latency = checkInteger('Backtest', 'latency', latency);
    this.account = new Account([...instruments], capital, checkCosts('Backtest', costs));
    this.value = this.reading(NaN, NO_FILLS);
  }

  push(update: MarketUpdate): BacktestReading {
    const { account } = this;
    const { instruments } = account;
    const { time, prices, fills = prices, funding, features } = update;
    for (let k = 0; k < instruments.length; k++) account.mark(k, prices[instruments[k]!]!);
    if (funding) for (let k = 0; k < instruments.length; k++) account.fund(k, funding[instruments[k]!] ?? 0);
    let made = this.fill(time, prices, fills);
    if (!Number.isFinite(this.ruinedAt) && !(account.equity() > 0)) {
      made = [...made, ...account.close(time, 'free')];
      this.ruinedAt = time;
      this.waiting = {};
    }
    this.ready = true;
    this.value = this.reading(time, made);
    const row = { ...features, ...prices, time } as Row;
    this.decided.push(Number.isFinite(this.ruinedAt) ? NOTHING : this.decision(this.strategy.push(row)));
    return this.value;
  }

  /** Sells all that is held at the last prices and at a cost, as at the end of a trial. */
  close(time: number): BacktestReading {
    this.value = this.reading(time, this.account.close(time, 'paid'));
    return this.value;
  }

  /** A copy of what was decided: what becomes of the strategy's own object later is no decision of now. */
  private decision(targets: Targets<Name>): Targets {
    if (targets === undefined || targets === null) return NOTHING;
    if (typeof targets !== 'object' || 'then' in targets) {
      const received = typeof targets === 'object' ? 'a promise' : String(targets);
      throw new OptionError(`Backtest: a strategy must return targets by instrument, received ${received}`);
    }
    const copy: Record<string, number> = {};
    for (const name in targets) {
      const target: unknown = targets[name];
      if (!this.account.instruments.includes(name)) {
        const known = this.account.instruments.join(', ');
        throw new OptionError(`Backtest: a target must be of an instrument (${known}), received '${name}'`);
      }
      if (target !== undefined && typeof target !== 'number') {
        throw new OptionError(`Backtest: a target must be a number, received ${typeof target} of '${name}'`);
      }
      if (Number.isFinite(target)) copy[name] = target as number;
    }
    return copy;
  }

  /** Fills what was decided long enough ago and has a price. */
  private fill(
    time: number,
    prices: Readonly<Record<string, number>>,
    fills: Readonly<Record<string, number>>,
  ): readonly Fill[] {
    const { account, decided, waiting, latency } = this;
    if (decided.length >= latency) {
      const targets = decided.shift()!;
      for (const name in targets) {
        const target = targets[name];
        if (target !== undefined && Number.isFinite(target)) waiting[name] = target;
      }
    }
    let made: Fill[] | undefined;
    for (let k = 0; k < account.instruments.length; k++) {
      const name = account.instruments[k]!;
      const target = waiting[name];
      if (target === undefined || Number.isFinite(this.ruinedAt)) continue;
      const price = fills[name] ?? prices[name]!;
      if (!Number.isFinite(price)) continue;
      delete waiting[name];
      if (target === account.positions[k]) continue;
      account.mark(k, Number.isFinite(prices[name]) ? prices[name]! : price);
      made ??= [];
      made.push(account.trade(time, k, target, price));
    }
    return made ?? NO_FILLS;
  }

  private reading(time: number, fills: readonly Fill[]): BacktestReading {
    const { account } = this;
    const positions: Record<string, number> = {};
    for (let k = 0; k < account.instruments.length; k++) {
      positions[account.instruments[k]!] = account.positions[k]!;
    }
    return { time, equity: account.equity(), cash: account.cash, positions, fills };
  }

  /** What was paid so far. */
  get paid(): Paid {
    return this.account.paid;
  }

  /** The value of all that was traded so far. */
  get traded(): number {
    return this.account.traded;
  }

  /** When all was lost; NaN as long as it is not. */
  get ruined(): number {
    return this.ruinedAt;
  }

  /** The account alone; the strategy has a state of its own. */
  snapshot(): Snapshot {
    const { account, decided, waiting, ruinedAt, value, ready } = this;
    const state = {
      instruments: account.instruments,
      capital: this.capital,
      latency: this.latency,
      account: account.save(),
      decided: packDeep(decided),
      waiting: packDeep(waiting),
      ruined: packDeep(ruinedAt),
      value: packDeep(value),
      ready,
    };
    return { kind: 'Backtest', version: 1, state };
  }

  /** Goes on from a snapshot with a strategy that was restored by itself, and the options of before. */
  static from<Row = MarketRow, Name extends string = string>(
    snapshot: Snapshot,
    strategy: Strategy<Row, Name>,
    instruments: readonly Name[],
    options: BacktestOptions,
  ): Backtest<Row, Name> {
    const state = open(snapshot, 'Backtest', 1);
    const { account, decided, waiting, ruined, value, ready } = state;
    const revived = new Backtest(strategy, instruments, options);
    const before = JSON.stringify([state['instruments'], state['capital'], state['latency']]);
    const now = JSON.stringify([revived.account.instruments, revived.capital, revived.latency]);
    if (before !== now) {
      throw new DataError(
        'unreadable',
        `Backtest.from: instruments, capital and latency must be those of before, ${before}, received ${now}`,
      );
    }
    revived.account.load(account);
    if (!Array.isArray(decided))
      throw new DataError('unreadable', 'Backtest.from: the decisions are not there');
    revived.decided = unpackDeep(decided) as Targets[];
    revived.waiting = unpackDeep(unpackPart(waiting)) as Record<string, number>;
    revived.ruinedAt = unpackDeep(ruined!) as number;
    revived.value = unpackDeep(unpackPart(value)) as unknown as BacktestReading;
    revived.ready = ready === true;
    return revived;
  }
}

/**
 * A strategy over history: what {@link Backtest} would have shown, as columns. The strategy may be any live class with a
 * line around it, and is the one that trades tomorrow.
 *
 * @throws OptionError where an option is unknown or out of range, or features and instruments share a name
 * @throws DataError where columns differ in length (`uneven`), or time does not ascend (`disordered`)
 * @example
 * ```ts
 * const prices = { oil: [50, 52, 55, 53] };
 * const buyer = { push: () => ({ oil: 10 }) };
 * const { equity, returns } = backtest({ time: [0, 1, 2, 3], prices }, buyer, { capital: 1000 });
 * equity; // → [1000, 1000, 1030, 1010]
 * returns; // → [0, 0, 0.03, -0.0194174757]
 * ```
 */
export function backtest<Name extends string, Feature extends string = never>(
  history: MarketHistory<Name, Feature>,
  strategy: Strategy<RowOf<NoInfer<Name>, NoInfer<Feature>>, NoInfer<Name>>,
  options: BacktestOptions,
): BacktestResult<Name> {
  const length = checkHistory('backtest', history);
  const names = Object.keys(history.prices) as Name[];
  const live = new Backtest(strategy, names, options);
  const column = (): Float64Array => new Float64Array(length);
  const [time, equity, returns, cash] = [column(), column(), column(), column()];
  const positions = Object.fromEntries(names.map((name) => [name, column()])) as Record<Name, Float64Array>;
  const fills: Fill[] = [];
  const rowOf = rows(history);
  let before = options.capital;
  for (let i = 0; i < length; i++) {
    const reading = live.push(rowOf(i));
    time[i] = reading.time;
    equity[i] = reading.equity;
    cash[i] = reading.cash;
    returns[i] = before > 0 ? reading.equity / before - 1 : 0;
    before = reading.equity;
    for (const name of names) positions[name][i] = reading.positions[name]!;
    for (const fill of reading.fills) fills.push(fill);
  }
  if (options.close && length > 0) {
    const last = length - 1;
    const closed = live.close(time[last]!);
    const money = last > 0 ? equity[last - 1]! : options.capital;
    equity[last] = closed.equity;
    cash[last] = closed.cash;
    returns[last] = money > 0 ? closed.equity / money - 1 : 0;
    for (const name of names) positions[name][last] = 0;
    fills.push(...closed.fills);
  }
  const result = { time, equity, returns, cash, positions, fills, paid: live.paid, traded: live.traded };
  return Number.isFinite(live.ruined) ? { ...result, ruined: live.ruined } : result;
}

/** The length of a checked history. */
export function checkHistory(who: string, history: MarketHistory<string, string>): number {
  const { time, prices, fills, funding, features } = checkRecord(who, 'history', history);
  checkOptions(`${who} history`, history, ['time', 'prices', 'fills', 'funding', 'features']);
  checkRecord(who, 'prices', prices);
  const shared = Object.keys(features ?? {}).find((name) => name in prices || name === 'time');
  if (shared !== undefined)
    throw new OptionError(`${who}: a feature must not be named as a price or time, received '${shared}'`);
  for (const [kind, columns] of Object.entries({ fills, funding })) {
    const unknown = Object.keys(columns ?? {}).find((name) => !(name in prices));
    if (unknown !== undefined) throw new OptionError(`${who}: ${kind} has no price for '${unknown}'`);
  }
  const named = (kind: string, columns: object = {}): [string, Series][] =>
    Object.entries(columns).map(([name, series]) => [`${kind}.${name}`, series as Series]);
  const length = checkSameLength(who, {
    time,
    ...Object.fromEntries([
      ...named('prices', prices),
      ...named('fills', fills),
      ...named('funding', funding),
      ...named('features', features),
    ]),
  });
  for (let i = 0; i < length; i++) {
    if (!(Number.isFinite(time[i]) && (i === 0 || time[i]! >= time[i - 1]!)))
      throw new DataError('disordered', `${who}: time must ascend, received ${time[i]} at ${i}`);
  }
  return length;
}

/** The rows of a history, one at a time. */
function rows(history: MarketHistory<string, string>): (i: number) => MarketUpdate {
  const { time, prices, fills, funding, features } = history;
  const at = (columns: object | undefined): ((i: number) => Record<string, number>) | undefined => {
    if (!columns) return undefined;
    const entries = Object.entries(columns) as [string, Series][];
    return (i) => {
      const row: Record<string, number> = {};
      for (const [name, series] of entries) row[name] = asNumber(series[i]);
      return row;
    };
  };
  const [priced, filled, funded, seen] = [at(prices)!, at(fills), at(funding), at(features)];
  return (i) => {
    const update: { -readonly [Field in keyof MarketUpdate]: MarketUpdate[Field] } = {
      time: time[i]!,
      prices: priced(i),
    };
    if (filled) update.fills = filled(i);
    if (funded) update.funding = funded(i);
    if (seen) update.features = seen(i);
    return update;
  };
}
