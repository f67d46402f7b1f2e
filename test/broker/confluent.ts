import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { cache } from './cache.js';

const NAME = '@confluentinc/kafka-javascript';
const VERSION = '1.10.1';

// A binary serves one version of Node's interface.
const folder = join(cache, `confluent-${VERSION}-node${process.versions.modules}`);

/** The module, from where `installConfluent` put it. */
export function confluentModule(): unknown {
  return createRequire(join(folder, 'index.js'))(NAME);
}

function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  return new Promise((done, failed) => {
    execFile(command, args, { env, timeout: 900_000, maxBuffer: 1e8 }, (error, out, complaints) => {
      if (error)
        failed(
          new Error(`${command} ${args[0]} ended with ${error.code}\n${(out + complaints).slice(-4000)}`),
        );
      else done();
    });
  });
}

async function build(into: string): Promise<void> {
  const headers = dirname(dirname(process.execPath));
  await run(
    'npm',
    ['install', '--prefix', into, '--build-from-source', '--foreground-scripts', `${NAME}@${VERSION}`],
    {
      ...process.env,
      // Against the system's libraries: the binary that npm would fetch otherwise does not lie in its registry.
      CKJS_LINKING: 'dynamic',
      ...(existsSync(join(headers, 'include/node/node.h')) ? { npm_config_nodedir: headers } : {}),
    },
  );
}

/** Loads it in a process of its own: a binary cannot be loaded from two places in one. */
const load = (from: string): Promise<void> =>
  run(process.execPath, ['-e', `require(${JSON.stringify(join(from, 'node_modules', NAME))})`], process.env);

/**
 * Builds the client once into the cache of the broker's jars: it cannot be a dependency of the project, since its install
 * needs a compiler and the headers of some libraries. Returns why it is not to be had, where it is not; on CI that throws.
 */
export async function installConfluent(): Promise<string | undefined> {
  try {
    if (!existsSync(folder)) {
      mkdirSync(cache, { recursive: true });
      const scratch = mkdtempSync(join(cache, 'confluent-part-'));
      try {
        await build(scratch);
        await load(scratch);
        renameSync(scratch, folder);
      } finally {
        rmSync(scratch, { recursive: true, force: true });
      }
    } else await load(folder);
    return undefined;
  } catch (error) {
    const why = `${NAME} ${VERSION} cannot be had here (to build it takes g++, make, python3 and the headers of OpenSSL, SASL, zlib and zstd): ${(error as Error).message}`;
    if (process.env['CI']) throw new Error(why);
    return why;
  }
}
