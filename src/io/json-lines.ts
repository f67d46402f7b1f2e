import { DataError } from '../core/errors.js';
import { type Json, packDeep, unpackDeep } from '../core/snapshot.js';
import { type TextSource, wholeLines } from './text.js';

/**
 * Records as JSON lines, one a line. Numbers come back to the last bit: what JSON has no word for is written as the text
 * `"NaN"`, `"Infinity"`, `"-Infinity"` or `"-0"`, and a text of just these words comes back as the number. Typed arrays
 * become lists.
 *
 * @example
 * ```ts
 * [...toJsonLines([{ time: 0, zScore: NaN }])].join(''); // → '{"time":0,"zScore":"NaN"}\n'
 * ```
 */
export function* toJsonLines(records: Iterable<object>): Generator<string> {
  for (const record of records) yield `${JSON.stringify(packDeep(withoutTyped(record)))}\n`;
}

/**
 * The records that {@link toJsonLines} wrote, as they come. Empty lines are passed over.
 *
 * @throws DataError `unreadable` where a line is no JSON, naming it
 * @example
 * ```ts
 * await fromJsonLines('{"time":0,"zScore":"NaN"}\n').next(); // → { value: { time: 0, zScore: NaN }, done: false }
 * ```
 */
export async function* fromJsonLines<Value = unknown>(source: TextSource): AsyncGenerator<Value> {
  let line = 0;
  // A line break inside a JSON text is always escaped: every one ends a line.
  for await (const lines of wholeLines(source)) {
    const texts = lines.split('\n');
    if (texts.at(-1) === '') texts.pop();
    for (const text of texts) {
      line++;
      if (text.trim() === '') continue;
      let parsed: Json;
      try {
        parsed = JSON.parse(text) as Json;
      } catch {
        const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text;
        throw new DataError('unreadable', `fromJsonLines: line ${line} must be JSON, received ${shown}`);
      }
      yield unpackDeep(parsed) as Value;
    }
  }
}

/** The same record with lists for typed arrays, which JSON would write as objects. */
function withoutTyped(value: unknown): unknown {
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return Array.from(value as Float64Array);
  if (Array.isArray(value)) return value.map(withoutTyped);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, withoutTyped(field)]));
}
