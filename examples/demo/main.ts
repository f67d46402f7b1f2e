import { demo } from './demo.js';

let isLost = false;
process.stdout.on('error', ({ message }) => {
  // A closed pipe, or a full disk behind it; every further write would say it again.
  if (!isLost) process.stderr.write(`demo: the report could not be printed (${message})\n`);
  isLost = true;
  process.exitCode = 1;
});
// With nobody to complain to, the exit code has to do.
process.stderr.on('error', () => {});

const code = await demo(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  error: (text) => process.stderr.write(text),
  errorIsTerminal: process.stderr.isTTY === true,
});
process.exitCode ||= code;
