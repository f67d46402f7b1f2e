import { millsSlope } from '../math/mills-slope.js';
import { quickLog } from '../math/quick-exp.js';

/**
 * The deviation s of a normal price, given what an option so far out of the money is worth: price = s φ(h) (1 − h R(h)), h = distance/s.
 * To the last bits, by one step from {@link guessedDeviation}.
 */
export function normalDeviation(distance: number, price: number): number {
  if (distance === 0) return price * 2.5066282746310002;
  const s = guessedDeviation(distance, price);
  const h = distance / s;
  const h2 = h * h;
  const d = s * millsSlope(h); // price over its slope
  const miss = quickLog((price * 2.5066282746310002) / d) + 0.5 * h2;
  return s + improvement(miss, d, h2 / s, (h2 * (h2 - 3)) / (s * s));
}

/**
 * What to add to s so that the logarithm of b(s) grows by `miss`: Householder's method of the fourth order, given b/b′,
 * b″/b′ and b‴/b′. Source: Jäckel (2015), "Let's Be Rational", equations 4.6–4.8.
 */
export function improvement(miss: number, d: number, second: number, third: number): number {
  const newton = miss * d;
  const slope = 1 / d;
  const halley = second - slope;
  const household = third - slope * (3 * second - 2 * slope);
  return (newton * (1 + 0.5 * halley * newton)) / (1 + newton * (halley + (household * newton) / 6));
}

/** The same deviation to seven digits. Coefficients: test/conformance/make/normal_volatility.py. */
export function guessedDeviation(distance: number, price: number): number {
  const ratio = distance / price;
  if (ratio > 6) {
    // The smallest prices make the ratio overflow.
    const log = ratio < Infinity ? quickLog(ratio) : Math.log(distance) - Math.log(price);
    return distance / far(Math.sqrt(2 * log));
  }
  let top = 0.0012287656786826677;
  top = top * ratio + 0.04542311734943383;
  top = top * ratio + 0.4289978803435983;
  top = top * ratio + 1.4930776108226291;
  top = top * ratio + 2.091584724430025;
  top = top * ratio + 1.0000000002114302;
  let bottom = 1.0114477667962284e-5;
  bottom = bottom * ratio + 0.005358074427992386;
  bottom = bottom * ratio + 0.12743556770023504;
  bottom = bottom * ratio + 0.7768622500517615;
  bottom = bottom * ratio + 1.5915847492594075;
  bottom = bottom * ratio + 1;
  return (2.5066282746310002 * price * top) / bottom;
}

/** Deviations out of the money as a function of w = √(2 ln(distance/price)), from 1.89 to 39. */
function far(w: number): number {
  let top = 0.0030198654547759192;
  top = top * w + 0.030647684737133477;
  top = top * w - 0.09938507495991655;
  top = top * w + 0.21905801864884847;
  top = top * w - 0.03715108829612308;
  top = top * w - 0.029094612702618355;
  top = top * w + 0.29571596284544305;
  let bottom = 0.003019144943742595;
  bottom = bottom * w + 0.030812628218302978;
  bottom = bottom * w - 0.0615279318016767;
  bottom = bottom * w + 0.2966961335942564;
  bottom = bottom * w - 0.2885492466686355;
  bottom = bottom * w + 1;
  return top / bottom;
}
