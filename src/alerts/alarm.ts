import { checkOptions } from '../core/checks.js';
import { OptionError } from '../core/errors.js';
import type { Detector } from '../core/estimator.js';
import { asNumber } from '../core/series.js';
import { open, packDeep, type Snapshot, unpackDeep, unpackPart } from '../core/snapshot.js';
import { CONDITION_OPTIONS, type Condition, type ConditionOptions, checkCondition } from './condition.js';
import { Trigger } from './trigger.js';

/** What is watched for, and what it is called. */
export interface AlarmOptions extends ConditionOptions {
  readonly name: string;
}

/** A value at a time. */
export interface TimedValue {
  /** Milliseconds since 1970 UTC. */
  readonly time: number;
  readonly value: number;
}

/** Something that was watched for has happened. */
export interface Alert {
  /** The same for the same alert after any restart: the name and a count. */
  readonly id: string;
  readonly name: string;
  /** What was watched for, in words: `value > 2`. */
  readonly rule: string;
  readonly metric: string;
  /** What it was. */
  readonly value: number;
  /** What it was held against. */
  readonly threshold: number;
  /** Milliseconds since 1970 UTC. */
  readonly time: number;
  /** Whose value it was, where a {@link Watch} looks after several. */
  readonly key?: string;
}

const SIGNS = { above: '>', below: '<', atLeast: '>=', atMost: '<=' } as const;

/** A condition on a metric in words, as a rule writes it. */
export function conditionText(metric: string, { side, threshold }: Condition): string {
  return `${metric} ${SIGNS[side]} ${threshold}`;
}

/** A name that something can be called by. */
export function checkName(who: string, name: string, value: unknown): string {
  if (typeof value === 'string' && value !== '') return value;
  const received = typeof value === 'string' ? `''` : String(value);
  throw new OptionError(`${who}: ${name} must be a text that is not empty, received ${received}`);
}

/**
 * Tells once when a value passes a limit, and not again until it has come back. A missing value changes nothing.
 *
 * `clear` keeps a value that trembles at the limit from ringing each time, `held` waits until it has been so for a
 * while, `cooldown` spaces alerts: one that falls due meanwhile rings afterwards, if it is still so.
 *
 * @example
 * ```ts
 * const stretched = new Alarm({ name: 'stretched', above: 2, clear: 1 });
 * stretched.push({ time: 0, value: 1.5 }); // → []
 * stretched.push({ time: 1, value: 2.2 }); // → [{ id: 'stretched/1', name: 'stretched', rule: 'value > 2', metric: 'value', value: 2.2, threshold: 2, time: 1 }]
 * stretched.push({ time: 2, value: 1.8 }); // → []
 * stretched.push({ time: 3, value: 2.5 }); // → []
 * ```
 */
export class Alarm implements Detector<TimedValue, Alert> {
  private readonly options: AlarmOptions;
  private readonly condition: Condition;
  private readonly trigger: Trigger;

  /** @throws OptionError unless there is one limit, with `clear` on its quiet side, and a name */
  constructor(options: AlarmOptions) {
    checkOptions('Alarm', options, ['name', ...CONDITION_OPTIONS]);
    checkName('Alarm', 'name', options.name);
    this.options = { ...options };
    this.condition = checkCondition('Alarm', options);
    this.trigger = new Trigger(this.condition);
  }

  push({ time, value }: TimedValue): readonly Alert[] {
    const { condition, trigger } = this;
    if (!trigger.push(time, asNumber(value))) return [];
    const { name } = this.options;
    const rule = conditionText('value', condition);
    const { threshold } = condition;
    return [{ id: `${name}/${trigger.count}`, name, rule, metric: 'value', value, threshold, time }];
  }

  snapshot(): Snapshot {
    const state = { options: packDeep(this.options), trigger: this.trigger.save() };
    return { kind: 'Alarm', version: 1, state };
  }

  /** Goes on from a snapshot: no alert is repeated and none is lost. */
  static from(snapshot: Snapshot): Alarm {
    const { options, trigger } = open(snapshot, 'Alarm', 1);
    const revived = new Alarm(unpackDeep(unpackPart(options)) as AlarmOptions);
    revived.trigger.load(trigger);
    return revived;
  }
}
