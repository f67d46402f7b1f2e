import { checkOptions } from '../core/checks.js';
import { OptionError } from '../core/errors.js';
import { checkName } from './alarm.js';
import { CONDITION_OPTIONS, type ConditionOptions, checkCondition, type Side } from './condition.js';

/** A condition on one metric, of one key or of all. */
export interface Rule extends ConditionOptions {
  /** The metric it is about; upper and lower case are alike. */
  readonly metric: string;
  /** Whose; everybody's unless said. */
  readonly key?: string;
  /** What its alerts are called; the rule in words unless said. */
  readonly name?: string;
}

const SIDES: ReadonlyMap<string, Side> = new Map([
  ['>', 'above'],
  ['<', 'below'],
  ['>=', 'atLeast'],
  ['<=', 'atMost'],
]);
const SIGNS: Readonly<Record<Side, string>> = { above: '>', below: '<', atLeast: '>=', atMost: '<=' };
const RULE_OPTIONS = ['metric', 'key', 'name', ...CONDITION_OPTIONS];

/** The checked rule. */
export function checkRule(who: string, rule: Rule): Rule {
  checkOptions(who, rule, RULE_OPTIONS);
  checkName(who, 'metric', rule.metric);
  if (rule.key !== undefined) checkName(who, 'key', rule.key);
  if (rule.name !== undefined) checkName(who, 'name', rule.name);
  checkCondition(who, rule);
  return rule;
}

/** A word as it stands, or in quotes where it would not be read as one. */
function quoted(word: string): string {
  return /^[^\s"<>=]+$/.test(word) && !KEYWORDS.has(word) ? word : JSON.stringify(word);
}

const KEYWORDS = new Set(['for', 'clear', 'held', 'cooldown', 'once', 'as']);

/**
 * A rule in words, such that {@link parseRule} gives it back.
 *
 * @throws OptionError where it is no rule
 * @example
 * ```ts
 * formatRule({ metric: 'zScore', above: 2, clear: 1, key: 'BTC-ETH', cooldown: '5m' }); // → 'zScore > 2 for BTC-ETH clear 1 cooldown 5m'
 * ```
 */
export function formatRule(rule: Rule): string {
  const { side, threshold } = checkCondition('formatRule', checkRule('formatRule', rule));
  const parts = [quoted(rule.metric), SIGNS[side], Object.is(threshold, -0) ? '-0' : String(threshold)];
  if (rule.key !== undefined) parts.push('for', quoted(rule.key));
  if (rule.clear !== undefined) parts.push('clear', String(rule.clear));
  if (rule.held !== undefined) parts.push('held', String(rule.held));
  if (rule.cooldown !== undefined) parts.push('cooldown', String(rule.cooldown));
  if (rule.once) parts.push('once');
  if (rule.name !== undefined) parts.push('as', quoted(rule.name));
  return parts.join(' ');
}

/**
 * The rule that words such as `zScore > 2 for BTCUSDT-ETHUSDT` say: a metric, one of `> < >= <=`, a number, then in any
 * order `for` a key, `clear` a number, `held` and `cooldown` a time such as `30s`, `once`, and `as` a name. Words with
 * spaces go in double quotes.
 *
 * @throws OptionError where they say none
 * @example
 * ```ts
 * parseRule('zScore > 2 for BTC-ETH clear 1 cooldown 5m'); // → { metric: 'zScore', above: 2, key: 'BTC-ETH', clear: 1, cooldown: '5m' }
 * parseRule('spread <= -3 once as "spread is wide"'); // → { metric: 'spread', atMost: -3, once: true, name: 'spread is wide' }
 * ```
 */
export function parseRule(text: string): Rule {
  const tokens = tokensOf(text);
  let at = 0;
  const complain = (wanted: string): never => {
    const found = tokens[at] === undefined ? 'its end' : `'${tokens[at]!.text}'`;
    throw new OptionError(`parseRule: '${text}' must have ${wanted} in place of ${found}`);
  };
  const word = (wanted: string): string => {
    const token = tokens[at];
    if (token === undefined || (!token.quoted && (SIDES.has(token.text) || KEYWORDS.has(token.text))))
      return complain(wanted);
    at++;
    return token.text;
  };
  const number = (wanted: string): number => {
    const value = Number(tokens[at]?.text);
    if (tokens[at] === undefined || tokens[at]!.quoted || !Number.isFinite(value)) return complain(wanted);
    at++;
    return value;
  };

  const metric = word('a metric');
  const side = SIDES.get(tokens[at]?.text ?? '') ?? complain('one of > < >= <=');
  at++;
  const rule: { -readonly [Field in keyof Rule]: Rule[Field] } = { metric, [side]: number('a number') };
  while (at < tokens.length) {
    const { text: keyword, quoted: isQuoted } = tokens[at]!;
    const field = keyword === 'for' ? 'key' : keyword === 'as' ? 'name' : keyword;
    if (isQuoted || !KEYWORDS.has(keyword) || field in rule)
      complain('for, clear, held, cooldown, once or as, each but once,');
    at++;
    if (keyword === 'for') rule.key = word('a key');
    else if (keyword === 'as') rule.name = word('a name');
    else if (keyword === 'once') rule.once = true;
    else if (keyword === 'clear') rule.clear = number('a number');
    else {
      const time = word('a time');
      const milliseconds = Number(time);
      rule[keyword as 'held' | 'cooldown'] = Number.isFinite(milliseconds) ? milliseconds : (time as '1s');
    }
  }
  return checkRule('parseRule', rule);
}

interface Token {
  readonly text: string;
  readonly quoted: boolean;
}

/** The words and signs of a text. */
function tokensOf(text: string): Token[] {
  if (typeof text !== 'string')
    throw new OptionError(`parseRule: a rule must be a text, received ${String(text)}`);
  const tokens: Token[] = [];
  for (const [token, opened] of text.matchAll(/("(?:[^"\\]|\\.)*"?)|[<>]=?|[^\s"<>]+/g)) {
    if (opened === undefined) tokens.push({ text: token, quoted: false });
    else {
      try {
        tokens.push({ text: JSON.parse(token) as string, quoted: true });
      } catch {
        throw new OptionError(`parseRule: '${text}' has quotes that do not close: ${token}`);
      }
    }
  }
  return tokens;
}
