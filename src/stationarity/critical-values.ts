/** The statistic beyond which the null hypothesis is rejected at 1 %, 5 % and 10 %. */
export interface CriticalValues {
  readonly onePercent: number;
  readonly fivePercent: number;
  readonly tenPercent: number;
}
