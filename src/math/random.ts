import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import type { JumpableRandomGenerator } from 'pure-rand/types/JumpableRandomGenerator';
import { checkInteger } from '../core/checks.js';
import { OptionError } from '../core/errors.js';
import { normalQuantile } from './normal-quantile.js';

/**
 * Random numbers that come out the same every time for the same seed: xoroshiro128+ (Blackman & Vigna, 2018).
 *
 * Not for secrets. Neighbouring seeds give unrelated streams.
 *
 * @param seed any safe integer; all of its bits count
 * @throws OptionError when the seed is not a safe integer
 * @example
 * ```ts
 * const random = new Random(7);
 * random.uniform() === new Random(7).uniform(); // → true
 * random.integer(1); // → 0
 * ```
 */
export class Random {
  private readonly generator: JumpableRandomGenerator;

  constructor(seed: number) {
    if (!Number.isSafeInteger(seed)) {
      const received = typeof seed === 'string' ? `'${seed}'` : String(seed);
      throw new OptionError(`Random: seed must be a safe integer, received ${received}`);
    }
    this.generator = xoroshiro128plusFromState(scatter(seed));
  }

  /** A number strictly between 0 and 1: an odd multiple of 2⁻⁵³, so that u and 1 − u are equally likely. */
  uniform(): number {
    const high = this.generator.next() >>> 6;
    const low = this.generator.next() >>> 6;
    return (high * 0x4000000 + low + 0.5) / 0x10000000000000;
  }

  /** A draw from the standard normal law, by inversion: one uniform each, so streams stay in step. */
  normal(): number {
    return normalQuantile(this.uniform());
  }

  /** One of 0, 1, … below − 1, each equally likely. */
  integer(below: number): number {
    return uniformInt(this.generator, 0, checkInteger('Random', 'below', below) - 1);
  }
}

/** A seed as the four words of a generator: counted up from the seed and mixed, so that close seeds share no pattern. */
function scatter(seed: number): readonly number[] {
  const low = seed | 0;
  const high = Math.floor(seed / 0x100000000) | 0;
  const words = [1, 2, 3, 4].map((word) => mix(mix(low + Math.imul(word, 0x9e3779b9)) ^ (high + word)));
  // All zero is the one state this kind of generator cannot leave.
  words[3]! |= 1;
  return words;
}

/** The finalizer of MurmurHash3 (Appleby, 2011): each input bit flips each output bit about half of the time. */
function mix(word: number): number {
  let bits = word;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}
