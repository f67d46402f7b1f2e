import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { cache } from './cache.js';
import { jars } from './jars.js';

/** A Kafka to test against. */
export interface Kafka {
  readonly brokers: string;
  /** Stops the broker as SIGTERM does, or starts it again on the same data; only one that was started here. */
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Stops it for good and removes its data. */
  end(): Promise<void>;
}

const central = process.env['MAVEN_MIRROR'] ?? 'https://repo1.maven.org/maven2';

/** The jars of Apache Kafka, downloaded once into a cache outside the project. */
async function download(): Promise<void> {
  mkdirSync(cache, { recursive: true });
  const missing = jars.filter((path) => !existsSync(join(cache, basename(path))));
  for (const path of missing) {
    const response = await fetch(`${central}/${path}`);
    if (!response.ok) throw new Error(`${central}/${path}: ${response.status}`);
    const file = join(cache, basename(path));
    writeFileSync(`${file}.part`, new Uint8Array(await response.arrayBuffer()));
    renameSync(`${file}.part`, file);
  }
}

/** A port of the loopback that is free now. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as { port: number };
  await new Promise((done) => server.close(done));
  return port;
}

function answers(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      done(true);
    });
    socket.once('error', () => done(false));
  });
}

function properties(port: number, controller: number, data: string): string {
  return `process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:${controller}
listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controller}
advertised.listeners=PLAINTEXT://127.0.0.1:${port}
controller.listener.names=CONTROLLER
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
log.dirs=${data}
auto.create.topics.enable=false
offsets.topic.replication.factor=1
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=4
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
transaction.abort.timed.out.transaction.cleanup.interval.ms=500
group.initial.rebalance.delay.ms=0
group.min.session.timeout.ms=1000
group.consumer.min.session.timeout.ms=1000
group.consumer.session.timeout.ms=3000
group.consumer.min.heartbeat.interval.ms=200
group.consumer.heartbeat.interval.ms=300
log.cleaner.backoff.ms=500
log.cleaner.min.compaction.lag.ms=0
`;
}

/** Ends a broker, and removes its data, when this process is gone without having ended it: killed, it cannot. */
function guard(broker: ChildProcess, ended: Promise<void>, folder: string): void {
  const task = 'read -r _; kill -9 "$0"; rm -rf "$1"';
  const child = spawn('sh', ['-c', task, String(broker.pid), folder], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  child.unref();
  (child.stdin as Socket).unref();
  ended.then(() => child.kill('SIGKILL'));
}

/** The broker at `KAFKA_BROKERS`, or one of our own in KRaft mode on the loopback. */
export async function startKafka(): Promise<Kafka> {
  const given = process.env['KAFKA_BROKERS'];
  const refuse = async (): Promise<void> => {
    throw new Error('the broker of KAFKA_BROKERS is not ours to stop');
  };
  if (given) return { brokers: given, stop: refuse, start: refuse, end: async () => {} };
  await download();
  const folder = mkdtempSync(join(tmpdir(), 'hedgerow-kafka-'));
  const [port, controller] = [await freePort(), await freePort()];
  const config = join(folder, 'server.properties');
  writeFileSync(config, properties(port, controller, join(folder, 'data')));
  const java = ['-cp', join(cache, '*'), '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn'];
  const tool = [...java, 'kafka.tools.StorageTool'];
  const id = execFileSync('java', [...tool, 'random-uuid'], { encoding: 'utf8', stdio: 'pipe' }).trim();
  execFileSync('java', [...tool, 'format', '-t', id, '-c', config], { stdio: 'pipe' });
  let broker: { readonly process: ChildProcess; readonly ended: Promise<void> } | undefined;
  const start = async (): Promise<void> => {
    const log = openSync(join(folder, 'broker.log'), 'a');
    const started = spawn('java', ['-Xmx640m', '-XX:+UseSerialGC', ...java, 'kafka.Kafka', config], {
      stdio: ['ignore', log, log],
    });
    let isOver = false;
    const ended = new Promise<void>((done) => started.once('exit', () => done()));
    ended.then(() => {
      isOver = true;
    });
    broker = { process: started, ended };
    guard(started, ended, folder);
    for (let tries = 0; !(await answers(port)); tries++) {
      if (tries > 600 || isOver) throw new Error(`the broker does not start: see ${folder}`);
      await Promise.race([ended, new Promise((done) => setTimeout(done, 100))]);
    }
  };
  const stop = async (): Promise<void> => {
    if (!broker) return;
    const { process: stopped, ended } = broker;
    stopped.kill('SIGTERM');
    const hard = setTimeout(() => stopped.kill('SIGKILL'), 20_000);
    await ended;
    clearTimeout(hard);
    broker = undefined;
  };
  const onExit = (): void => {
    broker?.process.kill('SIGKILL');
  };
  process.once('exit', onExit);
  const end = async (): Promise<void> => {
    await stop();
    process.off('exit', onExit);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await start();
  } catch (error) {
    broker?.process.kill('SIGKILL');
    process.off('exit', onExit);
    throw error;
  }
  return { brokers: `127.0.0.1:${port}`, stop, start, end };
}
