import { type TextSource, textOf } from './text.js';

const QUOTE = 34;
const COMMA = 44;
const NEWLINE = 10;
const RETURN = 13;

/** Where in a line the text stands. A quote opens a field only at its beginning. */
type Place = 'start' | 'plain' | 'quoted' | 'after quote';

/**
 * CSV in pieces that end where a line does and no quote is open; the last may end anywhere. Lines end in \n alone: \r\n, \r
 * and any mixture of them become that, outside quotes.
 */
export async function* csvLines(source: TextSource): AsyncGenerator<string> {
  let place: Place = 'start';
  let afterReturn = false;
  let kept: string[] = [];
  for await (const text of textOf(source)) {
    let whole = '';
    let from = 0;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      const follows = afterReturn;
      afterReturn = false;
      if (place === 'quoted') {
        if (code === QUOTE) place = 'after quote';
      } else if (code === QUOTE && place !== 'plain') place = 'quoted';
      else if (code === COMMA) place = 'start';
      else if (code === NEWLINE || code === RETURN) {
        // The \n of \r\n ends no line of its own.
        if (!(code === NEWLINE && follows)) {
          whole += `${kept.join('')}${text.slice(from, i)}\n`;
          kept = [];
        }
        from = i + 1;
        afterReturn = code === RETURN;
        place = 'start';
      } else place = 'plain';
    }
    kept.push(text.slice(from));
    if (whole !== '') yield whole;
  }
  const rest = kept.join('');
  if (rest !== '') yield rest;
}
