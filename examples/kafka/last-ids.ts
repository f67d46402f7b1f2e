import { type KafkaPort, type KafkaTopic, type KafkaTrade, partitionFor } from 'hedgerow/kafka';

/**
 * The id of the last trade a topic has of each symbol, looked for from its end backwards and without a group: where a
 * producer that starts again goes on. A symbol of which there is none is left out.
 */
export async function lastIds(
  port: KafkaPort,
  topic: KafkaTopic<KafkaTrade>,
  symbols: readonly string[],
): Promise<Record<string, number>> {
  const ends = await port.endOffsets(topic.name);
  const last: Record<string, number> = {};
  for (const symbol of symbols) {
    const partition = partitionFor(symbol, ends.length);
    let to = ends[partition]!;
    for (let size = 1000; to > 0 && last[symbol] === undefined; size *= 4) {
      const from = Math.max(0, to - size);
      for await (const messages of port.read({ topic: topic.name, partition, from, to })) {
        for (const message of messages) {
          if (message.key === symbol) last[symbol] = Number(topic.decode(message).id);
        }
      }
      to = from;
    }
  }
  return last;
}
