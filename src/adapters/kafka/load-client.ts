import { KafkaError } from './port.js';

/** The module of a Kafka client, loaded when it is asked for: hedgerow depends on none of them. */
export async function loadClient(name: string): Promise<unknown> {
  try {
    // The name in a variable keeps bundlers from looking for a package that may not be installed.
    return await import(/* @vite-ignore */ name);
  } catch (cause) {
    const { code = '', message } = cause as { readonly code?: string; readonly message: string };
    // Of a package that it needs itself the name is another.
    const isMissing = code.endsWith('MODULE_NOT_FOUND') && message.includes(`'${name}'`);
    const said = isMissing
      ? 'is to be installed beside hedgerow, and is not'
      : `cannot be loaded: ${message}`;
    throw new KafkaError('refused', `hedgerow/kafka: ${name} ${said}`, cause);
  }
}

/** Refuses a Node older than a client needs, which would fail in the middle of its work. */
export function checkNode(name: string, [major, minor]: readonly [number, number], version?: string): void {
  const [ours = 0, part = 0] = (version ?? `${major}.${minor}`).split('.').map(Number);
  if (ours > major || (ours === major && part >= minor)) return;
  throw new KafkaError(
    'refused',
    `hedgerow/kafka: ${name} needs Node ${major}.${minor} or later, and this is ${version}`,
  );
}
