import { Stop, within } from './host.js';
import {
  checkTimes,
  type KafkaCommit,
  KafkaError,
  type KafkaMessage,
  type KafkaPort,
  type KafkaRange,
  type KafkaRecord,
  type KafkaSubscription,
  type KafkaTransaction,
  portClosed,
} from './port.js';

/** How long memberships may take to end when the port is closed, in milliseconds. */
const GOODBYE = 5000;

/** A port that means what it says when it is closed: whatever is under way or asked of it later fails, in the same words. */
export class ClosingPort implements KafkaPort {
  readonly client: string;
  readonly fencesOffsets: boolean;
  private readonly stops = new Set<Stop>();
  private readonly running = new Set<Promise<void>>();
  private closing: Promise<void> | undefined;

  constructor(private readonly port: KafkaPort) {
    this.client = port.client;
    this.fencesOffsets = port.fencesOffsets;
  }

  produce(records: readonly KafkaRecord[]): Promise<void> {
    return this.unlessClosed(() => {
      checkTimes(records);
      return this.port.produce(records);
    });
  }

  consume(subscription: KafkaSubscription): Promise<void> {
    const run = this.unlessClosed(() => this.member(subscription));
    this.running.add(run);
    const over = (): unknown => this.running.delete(run);
    run.then(over, over);
    return run;
  }

  private async member(subscription: KafkaSubscription): Promise<void> {
    const { group, topics, signal } = subscription;
    const stop = new Stop();
    const onAbort = (): void => stop.abort();
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) stop.abort();
    this.stops.add(stop);
    try {
      await this.port.consume({
        group,
        topics,
        signal: stop,
        assigned: (committed) => subscription.assigned(committed),
        batch: (batch) => subscription.batch(batch),
        // Through a port that is closed nothing can be written any more.
        revoked: (places) => (this.closing ? subscription.lost(places) : subscription.revoked(places)),
        lost: (places) => subscription.lost(places),
      });
      if (this.closing && !signal.aborted) throw portClosed();
    } finally {
      signal.removeEventListener('abort', onAbort);
      this.stops.delete(stop);
    }
  }

  async *read(range: KafkaRange): AsyncGenerator<readonly KafkaMessage[]> {
    if (this.closing) throw portClosed();
    try {
      for await (const messages of this.port.read(range)) {
        if (this.closing) throw portClosed();
        yield messages;
      }
    } catch (error) {
      throw this.said(error);
    }
  }

  commit(commit: KafkaCommit): Promise<void> {
    return this.unlessClosed(() => this.port.commit(commit));
  }

  transaction(transaction: KafkaTransaction): Promise<void> {
    return this.unlessClosed(() => {
      checkTimes(transaction.records);
      return this.port.transaction(transaction);
    });
  }

  endOffsets(topic: string): Promise<readonly number[]> {
    return this.unlessClosed(() => this.port.endOffsets(topic));
  }

  close(): Promise<void> {
    this.closing ??= this.end();
    return this.closing;
  }

  private async end(): Promise<void> {
    // The memberships' last words are said while `closing` is set.
    await Promise.resolve();
    for (const stop of this.stops) stop.abort();
    await within(GOODBYE, Promise.allSettled(this.running));
    await this.port.close();
  }

  private async unlessClosed<Result>(task: () => Promise<Result>): Promise<Result> {
    if (this.closing) throw portClosed();
    try {
      return await task();
    } catch (error) {
      throw this.said(error);
    }
  }

  /** What goes wrong with a port that is being closed goes wrong because it is. */
  private said(error: unknown): unknown {
    return this.closing && error instanceof KafkaError ? portClosed() : error;
  }
}
