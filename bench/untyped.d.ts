// What the contests use of a package that comes without types.
declare module 'kalman-filter' {
  interface State {
    readonly mean: readonly (readonly [number])[];
  }

  interface Options {
    readonly observation: {
      readonly dimension: number;
      readonly stateProjection: (now: { readonly index: number }) => readonly (readonly number[])[];
      readonly covariance: readonly (readonly number[])[];
    };
    readonly dynamic: {
      readonly dimension: number;
      readonly transition: readonly (readonly number[])[];
      readonly covariance: readonly (readonly number[])[];
      readonly init: State & {
        readonly covariance: readonly (readonly number[])[];
        readonly index: number;
      };
    };
  }

  const all: {
    readonly KalmanFilter: new (
      options: Options,
    ) => {
      filter(step: {
        readonly previousCorrected: State | null;
        readonly observation: readonly number[];
      }): State;
    };
  };
  export default all;
}

declare module 'ml-regression-theil-sen' {
  export class TheilSenRegression {
    readonly slope: number;
    readonly intercept: number;
    constructor(x: ArrayLike<number>, y: ArrayLike<number>);
  }
}
