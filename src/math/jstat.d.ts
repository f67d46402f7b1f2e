/** The part of jstat that we use; the package ships no types. */
declare module 'jstat' {
  interface Distribution {
    inv(p: number, degreesOfFreedom: number): number;
  }
  const jstat: { readonly chisquare: Distribution; readonly studentt: Distribution };
  export default jstat;
}
