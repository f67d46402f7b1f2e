import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { type PlatformaticModule, Wire } from '../../src/adapters/kafka/platformatic-wire.js';

class FakeConnection extends EventEmitter {
  cut = 0;
  readonly socket = { destroy: (): number => this.cut++ };
}

/** A pool that forgets every connection it makes, as the client's does with one that follows at once on one that failed. */
class ForgetfulPool extends EventEmitter {
  static readonly all: ForgetfulPool[] = [];

  constructor() {
    super();
    ForgetfulPool.all.push(this);
  }

  makes(): FakeConnection {
    const connection = new FakeConnection();
    connection.once('error', () => {});
    this.emit('connecting', { connection });
    return connection;
  }

  async close(): Promise<void> {}
}

describe('the connections of @platformatic/kafka', () => {
  it('are closed whether their pool remembers them or not, but for those that ended by themselves', async () => {
    const module = {
      Base: class {
        readonly connections = new ForgetfulPool();
        async close(): Promise<void> {}
      },
      ConnectionPool: ForgetfulPool,
    } as unknown as PlatformaticModule;
    const wire = new Wire(module, { brokers: ['h:1'], clientId: 'test', connection: {} });
    const left = ForgetfulPool.all.map((pool) => pool.makes());
    const [failed, ended] = [ForgetfulPool.all[0]!.makes(), ForgetfulPool.all[1]!.makes()];
    failed.emit('error', new Error('refused'));
    ended.emit('close');
    await wire.close();
    expect(left.map(({ cut }) => cut)).toEqual([1, 1, 1]);
    expect([failed.cut, ended.cut]).toEqual([0, 0]);
  });
});
