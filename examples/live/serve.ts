// The browser page on this machine alone: `npm run live:page`, then open the address it prints.
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.map': 'application/json',
};
const SERVED = /^\/(?:dist|examples\/live|node_modules\/(?:jstat|ml-matrix|papaparse))\//;

/** Serves the page and the modules it needs, and nothing else, on the loopback. */
export function servePage(port = 0): Promise<Server> {
  const server = createServer(async ({ url = '/' }, response) => {
    const path = normalize(decodeURIComponent(new URL(url, 'http://localhost').pathname));
    const type = TYPES[extname(path)];
    try {
      if (!SERVED.test(path) || type === undefined) throw new Error('not served');
      const text = await readFile(join(root, path));
      response.writeHead(200, { 'content-type': `${type}; charset=utf-8` });
      response.end(text);
    } catch {
      response.writeHead(404);
      response.end();
    }
  });
  return new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(server)));
}

/** Where the page of a server is. */
export function pageOf(server: Server, query = ''): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/examples/live/page.html${query}`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const server = await servePage(Number(process.env['PORT'] ?? 8080));
  console.log(`${pageOf(server)}  (or ${pageOf(server, '?simulated')})`);
}
