import type { Source } from './source.js';

const TERMINAL_PAUSE = 200;
const LOG_PAUSE = 5000;
const LINE_START = '\r\u001b[K';

/** Says how far a long read has come: a line that renews itself on a terminal, a line every few seconds elsewhere. */
export class Progress {
  private last: number;
  private rows = 0;
  private shown = false;

  constructor(
    private readonly write: (text: string) => void,
    private readonly isTerminal: boolean,
    private readonly clock: () => number = Date.now,
  ) {
    this.last = clock();
  }

  /** Counts rows just read, and says so when it is time again. */
  add(rows: number, sources: readonly Source[]): void {
    this.rows += rows;
    const now = this.clock();
    if (now - this.last < (this.isTerminal ? TERMINAL_PAUSE : LOG_PAUSE)) return;
    this.last = now;
    const read = sources.reduce((sum, { bytesRead }) => sum + bytesRead, 0);
    const size = sources.reduce((sum, source) => sum + source.size, 0);
    const share = size > 0 ? ` of ${megabytes(size)} (${Math.floor((100 * read) / size)} %)` : '';
    const line = `read ${megabytes(read)}${share}, ${this.rows.toLocaleString('en-US')} rows`;
    this.write(this.isTerminal ? LINE_START + line : `${line}\n`);
    this.shown = true;
  }

  /** Wipes the line, so that what follows starts clean. */
  clear(): void {
    if (this.shown && this.isTerminal) this.write(LINE_START);
    this.shown = false;
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toLocaleString('en-US', { maximumFractionDigits: 1 })} MB`;
}
