import { checkRecord } from '../core/checks.js';
import { DataError, OptionError } from '../core/errors.js';
import type { Detector } from '../core/estimator.js';
import { asNumber } from '../core/series.js';
import { type Json, open, packDeep, type Snapshot, unpackDeep } from '../core/snapshot.js';
import { type Alert, conditionText } from './alarm.js';
import { type Condition, checkCondition } from './condition.js';
import { checkRule, formatRule, parseRule, type Rule } from './rule.js';
import { Trigger } from './trigger.js';

/** The figures of one key at one time: what a monitor reports, say. */
export interface Metrics {
  /** Milliseconds since 1970 UTC. */
  readonly time: number;
  readonly key: string;
  /** Numbers by name; what is no number is passed over. */
  readonly metrics: Readonly<Record<string, unknown>>;
}

/** A rule at work. */
interface Watched {
  readonly rule: Rule;
  readonly name: string;
  readonly words: string;
  readonly condition: Condition;
  /** One for each key that was seen. */
  readonly triggers: Map<string, Trigger>;
  /** Whether its metric was ever seen for its key. */
  seen: boolean;
}

/**
 * Many rules over many keys. A rule is an object, or words such as `'zScore > 2 for BTC-ETH clear 1'`; one without a key
 * holds for each by itself.
 *
 * @example
 * ```ts
 * const watch = new Watch(['zScore > 2 clear 1', 'correlation < 0.5 for BTC-ETH as "come apart"']);
 * const [alert] = watch.push({ time: 0, key: 'BTC-ETH', metrics: { zScore: 2.4, correlation: 0.9 } });
 * alert; // → { id: 'zScore > 2 clear 1/BTC-ETH/1', name: 'zScore > 2 clear 1', rule: 'zScore > 2', metric: 'zScore', value: 2.4, threshold: 2, time: 0, key: 'BTC-ETH' }
 * watch.push({ time: 1, key: 'BTC-ETH', metrics: { zScore: 2.5, correlation: 0.4 } }).map(({ name }) => name); // → ['come apart']
 * watch.push({ time: 1, key: 'SOL-ETH', metrics: { zScore: 1.5, correlation: 0.4 } }); // → []
 * ```
 */
export class Watch implements Detector<Metrics, Alert> {
  private readonly watched: readonly Watched[];

  /** @throws OptionError where a rule is none, or two have one name */
  constructor(rules: readonly (Rule | string)[]) {
    if (!Array.isArray(rules))
      throw new OptionError(`Watch: rules must be an array, received ${String(rules)}`);
    this.watched = rules.map((given: Rule | string) => {
      const rule = { ...checkRule('Watch', typeof given === 'string' ? parseRule(given) : given) };
      const condition = checkCondition('Watch', rule);
      const words = conditionText(rule.metric, condition);
      return {
        rule,
        name: rule.name ?? formatRule(rule),
        words,
        condition,
        triggers: new Map(),
        seen: false,
      };
    });
    const names = this.watched.map(({ name }) => name);
    const twice = names.find((name, i) => names.indexOf(name) < i);
    if (twice !== undefined)
      throw new OptionError(`Watch: rules must have different names, received '${twice}' twice`);
  }

  /** The rules in words. */
  get rules(): readonly string[] {
    return this.watched.map(({ rule }) => formatRule(rule));
  }

  /** The names of rules whose metric was never there: misspelt, perhaps. */
  get unseen(): readonly string[] {
    return this.watched.filter(({ seen }) => !seen).map(({ name }) => name);
  }

  push({ time, key, metrics }: Metrics): readonly Alert[] {
    const alerts: Alert[] = [];
    for (const watched of this.watched) {
      const { rule, name, words, condition, triggers } = watched;
      if (rule.key !== undefined && rule.key !== key) continue;
      const found = metricOf(metrics, rule.metric);
      if (found === undefined) continue;
      watched.seen = true;
      let trigger = triggers.get(key);
      if (!trigger) {
        trigger = new Trigger(condition);
        triggers.set(key, trigger);
      }
      const value = asNumber(found);
      if (!trigger.push(time, value)) continue;
      const { threshold } = condition;
      const id = `${part(name)}/${part(key)}/${trigger.count}`;
      alerts.push({ id, name, rule: words, metric: rule.metric, value, threshold, time, key });
    }
    return alerts;
  }

  snapshot(): Snapshot {
    const rules = this.watched.map(({ rule, triggers, seen }) => ({
      rule: packDeep(rule),
      triggers: Array.from(triggers, ([key, trigger]) => [key, trigger.save()] as const),
      seen,
    }));
    return { kind: 'Watch', version: 1, state: { rules: rules as unknown as Json } };
  }

  /** Goes on from a snapshot: no alert is repeated and none is lost. */
  static from(snapshot: Snapshot): Watch {
    const { rules } = open(snapshot, 'Watch', 1);
    if (!Array.isArray(rules)) throw new DataError('unreadable', 'Watch.from: the rules are not there');
    const saved = rules as readonly { rule: Json; triggers: [string, Json][]; seen: boolean }[];
    const revived = new Watch(saved.map(({ rule }) => unpackDeep(rule) as Rule));
    saved.forEach(({ triggers, seen }, i) => {
      const watched = revived.watched[i]!;
      watched.seen = seen === true;
      for (const [key, state] of checkRecord('Watch.from', 'triggers', triggers)) {
        const trigger = new Trigger(watched.condition);
        trigger.load(state);
        watched.triggers.set(key, trigger);
      }
    });
    return revived;
  }
}

/** The metric of a name, in upper or lower case. */
function metricOf(metrics: Readonly<Record<string, unknown>>, name: string): unknown {
  if (Object.hasOwn(metrics, name)) return metrics[name];
  const lower = name.toLowerCase();
  for (const other in metrics) if (other.toLowerCase() === lower) return metrics[other];
  return undefined;
}

/** A part of an id, its strokes doubled: no two lists of parts then read alike. */
function part(text: string): string {
  return text.replaceAll('/', '//');
}
