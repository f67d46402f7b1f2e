/** Text as it comes: at once, or in pieces cut anywhere, now or later. Bytes are UTF-8. */
export type TextSource = string | Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;

/** The pieces as text, without the byte-order mark that Excel begins a file with. */
export async function* textOf(source: TextSource): AsyncGenerator<string> {
  // A decoder swallows the mark of bytes by itself.
  const decoder = new TextDecoder();
  let isFirst = true;
  for await (const piece of typeof source === 'string' ? [source] : source) {
    let text = typeof piece === 'string' ? piece : decoder.decode(piece, { stream: true });
    if (text === '') continue;
    if (isFirst && text.charCodeAt(0) === 0xfeff) text = text.slice(1);
    isFirst = false;
    yield text;
  }
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}

/** The text in pieces that end where a line does; the last may end anywhere. */
export async function* wholeLines(source: TextSource): AsyncGenerator<string> {
  const kept: string[] = [];
  for await (const text of textOf(source)) {
    const end = text.lastIndexOf('\n') + 1;
    kept.push(text.slice(0, end === 0 ? text.length : end));
    if (end === 0) continue;
    yield kept.join('');
    kept.length = 0;
    kept.push(text.slice(end));
  }
  const rest = kept.join('');
  if (rest !== '') yield rest;
}
