import { parseRule } from '../alerts/rule.js';
import { OptionError } from '../core/errors.js';

const METRICS = ['y', 'x', 'ratio', 'intercept', 'spread', 'zScore', 'correlation', 'position', 'halfLife'];
const TEST_METRICS = ['adf.statistic', 'adf.pValue'];

/** Refuses rules that could never ring: of a pair that is not there, or of a figure that no pair has. */
export function checkPairRules(rules: readonly string[], names: readonly string[]): void {
  const known = [...METRICS, ...TEST_METRICS];
  for (const words of rules) {
    const { metric, key } = parseRule(words);
    if (key !== undefined && !names.includes(key)) {
      throw new OptionError(`PairBook: a rule must be for a pair (${names.join(', ')}), received '${key}'`);
    }
    if (!known.some((name) => name.toLowerCase() === metric.toLowerCase())) {
      throw new OptionError(`PairBook: a rule must be of one of ${known.join(', ')}, received '${metric}'`);
    }
  }
}
