import { sum, sumOfSquares } from '../math/sum.js';

/** Mean and standard deviation (divisor n − 1) of a sample of at least two. */
export function meanAndDeviation(values: Float64Array): {
  readonly mean: number;
  readonly deviation: number;
} {
  const flat = values.every((value) => value === values[0]);
  const mean = flat ? values[0]! : sum(values) / values.length;
  const deviation = flat ? 0 : Math.sqrt(sumOfSquares(values, mean) / (values.length - 1));
  return { mean, deviation };
}

/** Mean, deviation (divisor n), skewness and excess kurtosis of the values as a whole population. */
export function populationMoments(values: Float64Array): {
  readonly mean: number;
  readonly deviation: number;
  readonly skewness: number;
  readonly kurtosis: number;
} {
  const { length } = values;
  const { mean, deviation: sample } = meanAndDeviation(values);
  const deviation = sample * Math.sqrt((length - 1) / length);
  let cubes = 0;
  let fourths = 0;
  for (let i = 0; i < length; i++) {
    const z = (values[i]! - mean) / deviation;
    cubes += z * z * z;
    fourths += z * z * (z * z);
  }
  return { mean, deviation, skewness: cubes / length, kurtosis: fourths / length - 3 };
}
