import { parse } from 'csv-parse/sync';
import { InputError } from './failure.js';
import { quoted } from './quoted.js';
import { Source } from './source.js';

/** A line longer than this is no line of prices. */
const LONGEST_LINE = 1024 * 1024;
const NEWLINE = 0x0a;
const RETURN = 0x0d;

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
  if (header.join('') === '') throw new InputError(`${source.name} row 1: is blank where the header belongs`);
  if (header.some((cell: string) => cell.includes('\r'))) throw returnsAlone(source.name);
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

/** Whether a row is a blank line; refuses one that has not the width of the header. */
export function isBlank(row: readonly string[], width: number, refuse: (reason: string) => never): boolean {
  if (row.length === width) return false;
  if (row.length === 1 && row[0]!.trim() === '') return true;
  const cells = row.length === 1 ? '1 cell' : `${row.length} cells`;
  const guess = row.length < width ? 'is the file cut off?' : 'is a comma inside a cell without quotes?';
  return refuse(`has ${cells} where the header has ${width}; ${guess}`);
}

/** Cuts the bytes into blocks of whole lines and parses each block, so that one block is all that is held. */
async function* readBlocks(source: Source): AsyncGenerator<RowBlock> {
  let line = 1;
  let carry: Buffer[] = [];
  let carried = 0;
  try {
    for await (const chunk of source.chunks()) {
      const end = chunk.lastIndexOf(NEWLINE) + 1;
      if (end > 0) {
        const block = parseBlock(source.name, Buffer.concat([...carry, chunk.subarray(0, end)]), line);
        line += block.rows.length;
        yield block;
        carry = [];
        carried = 0;
      }
      carry.push(chunk.subarray(end));
      carried += chunk.length - end;
      if (carried > LONGEST_LINE) {
        if (chunk.includes(RETURN)) throw returnsAlone(source.name);
        throw new InputError(`${source.name} row ${line}: no line ends within 1 MB; is this a CSV file?`);
      }
    }
  } catch (error) {
    throw source.explain(error as Error, line - 1);
  }
  if (carried > 0) yield parseBlock(source.name, Buffer.concat(carry), line);
}

function parseBlock(name: string, bytes: Buffer, firstLine: number): RowBlock {
  try {
    const rows = parseRows(bytes, firstLine === 1);
    if (rows.length === countLines(bytes)) return { firstLine, rows };
  } catch {
    // Where it is, the line itself says.
  }
  // Line by line, a quote that is never closed cannot swallow the rows after it.
  const rows = linesOf(bytes).map((line, i) => {
    try {
      return parseRows(line, firstLine + i === 1)[0]!;
    } catch (error) {
      const reason = quoted((error as Error).message.replace(/ at line \d+/, ''));
      throw new InputError(`${name} row ${firstLine + i}: not readable as CSV (${reason})`);
    }
  });
  return { firstLine, rows };
}

function parseRows(bytes: Buffer, bom: boolean): string[][] {
  return parse(bytes, { bom, record_delimiter: ['\r\n', '\n'], relax_column_count: true });
}

function countLines(bytes: Buffer): number {
  let lines = bytes.at(-1) === NEWLINE ? 0 : 1;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) lines++;
  return lines;
}

function linesOf(bytes: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  for (let from = 0, to = 0; from < bytes.length; from = to) {
    to = bytes.indexOf(NEWLINE, from) + 1 || bytes.length;
    lines.push(bytes.subarray(from, to));
  }
  return lines;
}

function returnsAlone(name: string): InputError {
  return new InputError(`${name}: its lines end in CR alone; LF or CR LF is expected`);
}
