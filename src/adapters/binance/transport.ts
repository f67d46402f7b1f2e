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

/** The socket to open: the caller's, or the runtime's own. */
export function socketClass(who: string, given: SocketClass | undefined): SocketClass {
  const found = given ?? (globalThis as unknown as Globals).WebSocket;
  if (typeof found === 'function') return found;
  throw new OptionError(
    `${who}: this runtime has no WebSocket (Node has one from version 22): pass WebSocket, such as that of the ws package`,
  );
}

/** The fetch to ask with: the caller's, or the runtime's own. */
export function fetchFunction(who: string, given: Fetch | undefined): Fetch {
  const found = given ?? (globalThis as unknown as Globals).fetch;
  if (typeof found === 'function') return found;
  throw new OptionError(`${who}: this runtime has no fetch: pass one`);
}

/** What calls a request off. */
export function aborter(): { readonly signal: never; abort(): void } {
  return new (globalThis as unknown as Globals).AbortController();
}
