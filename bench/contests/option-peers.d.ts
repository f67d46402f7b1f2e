// The packages that come without types, as far as they are used here.
type Side = 'call' | 'put';

declare module 'black-scholes' {
  const bs: { blackScholes(s: number, k: number, t: number, v: number, r: number, side: Side): number };
  export default bs;
}

declare module 'greeks' {
  const greeks: {
    getDelta(s: number, k: number, t: number, v: number, r: number, side: Side): number;
    getGamma(s: number, k: number, t: number, v: number, r: number): number;
    getVega(s: number, k: number, t: number, v: number, r: number): number;
    getTheta(s: number, k: number, t: number, v: number, r: number, side: Side): number;
    getRho(s: number, k: number, t: number, v: number, r: number, side: Side): number;
  };
  export default greeks;
}

declare module 'implied-volatility' {
  const iv: {
    getImpliedVolatility(price: number, s: number, k: number, t: number, r: number, side: Side): number;
  };
  export default iv;
}
