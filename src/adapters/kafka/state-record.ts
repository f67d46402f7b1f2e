import { pack, type Snapshot } from '../../core/snapshot.js';
import { bytesOf, textOf } from './host.js';
import type { StatefulOperator } from './operator.js';

/** The layout of a state record's value. */
const FORMAT = 1;

/** What the state topic says of one key: its snapshot, and the first event not in it. */
export interface StateRecord {
  readonly nextOffset: number;
  readonly configuration: string;
  readonly snapshot: Snapshot | null;
  /** Of a partition's own position: how many partitions the input had, which is what decides where a key is. */
  readonly partitions?: number;
  /** And whose position it is. */
  readonly group?: string;
}

type Named = Pick<StatefulOperator<never, unknown>, 'id' | 'version'>;

/** The key of a state record; without a series key, that of the partition's own position. */
export function stateKey({ id, version }: Named, key?: string): string {
  return key === undefined ? `${id}@${version}` : `${id}@${version}|${key}`;
}

/** The operator's id, its version and the series key in the key of a state record, or nothing where it is none. */
export function readStateKey(
  text: string,
): { readonly id: string; readonly version: number; readonly key?: string } | undefined {
  const match = /^(.*?)@(\d+)(?:\|(.*))?$/s.exec(text);
  if (!match) return undefined;
  const [, id, version, key] = match;
  return { id: id!, version: Number(version), ...(key === undefined ? {} : { key }) };
}

/** A configuration as text that is the same whatever the order of its fields, and another for every other number. */
export function fingerprint(configuration: unknown): string {
  const text = JSON.stringify(configuration, (_, value: unknown) => {
    // JSON writes NaN and the infinities as null, and -0 as 0.
    if (typeof value === 'number') return pack(value) === value ? value : { number: pack(value) };
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value;
  }) as string | undefined;
  return text ?? 'null';
}

export function encodeState(record: StateRecord): Uint8Array {
  const { nextOffset, configuration, snapshot, partitions, group } = record;
  return bytesOf(JSON.stringify({ format: FORMAT, nextOffset, configuration, snapshot, partitions, group }));
}

/** The record that {@link encodeState} wrote; throws where it is none. */
export function decodeState(value: Uint8Array): StateRecord {
  const record = JSON.parse(textOf(value)) as Partial<StateRecord> & { readonly format?: unknown };
  const { format, nextOffset, configuration, snapshot, partitions, group } = record;
  if (format !== FORMAT || !Number.isSafeInteger(nextOffset) || typeof configuration !== 'string') {
    throw new Error(`no state record of format ${FORMAT}`);
  }
  const wide = partitions === undefined ? {} : { partitions };
  const whose = group === undefined ? {} : { group };
  return { nextOffset: nextOffset!, configuration, snapshot: snapshot ?? null, ...wide, ...whose };
}
