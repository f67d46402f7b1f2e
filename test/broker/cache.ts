import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where the broker, and the client that has to be built, are kept from one run to the next. */
export const cache: string =
  process.env['HEDGEROW_KAFKA_CACHE'] ?? join(homedir(), '.cache/hedgerow/kafka-4.1.1');
