const LONGEST = 80;
/** What does not print, or would end the line. */
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** Text of a file as it can stand inside a line: what does not print is spelt out, and the end is cut off a long one. */
export function quoted(text: string): string {
  // No more is looked at than can be shown: a cell may be a megabyte.
  const printable = text
    .slice(0, LONGEST + 1)
    .replace(UNPRINTABLE, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);
  return printable.length > LONGEST ? `${printable.slice(0, LONGEST - 1)}…` : printable;
}
