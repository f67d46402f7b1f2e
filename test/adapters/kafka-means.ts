import { RollingMean } from 'hedgerow';
import {
  estimatorOperator,
  jsonTopic,
  type KafkaMessage,
  type KafkaTopic,
  MemoryBroker,
  MemoryPort,
  readTopic,
  type StatefulOperator,
  type StatefulOptions,
} from 'hedgerow/kafka';
import { type Started, startRun } from './kafka-runs.js';

export interface Price {
  readonly symbol: string;
  readonly price: number;
}

export interface Mean {
  readonly symbol: string;
  readonly mean: number;
}

/** Without a check, as whoever trusts his producers has it. */
export const prices: KafkaTopic<Price> = jsonTopic('prices', { key: ({ symbol }: Price) => symbol });
export const means: KafkaTopic<Mean> = jsonTopic('means', { key: ({ symbol }: Mean) => symbol });

/** The mean of a window, for each symbol. */
export function meanOf(window: number, id = 'mean', version = 1): StatefulOperator<Price, Mean> {
  return estimatorOperator({
    id,
    version,
    configuration: { window },
    create: () => new RollingMean({ window }),
    from: RollingMean.from,
    observe: ({ price }: Price) => price,
    report: (mean, { symbol }): Mean => ({ symbol: String(symbol), mean }),
  });
}

/** A broker with the topics of a run over one partition. */
export function meansBroker(): MemoryBroker {
  return new MemoryBroker({ prices: 1, means: 1, states: 1, 'prices-dead-letters': 1 });
}

/** Writes values to the input as they are, whatever they are. */
export async function put(broker: MemoryBroker, ...values: readonly unknown[]): Promise<void> {
  const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
  await new MemoryPort(broker).produce(
    values.map((value) => ({ topic: 'prices', partition: 0, key: null, value: bytes(value) })),
  );
}

export type MeansOptions = Partial<StatefulOptions<Price, Mean>>;

export function startMeans(broker: MemoryBroker, options: MeansOptions = {}): Started {
  const port = new MemoryPort(broker);
  return startRun({ port, input: prices, output: means, group: 'means', operator: meanOf(2), ...options });
}

/** Runs until all that is there has been written, and stops. */
export async function runThrough(broker: MemoryBroker, options: MeansOptions = {}): Promise<Started> {
  const started = startMeans(broker, options);
  const { end } = broker.log('prices', 0);
  const isThrough = (): boolean => (started.run.status().partitions[0]?.flushedOffset ?? -1) >= end;
  let isOver = false;
  started.run.done
    .finally(() => {
      isOver = true;
    })
    .catch(() => {});
  while (!isThrough() && !isOver) await new Promise((done) => setTimeout(done, 2));
  await started.stop();
  return started;
}

export const meansIn = async (broker: MemoryBroker): Promise<number[]> =>
  (await readTopic(new MemoryPort(broker), means)).map(({ value }) => value.mean);

export async function messagesIn(broker: MemoryBroker, topic: string): Promise<KafkaMessage[]> {
  const messages: KafkaMessage[] = [];
  for await (const part of new MemoryPort(broker).read({ topic, partition: 0, to: 1e9 }))
    messages.push(...part);
  return messages;
}
