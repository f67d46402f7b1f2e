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

interface Globals {
  readonly AbortController: new () => { readonly signal: never; abort(): void };
  readonly WebSocket?: SocketClass;
  readonly fetch?: Fetch;
}

function given<Tool>(who: string, name: 'WebSocket' | 'fetch', tool: unknown, hint: string): Tool {
  const found = tool ?? (globalThis as unknown as Globals)[name];
  if (typeof found === 'function') return found as Tool;
  throw new OptionError(`${who}: this runtime has no ${name}${hint}`);
}

/** The socket to open: the caller's, or the runtime's own. */
export function socketClass(who: string, tool: SocketClass | undefined): SocketClass {
  const hint = ' (Node has one from version 22): pass WebSocket, such as that of the ws package';
  return given(who, 'WebSocket', tool, hint);
}

/** The fetch to ask with: the caller's, or the runtime's own. */
export function fetchFunction(who: string, tool: Fetch | undefined): Fetch {
  return given(who, 'fetch', tool, ': pass one');
}

/** What calls a request off. */
export function aborter(): { readonly signal: never; abort(): void } {
  return new (globalThis as unknown as Globals).AbortController();
}
