// Runs every numbered example; fails when one ends badly or has nothing to say.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('.', import.meta.url));
const scripts = readdirSync(folder).filter((name) => /^\d\d-.*\.ts$/.test(name));
// The flags of this process are those of the loader that lets Node read TypeScript.
const flags = process.execArgv;

let failed = scripts.length === 0 ? 1 : 0;
for (const script of scripts.sort()) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...flags, folder + script], {
    encoding: 'utf8',
  });
  const isGood = status === 0 && stdout.trim() !== '';
  if (!isGood) failed++;
  console.log(`${isGood ? '✓' : '✗'} ${script}`);
  console.log(
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => `    ${line}`)
      .join('\n'),
  );
  if (!isGood)
    console.error(`    ended with ${status}${stdout.trim() === '' ? ', printed nothing' : ''}\n${stderr}`);
}
console.log(
  failed === 0 ? `${scripts.length} examples ran` : `${failed} of ${scripts.length} examples failed`,
);
process.exitCode = failed === 0 ? 0 : 1;
