import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { kafkaJs } from 'hedgerow/kafka';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

/** A broker that takes every connection and never says anything. */
const sockets = new Set<Socket>();
let silent: Server;
let brokers: string[];
beforeEach(async () => {
  silent = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).once('close', () => sockets.delete(socket));
    socket.resume();
  });
  silent.listen(0, '127.0.0.1');
  await once(silent, 'listening');
  brokers = [`127.0.0.1:${(silent.address() as AddressInfo).port}`];
});
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  silent.close();
});

const saidBy = (task: Promise<unknown>): Promise<string> =>
  task.then(
    () => 'nothing thrown',
    (error: Error) => error.message,
  );

const until = async (is: () => boolean): Promise<void> => {
  while (!is()) await new Promise((done) => setTimeout(done, 5));
};

describe('kafkaJs', () => {
  it('ends with all its connections where the broker says nothing', { timeout: 20_000 }, async () => {
    const port = await kafkaJs({ brokers });
    const stop = new AbortController();
    const callback = async (): Promise<never[]> => [];
    const record = { topic: 'legs', partition: 0, key: null, value: null };
    const said = [
      port.endOffsets('legs'),
      port.produce([record]),
      port.produce([record]),
      port.transaction({ id: 'writer', records: [record] }),
      port.read({ topic: 'legs', partition: 0, to: 9 })[Symbol.asyncIterator]().next(),
      port.consume({
        group: 'g',
        topics: ['legs'],
        signal: stop.signal,
        assigned: callback,
        batch: async () => {},
        revoked: async () => {},
        lost: async () => {},
      }),
    ].map(saidBy);
    await until(() => sockets.size > 1);
    await port.close();
    expect(new Set(await Promise.all(said))).toEqual(new Set(['hedgerow/kafka: the port was closed']));
    await until(() => sockets.size === 0);
  });

  it('asks again where it was opened before there was a broker', { timeout: 20_000 }, async () => {
    silent.close();
    await once(silent, 'close');
    const port = await kafkaJs({ brokers });
    expect(await saidBy(port.endOffsets('legs'))).toContain('ECONNREFUSED');
    silent.listen(Number(brokers[0]!.split(':')[1]), '127.0.0.1');
    const asking = saidBy(port.endOffsets('legs'));
    await until(() => sockets.size > 0);
    await port.close();
    expect(await asking).toBe('hedgerow/kafka: the port was closed');
  });
});
