import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock } from 'hedgerow/queue';
import { WebSocketServer } from 'ws';
import { FakeExchange, type FakeExchangeOptions } from './fake-exchange.js';

/** A fake exchange behind real sockets on this machine. */
export interface LoopbackExchange {
  readonly exchange: FakeExchange;
  /** `127.0.0.1:` and its port. */
  readonly host: string;
  /** Drops every connection, as a cable that is pulled. */
  cut(): void;
  close(): Promise<void>;
}

export async function loopbackExchange(
  options: Omit<FakeExchangeOptions, 'clock'>,
): Promise<LoopbackExchange> {
  const exchange = new FakeExchange({ clock: systemClock, ...options });
  const server = createServer((request, response) => {
    void exchange.fetch(`http://exchange${request.url}`).then(
      async ({ status, headers, text }) => {
        const retryAfter = headers.get('retry-after');
        response.writeHead(status, {
          'access-control-allow-origin': '*',
          'x-mbx-used-weight-1m': headers.get('x-mbx-used-weight-1m') ?? '0',
          ...(retryAfter !== null && { 'retry-after': retryAfter }),
        });
        response.end(await text());
      },
      () => response.destroy(),
    );
  });
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket, { url }) => {
    const inside = new exchange.WebSocket(`ws://exchange${url}`);
    inside.onmessage = ({ data }) => socket.send(data as string);
    inside.onclose = () => socket.terminate();
    socket.on('message', (data) => inside.send(String(data)));
    socket.on('close', () => inside.close());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    exchange,
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut: () => {
      for (const client of sockets.clients) client.terminate();
    },
    close: () =>
      new Promise((resolve) => {
        for (const client of sockets.clients) client.terminate();
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
