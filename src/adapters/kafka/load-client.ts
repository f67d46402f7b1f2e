import { KafkaError } from './port.js';

/** The module of a Kafka client, loaded when it is asked for: hedgerow depends on none of them. */
export async function loadClient(name: string): Promise<unknown> {
  try {
    // The name in a variable keeps bundlers from looking for a package that may not be installed.
    return await import(/* @vite-ignore */ name);
  } catch (cause) {
    throw new KafkaError(
      'refused',
      `hedgerow/kafka: ${name} is to be installed beside hedgerow, and is not`,
      cause,
    );
  }
}
