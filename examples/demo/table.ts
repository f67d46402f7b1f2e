import { type CsvError, parse } from 'csv-parse/sync';
import { InputError } from './failure.js';
import { Source } from './source.js';

/** A line longer than this is no line of prices. */
const LONGEST_LINE = 1024 * 1024;
const NEWLINE = 0x0a;

/** Rows in the order of the file; row i is line `firstLine + i` of it (the header is line 1). */
export interface RowBlock {
  readonly firstLine: number;
  readonly rows: readonly (readonly string[])[];
}

/** A CSV file whose header has been read and whose rows are waiting. */
export interface Table {
  readonly name: string;
  readonly source: Source;
  readonly header: readonly string[];
  readonly blocks: AsyncGenerator<RowBlock>;
  /** Gives the file back, read to its end or not. */
  close(): Promise<unknown>;
}

/** Opens a CSV file and reads its header. */
export async function openTable(path: string): Promise<Table> {
  const source = await Source.open(path);
  const blocks = readBlocks(source);
  const first = await blocks.next();
  const header = first.value?.rows[0]?.map((cell: string) => cell.trim());
  if (first.done || !header) throw new InputError(`${source.name}: the file is empty`);
  return {
    name: source.name,
    source,
    header,
    blocks: afterHeader(first.value, blocks),
    close: () => blocks.return(undefined),
  };
}

async function* afterHeader(first: RowBlock, rest: AsyncIterable<RowBlock>): AsyncGenerator<RowBlock> {
  yield { firstLine: first.firstLine + 1, rows: first.rows.slice(1) };
  yield* rest;
}

/** Cuts the bytes into blocks of whole lines and parses each block, so that one block is all that is held. */
async function* readBlocks(source: Source): AsyncGenerator<RowBlock> {
  let line = 1;
  let carry: Buffer[] = [];
  let carried = 0;
  for await (const chunk of source.chunks()) {
    const end = chunk.lastIndexOf(NEWLINE) + 1;
    if (end > 0) {
      const block = parseBlock(source.name, Buffer.concat([...carry, chunk.subarray(0, end)]), line);
      yield block;
      line += block.rows.length;
      carry = [];
      carried = 0;
    }
    carry.push(chunk.subarray(end));
    carried += chunk.length - end;
    if (carried > LONGEST_LINE) {
      throw new InputError(`${source.name} row ${line}: no line ends within 1 MB; is this a CSV file?`);
    }
  }
  if (carried > 0) yield parseBlock(source.name, Buffer.concat(carry), line);
}

function parseBlock(name: string, bytes: Buffer, firstLine: number): RowBlock {
  try {
    const rows = parse(bytes, {
      bom: firstLine === 1,
      record_delimiter: ['\r\n', '\n'],
      relax_column_count: true,
    });
    if (rows.length !== countLines(bytes)) {
      throw new InputError(`${name}: a quoted cell runs over a line end after row ${firstLine - 1}`);
    }
    return { firstLine, rows };
  } catch (error) {
    if (error instanceof InputError) throw error;
    const line = firstLine + Number((error as CsvError)['lines'] ?? 1) - 1;
    throw new InputError(`${name} row ${line}: not readable as CSV (${(error as Error).message})`);
  }
}

function countLines(bytes: Buffer): number {
  let lines = bytes.at(-1) === NEWLINE ? 0 : 1;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) lines++;
  return lines;
}
