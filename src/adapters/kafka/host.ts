/** What every host has and the language alone does not name. */
interface Host {
  setTimeout(task: () => void, milliseconds: number): unknown;
  clearTimeout(timer: unknown): void;
  readonly TextEncoder: new () => { encode(text: string): Uint8Array };
  readonly TextDecoder: new (
    encoding: 'utf-8',
    options: { fatal: boolean },
  ) => {
    decode(bytes: Uint8Array): string;
  };
  readonly crypto: { randomUUID(): string };
  readonly process?: { readonly versions?: { readonly node?: string } };
  /** Node alone has it, and so do the drivers alone. */
  readonly Buffer: { from(memory: ArrayBufferLike, offset: number, length: number): Uint8Array };
}

export const host: Host = globalThis as unknown as Host;

/** What stops a run: the `signal` of an `AbortController`. */
export interface KafkaSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** Text as bytes. */
export function bytesOf(text: string): Uint8Array {
  return new host.TextEncoder().encode(text);
}

/** Bytes as text; throws where they are none. */
export function textOf(bytes: Uint8Array): string {
  return new host.TextDecoder('utf-8', { fatal: true }).decode(bytes);
}

/** Bytes as text, of others' making: a sign where they are none, and nothing where there are none. */
export function readable(bytes: Uint8Array | null): string {
  try {
    return bytes === null ? '' : textOf(bytes);
  } catch {
    return '\u{fffd}';
  }
}

/** The same bytes as Node's clients want them. */
export function buffered(bytes: Uint8Array): Uint8Array {
  return host.Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Waits, or less when stopped. */
export function sleep(milliseconds: number, signal?: KafkaSignal): Promise<void> {
  if (signal?.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      host.clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = host.setTimeout(done, milliseconds);
    signal?.addEventListener('abort', done);
  });
}

/** Waits for a task, but not for ever. */
export async function within(milliseconds: number, task: Promise<unknown>): Promise<void> {
  const stop = new Stop();
  await Promise.race([task.catch(() => {}), sleep(milliseconds, stop)]);
  stop.abort();
}

/** A signal of one's own, which also stops when another does. */
export class Stop implements KafkaSignal {
  aborted = false;
  private readonly listeners = new Set<() => void>();

  abort(): void {
    if (this.aborted) return;
    this.aborted = true;
    for (const listener of [...this.listeners]) listener();
  }

  addEventListener(_: 'abort', listener: () => void): void {
    this.listeners.add(listener);
  }

  removeEventListener(_: 'abort', listener: () => void): void {
    this.listeners.delete(listener);
  }
}
