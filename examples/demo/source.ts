import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { InputError } from './failure.js';

const READ_SIZE = 256 * 1024;

/** What a file begins with when it is packed in a way that is not gzip. */
const PACKED: readonly (readonly [name: string, magic: readonly number[]])[] = [
  ['a zip archive', [0x50, 0x4b, 0x03, 0x04]],
  ['a zstd archive', [0x28, 0xb5, 0x2f, 0xfd]],
  ['an xz archive', [0xfd, 0x37, 0x7a, 0x58]],
  ['a bzip2 archive', [0x42, 0x5a, 0x68]],
  ['UTF-16 text', [0xff, 0xfe]],
];

/** A file on disk as a stream of text bytes, unpacked when its content is gzip, whatever its name says. */
export class Source {
  readonly name: string;
  /** Bytes taken from disk so far, and in all (0 for a pipe). */
  bytesRead = 0;
  readonly size: number;
  private readonly path: string;

  private constructor(path: string, size: number) {
    this.path = path;
    this.name = basename(path);
    this.size = size;
  }

  static async open(path: string): Promise<Source> {
    const facts = await stat(path).catch((error: NodeJS.ErrnoException) => {
      throw new InputError(`${path}: ${error.code === 'ENOENT' ? 'no such file' : error.message}`);
    });
    if (facts.isDirectory()) throw new InputError(`${path}: is a directory, not a file`);
    return new Source(path, facts.isFile() ? facts.size : 0);
  }

  async *chunks(): AsyncGenerator<Buffer> {
    try {
      const raw = this.raw();
      const first = await raw.next();
      if (first.done) throw new InputError(`${this.name}: the file is empty`);
      for (const [kind, magic] of PACKED) {
        if (magic.every((byte, i) => first.value[i] === byte)) {
          throw new InputError(`${this.name}: looks like ${kind}; expected CSV, plain or gzip`);
        }
      }
      const bytes = rejoin(first.value, raw);
      if (first.value[0] === 0x1f && first.value[1] === 0x8b) yield* gunzip(bytes);
      else yield* bytes;
    } catch (error) {
      throw this.explain(error as NodeJS.ErrnoException);
    }
  }

  private async *raw(): AsyncGenerator<Buffer> {
    for await (const chunk of createReadStream(this.path, { highWaterMark: READ_SIZE })) {
      this.bytesRead += (chunk as Buffer).length;
      yield chunk as Buffer;
    }
  }

  private explain(error: NodeJS.ErrnoException): Error {
    if (error.code === 'Z_BUF_ERROR')
      return new InputError(`${this.name}: the gzip data stop in the middle; is the file cut off?`);
    if (error.code?.startsWith('Z_'))
      return new InputError(`${this.name}: the gzip data are damaged (${error.message})`);
    if (error.syscall) return new InputError(`${this.name}: cannot be read (${error.message})`);
    return error;
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
