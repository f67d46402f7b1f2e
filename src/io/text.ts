/** Text as it comes: at once, or in pieces cut anywhere, now or later. Bytes are UTF-8. */
export type TextSource = string | Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;

/** The text in pieces that end where a line does and no quote is open; the last may end anywhere. */
export async function* wholeLines(source: TextSource, quote = '"'): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let kept: string[] = [];
  let isOpen = false;
  for await (const piece of typeof source === 'string' ? [source] : source) {
    const text = typeof piece === 'string' ? piece : decoder.decode(piece, { stream: true });
    let end = -1;
    for (let i = 0; i < text.length; i++) {
      if (text[i] === quote) isOpen = !isOpen;
      else if (text[i] === '\n' && !isOpen) end = i;
    }
    if (end < 0) {
      kept.push(text);
      continue;
    }
    yield kept.join('') + text.slice(0, end + 1);
    kept = [text.slice(end + 1)];
  }
  kept.push(decoder.decode());
  const rest = kept.join('');
  if (rest !== '') yield rest;
}
