import { demo } from './demo.js';

process.exitCode = await demo(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  error: (text) => process.stderr.write(text),
  errorIsTerminal: process.stderr.isTTY === true,
});
