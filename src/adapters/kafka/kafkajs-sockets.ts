import { loadClient } from './load-client.js';

interface Socket {
  setKeepAlive(is: boolean, after: number): unknown;
  once(event: 'close', listener: () => void): unknown;
  destroy(error: Error): unknown;
}

interface Place {
  readonly host: string;
  readonly port: number;
  readonly servername?: string;
}

/** What kafkajs asks its connections of, in the words of its own `socketFactory`. */
export type KafkaJsSocketFactory = (asked: {
  readonly host: string;
  readonly port: number;
  readonly ssl?: object;
  onConnect(): void;
}) => Socket;

/** Connections as kafkajs makes them. */
export async function socketFactory(): Promise<KafkaJsSocketFactory> {
  const [net, tls] = (await Promise.all(['node:net', 'node:tls'].map(loadClient))) as [
    { connect(place: Place, done: () => void): Socket; isIP(host: string): number },
    { connect(place: Place, done: () => void): Socket },
  ];
  return ({ host, port, ssl, onConnect }) => {
    const name = net.isIP(host) ? {} : { servername: host };
    const socket = ssl
      ? tls.connect({ host, port, ...name, ...ssl }, onConnect)
      : net.connect({ host, port }, onConnect);
    socket.setKeepAlive(true, 60_000);
    return socket;
  };
}

/**
 * The connections of all clients of a port, which end with it: kafkajs itself waits for every answer it was promised, and
 * connects again after it was disconnected, while what was asked of it is not over.
 */
export class KafkaJsSockets {
  private readonly open = new Set<Socket>();
  isCut = false;

  constructor(private readonly make: KafkaJsSocketFactory) {}

  readonly connect: KafkaJsSocketFactory = (asked) => {
    if (this.isCut) throw new Error('the port was closed');
    const socket = this.make(asked);
    this.open.add(socket);
    socket.once('close', () => this.open.delete(socket));
    return socket;
  };

  /** Ends them all, and whatever waits for an answer fails. */
  cut(): void {
    this.isCut = true;
    for (const socket of this.open) socket.destroy(new Error('the port was closed'));
  }
}
