import { screenPairs, screenPairsInParallel } from 'hedgerow';
import { panels } from './screen-panels.js';

/** Every row of every screen as text that keeps its bits: alone, and on one, two and three workers. */
async function report(): Promise<void> {
  const worker = (): Worker => new Worker('/worker.js', { type: 'module' });
  const alone = panels().map(([panel, options]) => JSON.stringify(screenPairs(panel, options)));
  const together: string[][] = [];
  for (const threads of [1, 2, 3]) {
    const screens = panels().map(([panel, options]) =>
      screenPairsInParallel(panel, { ...options, threads, worker }),
    );
    together.push((await Promise.all(screens)).map((screen) => JSON.stringify(screen)));
  }
  const lost = await screenPairsInParallel(panels()[0]![0], {
    threads: 1,
    worker: () => new Worker('/broken.js', { type: 'module' }),
  }).catch((error) => String(error));
  const element = document.createElement('pre');
  element.id = 'report';
  element.textContent = JSON.stringify({ alone, together, lost });
  document.body.append(element);
}

report();
