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

function npm(args: readonly string[]): Promise<void> {
  const headers = dirname(dirname(process.execPath));
  const env = {
    ...process.env,
    // Against the system's libraries and from source: the binary that npm would fetch otherwise lies outside the registry.
    CKJS_LINKING: 'dynamic',
    ...(existsSync(join(headers, 'include/node/node.h')) ? { npm_config_nodedir: headers } : {}),
  };
  return new Promise((done, failed) => {
    execFile('npm', args, { env, timeout: 900_000, maxBuffer: 1e8 }, (error, out, complaints) => {
      if (error)
        failed(new Error(`npm ${args.join(' ')}: ${error.message}\n${(out + complaints).slice(-4000)}`));
      else done();
    });
  });
}

/**
 * Builds the client once into the cache of the broker's jars: it cannot be a dependency of the project, since its install
 * needs a compiler and librdkafka's libraries. Returns why it is not to be had, where it is not; on CI that is an error.
 */
export async function installConfluent(): Promise<string | undefined> {
  try {
    if (!existsSync(folder)) {
      mkdirSync(cache, { recursive: true });
      const scratch = mkdtempSync(join(cache, 'confluent-part-'));
      try {
        await npm([
          'install',
          '--prefix',
          scratch,
          '--build-from-source',
          '--foreground-scripts',
          `${NAME}@${VERSION}`,
        ]);
        createRequire(join(scratch, 'index.js'))(NAME);
        renameSync(scratch, folder);
      } finally {
        rmSync(scratch, { recursive: true, force: true });
      }
    }
    confluentModule();
    return undefined;
  } catch (error) {
    const why = `${NAME} ${VERSION} cannot be built here (it needs g++, make, python3 and the headers of OpenSSL, SASL, zlib and zstd): ${(error as Error).message}`;
    if (process.env['CI']) throw new Error(why);
    return why;
  }
}
