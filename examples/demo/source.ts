import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { InputError } from './failure.js';
import { counted } from './words.js';

const READ_SIZE = 256 * 1024;
/** Binary files, and UTF-16 without its mark, hold a zero byte at least this early; text holds none. */
const HEAD = 32;
const GZIP: readonly number[] = [0x1f, 0x8b];

/** What a file begins with when it is packed in a way that is not gzip. */
const PACKED: readonly (readonly [name: string, magic: readonly number[]])[] = [
  ['a zip archive', [0x50, 0x4b, 0x03, 0x04]],
  ['a zstd archive', [0x28, 0xb5, 0x2f, 0xfd]],
  ['an xz archive', [0xfd, 0x37, 0x7a, 0x58]],
  ['a bzip2 archive', [0x42, 0x5a, 0x68]],
  ['UTF-16 text', [0xff, 0xfe]],
  ['UTF-16 text', [0xfe, 0xff]],
];

/** A file on disk as a stream of text bytes, unpacked when its content is gzip, whatever its name says. */
export class Source {
  /** Bytes taken from disk so far. */
  bytesRead = 0;

  private constructor(
    /** The path as it was typed. */
    readonly name: string,
    /** Bytes in all (0 for a pipe). */
    readonly size: number,
  ) {}

  static async open(path: string): Promise<Source> {
    const facts = await stat(path).catch((error: NodeJS.ErrnoException) => {
      throw new InputError(`${path}: ${error.code === 'ENOENT' ? 'no such file' : error.message}`);
    });
    if (facts.isDirectory()) throw new InputError(`${path}: is a directory, not a file`);
    return new Source(path, facts.isFile() ? facts.size : 0);
  }

  async *chunks(): AsyncGenerator<Buffer> {
    const raw = this.raw();
    const first = await raw.next();
    if (first.done) throw new InputError(`${this.name}: the file is empty`);
    const begins = (magic: readonly number[]) => magic.every((byte, i) => first.value[i] === byte);
    const isGzip = begins(GZIP);
    const kind = PACKED.find(([, magic]) => begins(magic))?.[0];
    if (kind !== undefined || (!isGzip && first.value.subarray(0, HEAD).includes(0))) {
      throw new InputError(
        `${this.name}: looks like ${kind ?? 'binary data'}; expected CSV, plain or gzip, in UTF-8`,
      );
    }
    const bytes = rejoin(first.value, raw);
    yield* isGzip ? gunzip(bytes) : bytes;
  }

  /** An error of the stream in a reader's words, and how far the reading had come. */
  explain(error: NodeJS.ErrnoException, rows: number): Error {
    const where = `${this.name}${rows > 0 ? ` after ${counted(rows, 'row')}` : ''}`;
    if (error.code === 'Z_BUF_ERROR')
      return new InputError(`${where}: the gzip data stop in the middle; is the file cut off?`);
    if (error.code?.startsWith('Z_'))
      return new InputError(`${where}: the gzip data are damaged (${error.message})`);
    if (error.syscall) return new InputError(`${where}: cannot be read (${error.message})`);
    return error;
  }

  private async *raw(): AsyncGenerator<Buffer> {
    for await (const chunk of createReadStream(this.name, { highWaterMark: READ_SIZE })) {
      this.bytesRead += (chunk as Buffer).length;
      yield chunk as Buffer;
    }
  }
}

async function* rejoin(first: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* rest;
}

async function* gunzip(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  // Errors reach the reader through the last stream; the callback has nothing to add.
  const unpacked = pipeline(Readable.from(bytes), createGunzip({ chunkSize: READ_SIZE }), () => {});
  for await (const chunk of unpacked) yield chunk as Buffer;
}
