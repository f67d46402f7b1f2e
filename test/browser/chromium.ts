import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium, type LaunchOptions } from 'playwright-core';

/** A browser of the machine: `CHROMIUM` names it, or it is where Debian puts it. */
const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

const page = '<!doctype html><title>laws</title><body><script type="module" src="/page.js"></script></body>';
/** Scripts of the page's own server, and talk with those hosts alone that are named. */
const policy = (hosts: readonly string[]): string =>
  [
    "default-src 'none'; script-src 'self'",
    ...(hosts.length > 0 ? [`connect-src ${hosts.join(' ')}`] : []),
  ].join('; ');

/** How the browser is started; a machine without one is told so. */
export function browserOptions(): LaunchOptions {
  if (!existsSync(executablePath)) {
    throw new Error(`there is no browser at ${executablePath}: install chromium, or name one with CHROMIUM`);
  }
  return {
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  };
}

/** The text of `#report` once the page has written it, and everything the page complained of until then. */
export async function visit(
  scripts: Readonly<Record<string, string>>,
  hosts: readonly string[] = [],
): Promise<{ report: string; errors: string[] }> {
  const server = createServer(({ url = '/' }, response) => {
    const script = scripts[url.slice(1)];
    const type = script === undefined ? 'text/html' : 'text/javascript';
    response.writeHead(200, {
      'content-type': `${type}; charset=utf-8`,
      'content-security-policy': policy(hosts),
    });
    response.end(script ?? page);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const browser = await chromium.launch(browserOptions());
  try {
    const tab = await browser.newPage();
    const errors: string[] = [];
    tab.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    tab.on('pageerror', (error) => errors.push(String(error)));
    tab.on('requestfailed', (request) => errors.push(`${request.url()} failed`));
    await tab.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    const report = tab.locator('#report').textContent({ timeout: 120_000 });
    const text = await report.catch((error) => {
      throw new Error([`the page never reported: ${error}`, ...errors].join('\n'));
    });
    return { report: text ?? '', errors };
  } finally {
    await browser.close();
    server.close();
  }
}
