import { Random } from '../math/random.js';

/** Up to so many factors all of them are moved together, each way: 2 ** 12 rays. */
const CORNERS = 12;

/** Rays drawn at random. */
const DRAWN = 256;

/**
 * Rays to search along, of length 1: each factor alone, every two of them and, up to twelve, all of them together, each
 * every way; and some drawn at random, the same ones each time. Where factors move together they are taken both as factors
 * and as the independent numbers that the factor `lower` of the correlation makes them from.
 */
export function directionsOf(size: number, lower: Float64Array | undefined): readonly number[][] {
  const moves = [...axes(size), ...(size <= CORNERS ? corners(size) : [])];
  const random = new Random(1);
  const drawn = Array.from({ length: DRAWN }, () => Array.from({ length: size }, () => random.normal()));
  const apart = lower ? moves.map((move) => solved(lower, move)) : [];
  return [...moves, ...apart, ...drawn].map(unit).filter((direction) => direction.every(Number.isFinite));
}

export function unit(direction: readonly number[]): number[] {
  const length = Math.hypot(...direction);
  return direction.map((x) => x / length);
}

/** Each factor alone, both ways, and every two of them together, all four ways. */
function axes(size: number): number[][] {
  const out: number[][] = [];
  const along = (...moves: readonly (readonly [at: number, by: number])[]): void => {
    const direction = new Array<number>(size).fill(0);
    for (const [at, by] of moves) direction[at] = by;
    out.push(direction);
  };
  for (let i = 0; i < size; i++) {
    for (const a of [-1, 1]) {
      along([i, a]);
      for (let j = 0; j < i; j++) for (const b of [-1, 1]) along([i, a], [j, b]);
    }
  }
  return out;
}

/** All factors together, each up or down. */
function corners(size: number): number[][] {
  return Array.from({ length: 2 ** size }, (_, signs) =>
    Array.from({ length: size }, (_, i) => ((signs >> i) & 1 ? 1 : -1)),
  );
}

/** The u of lower · u = move; what a factor that is made of the others would need of its own is left out. */
function solved(lower: Float64Array, move: readonly number[]): number[] {
  const size = move.length;
  const u: number[] = [];
  for (let i = 0; i < size; i++) {
    const rest = u.reduce((left, x, j) => left - lower[i * size + j]! * x, move[i]!);
    const own = lower[i * size + i]!;
    u.push(own > 0 ? rest / own : 0);
  }
  return u;
}
