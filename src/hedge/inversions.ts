/** How many pairs of a permutation stand in the wrong order, counted again and again in the same memory. */
export class Inversions {
  /** A bit for each number seen. */
  private readonly seen: Uint32Array;
  /** A binary tree over words of 32 bits: each node holds how many are seen to the left of its middle. */
  private readonly tree: Uint32Array;

  constructor(length: number) {
    this.seen = new Uint32Array((length >> 5) + 1);
    let size = 1;
    while (size < this.seen.length) size *= 2;
    this.tree = new Uint32Array(size);
  }

  /** Expected to hold each of 0 … length − 1 once. */
  of(permutation: Uint32Array): number {
    const { seen, tree } = this;
    const size = tree.length;
    seen.fill(0);
    tree.fill(0);
    let inversions = 0;
    for (let i = 0; i < permutation.length; i++) {
      const number = permutation[i]!;
      const word = number >>> 5;
      const bits = seen[word]!;
      let smaller = ones(bits & ~(-1 << (number & 31)));
      seen[word] = bits | (1 << (number & 31));
      // Every number takes as many steps, none of which asks a question: nothing to guess wrong.
      for (let node = word + size; node > 1; ) {
        const right = node & 1;
        node >>>= 1;
        const left = tree[node]!;
        smaller += left & -right;
        tree[node] = left + 1 - right;
      }
      inversions += i - smaller;
    }
    return inversions;
  }
}

/** How many bits are set. Warren, "Hacker's Delight" (2002), figure 5-2. */
function ones(bits: number): number {
  let sum = bits - ((bits >>> 1) & 0x55555555);
  sum = (sum & 0x33333333) + ((sum >>> 2) & 0x33333333);
  return Math.imul((sum + (sum >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
