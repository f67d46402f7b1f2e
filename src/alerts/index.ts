export { Alarm, type AlarmOptions, type Alert, type TimedValue } from './alarm.js';
export type { ConditionOptions } from './condition.js';
export { formatRule, parseRule, type Rule } from './rule.js';
export { type Metrics, Watch } from './watch.js';
