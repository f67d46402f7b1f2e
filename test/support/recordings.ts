import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { dataFolder } from './market-data.js';

/** One frame as it was received: the recorder's clock, as text, and the bytes of the exchange. */
export interface RecordedFrame {
  readonly received: string;
  readonly frame: string;
}

/** The lines of a recording of the crypto folder that are not empty. */
export function recordedLines(file: string): string[] {
  const bytes = readFileSync(join(dataFolder!, 'crypto', file));
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return text.split('\n').filter((line) => line !== '');
}

/** A recording of 2024: receipt time in nanoseconds, a space, the frame. */
export function recordedFrames(file: string): RecordedFrame[] {
  return recordedLines(file).map((line) => {
    const space = line.indexOf(' ');
    return { received: line.slice(0, space), frame: line.slice(space + 1) };
  });
}

/** A recording of 2021: first the address, then receipt time in seconds, a colon, the frame. */
export function recordedFrames2021(file: string): RecordedFrame[] {
  return recordedLines(file)
    .slice(1)
    .map((line) => {
      const colon = line.indexOf(': ');
      return { received: line.slice(0, colon), frame: line.slice(colon + 2) };
    });
}
