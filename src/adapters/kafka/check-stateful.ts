import { checkChoice, checkInteger, checkOptions, shown } from '../../core/checks.js';
import { duration } from '../../core/duration.js';
import { OptionError } from '../../core/errors.js';
import { readStateKey, stateKey } from './state-record.js';
import type { StatefulOptions } from './stateful-options.js';
import { isWhole } from './whole-text.js';

const NAMES = [
  'port',
  'input',
  'output',
  'state',
  'group',
  'operator',
  'key',
  'signal',
  'mode',
  'deadLetters',
  'worker',
  'flush',
  'onNotice',
] as const;

/** Beyond this a host's clock goes off at once. */
const LONGEST_CLOCK = 2 ** 31 - 1;

const who = 'runStateful';

function must(name: string, value: unknown, holds: boolean, what: string): void {
  if (!holds) throw new OptionError(`${who}: ${name} must ${what}, received ${shown(value)}`);
}

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '' && isWhole(value);

/** Whether something has these functions. */
const can = (value: unknown, ...names: readonly string[]): boolean =>
  typeof value === 'object' &&
  value !== null &&
  names.every((name) => typeof (value as Readonly<Record<string, unknown>>)[name] === 'function');

/** The options of a run; returns how often it writes. */
export function checkStateful<Event, Output>(
  options: StatefulOptions<Event, Output>,
): {
  readonly every: number;
  readonly count: number;
} {
  checkOptions(who, options, NAMES);
  const { port, input, output, state, group, operator, key, signal, mode, onNotice, flush = {} } = options;
  must('port', port, can(port, 'consume', 'transaction', 'endOffsets'), 'be a KafkaPort');
  for (const [name, topic] of Object.entries({ input, output })) {
    const isTopic = can(topic, 'key', 'encode', 'decode') && isText(topic.name);
    must(name, topic, isTopic, 'be a topic with name, key, encode and decode');
  }
  must('state', state, isText(state), 'be text');
  must('group', group, isText(group), 'be text');
  for (const name of ['deadLetters', 'worker'] as const) {
    must(name, options[name], options[name] === undefined || isText(options[name]), 'be text');
  }
  for (const [name, value] of Object.entries({ key, onNotice })) {
    must(name, value, value === undefined || typeof value === 'function', 'be a function');
  }
  must(
    'signal',
    signal,
    can(signal, 'addEventListener', 'removeEventListener') && 'aborted' in signal,
    'be that of an AbortController',
  );
  must('operator', operator, can(operator, 'create', 'from'), 'have create and from');
  const { id, version } = operator;
  must('operator.id', id, isText(id), 'be text');
  checkInteger(who, 'operator.version', version, 0);
  // Of an id such as a@1|b the state key reads as another operator's.
  const isApart = readStateKey(stateKey(operator, ''))?.id === id;
  must('operator.id', id, isApart, 'be text that stays apart from version and key');
  checkChoice(who, 'mode', mode, ['exactly-once', 'at-least-once']);
  if (mode === 'exactly-once' && !port.fencesOffsets) {
    throw new OptionError(
      `${who}: mode must be 'at-least-once' with ${port.client}, whose transactions do not shut out a member that lost its partitions, received 'exactly-once'`,
    );
  }
  checkOptions(who, flush, ['every', 'count']);
  const every = duration(who, 'flush.every', flush.every ?? '1s');
  must('flush.every', every, every <= LONGEST_CLOCK, `be at most ${LONGEST_CLOCK} milliseconds`);
  return { every, count: checkInteger(who, 'flush.count', flush.count ?? 10_000) };
}
