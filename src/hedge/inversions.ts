/** How many pairs of a permutation stand in the wrong order, counted again and again in the same memory. */
export class Inversions {
  /** A bit for each number seen, and for each 32 of them a Fenwick tree's node. */
  private readonly seen: Uint32Array;
  private readonly tree: Uint32Array;

  constructor(length: number) {
    this.seen = new Uint32Array((length >> 5) + 1);
    this.tree = new Uint32Array(this.seen.length + 1);
  }

  /** Expected to hold each of 0 … length − 1 once. */
  of(permutation: Uint32Array): number {
    const { seen, tree } = this;
    seen.fill(0);
    tree.fill(0);
    let inversions = 0;
    for (let i = 0; i < permutation.length; i++) {
      const number = permutation[i]!;
      const word = number >>> 5;
      const bits = seen[word]!;
      let smaller = ones(bits & ~(-1 << (number & 31)));
      for (let node = word; node > 0; node &= node - 1) smaller += tree[node]!;
      inversions += i - smaller;
      seen[word] = bits | (1 << (number & 31));
      for (let node = word + 1; node < tree.length; node += node & -node) tree[node] = tree[node]! + 1;
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
