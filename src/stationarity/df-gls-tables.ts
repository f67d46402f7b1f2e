// Printed by test/conformance/make/df-gls.py from arch.unitroot.critical_values.dfgls: simulated by K. Sheppard
// after the method of MacKinnon (1994, 2010).

import type { ProbabilityCurve } from './mackinnon-tables.js';

/** Φ(polynomial of τ); 0 below `least`, 1 above `most`. */
export const DF_GLS_CURVES: Readonly<Record<'constant' | 'linear', ProbabilityCurve>> = {
  constant: {
    least: -17.561302895074206,
    star: -0.4795076091714674,
    most: 13.365361509140614,
    small: [0.67422739, 1.25475826, 0.03572509],
    large: [0.50612497, 0.98305664, -0.05648525, 0.00140875],
  },
  linear: {
    least: -13.681153542634465,
    star: -2.19604043654013,
    most: 8.73743383728356,
    small: [2.38767685, 1.57454737, 0.05754439],
    large: [2.60561421, 1.67850224, 0.0373599, -0.01017936],
  },
};

/** Ascending powers of 1 / observations; [1 %, 5 %, 10 %][power]. */
export const DF_GLS_SURFACES: Readonly<Record<'constant' | 'linear', readonly (readonly number[])[]>> = {
  constant: [
    [-2.56781793, -20.5575392, 182.727674, -1778.66664],
    [-1.94363325, -21.7272746, 260.815068, -2269.14916],
    [-1.61998241, -23.2734708, 306.474378, -2574.83557],
  ],
  linear: [
    [-3.40689134, -21.69971242, 27.26295939, -816.84404772],
    [-2.84677178, -19.69109364, 84.7664136, -799.40722401],
    [-2.55890707, -19.42621991, 116.53759752, -840.31342847],
  ],
};
