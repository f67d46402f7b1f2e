/** Whether text becomes bytes and comes back the same: half of a surrogate pair does not. */
export function isWhole(text: string): boolean {
  // With the flag u a pair is one character, and a half that matches stands alone.
  return !/[\ud800-\udfff]/u.test(text);
}
