import { OptionError } from '../../core/errors.js';

/** What a feed asks of a `WebSocket`: that of a browser, of Node 22, or of the `ws` package. */
export interface Socket {
  onopen: unknown;
  onmessage: unknown;
  onclose: unknown;
  onerror: unknown;
  send(text: string): void;
  close(): void;
  /** Where the transport can: `ws` can, browsers cannot. */
  pause?(): void;
  resume?(): void;
  terminate?(): void;
}

/** How a `WebSocket` is opened. */
export type SocketClass = new (address: string) => Socket;

/** What a feed asks of `fetch`. */
export type Fetch = (
  address: string,
  options: { readonly signal: never },
) => Promise<{
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
}>;

/** What a feed works with: the caller's own, or that of the runtime. */
export interface Tools {
  readonly WebSocket?: SocketClass;
  readonly fetch?: Fetch;
}

/** The caller's tool, or the runtime's own. */
export function toolOf<Name extends keyof Tools>(
  who: string,
  name: Name,
  tools: Tools,
  hint = '',
): NonNullable<Tools[Name]> {
  const tool = tools[name] ?? (globalThis as Tools)[name];
  if (typeof tool === 'function') return tool;
  throw new OptionError(`${who}: this runtime has no ${name}: pass one${hint}`);
}
