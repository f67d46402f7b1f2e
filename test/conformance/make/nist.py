"""The NIST Statistical Reference Datasets for linear regression and univariate statistics.

Data and certified values: NIST StRD, https://www.itl.nist.gov/div898/strd/ (public domain). Every certified value is
worked out again here in rational arithmetic, and the script stops when one does not agree to its printed digits.

What the tests compare with ("expected") is the exact answer for the doubles a program is given, which for the powers
of Filip is not quite the answer for the decimals of the data; the certified values stand beside it.
"""
from fractions import Fraction as F
from pathlib import Path
import json

from mpmath import mp, mpf

from exact_regression import fit, packed, real

mp.dps = 60

NORRIS_Y = """0.1 338.8 118.1 888.0 9.2 228.1 668.5 998.5 449.1 778.9 559.2 0.3 0.1 778.1 668.8 339.3 448.9 10.8 557.7 228.3
998.0 888.8 119.6 0.3 0.6 557.6 339.3 888.0 998.5 778.9 10.2 117.6 228.9 668.4 449.2 0.2"""
NORRIS_X = """0.2 337.4 118.2 884.6 10.1 226.5 666.3 996.3 448.6 777.0 558.2 0.4 0.6 775.5 666.9 338.0 447.5 11.6 556.0 228.1
995.8 887.6 120.2 0.3 0.3 556.8 339.1 887.2 999.0 779.0 11.1 118.3 229.2 669.1 448.9 0.5"""
PONTIUS_Y = """.11019 .21956 .32949 .43899 .54803 .65694 .76562 .87487 .98292 1.09146 1.20001 1.30822 1.41599 1.52399 1.63194
1.73947 1.84646 1.95392 2.06128 2.16844 .11052 .22018 .32939 .43886 .54798 .65739 .76596 .87474 .98300 1.09150
1.20004 1.30818 1.41613 1.52408 1.63159 1.73965 1.84696 1.95445 2.06177 2.16829"""
FILIP_Y = """0.8116 0.9072 0.9052 0.9039 0.8053 0.8377 0.8667 0.8809 0.7975 0.8162 0.8515 0.8766 0.8885 0.8859 0.8959 0.8913
0.8959 0.8971 0.9021 0.909 0.9139 0.9199 0.8692 0.8872 0.89 0.891 0.8977 0.9035 0.9078 0.7675 0.7705 0.7713
0.7736 0.7775 0.7841 0.7971 0.8329 0.8641 0.8804 0.7668 0.7633 0.7678 0.7697 0.77 0.7749 0.7796 0.7897 0.8131
0.8498 0.8741 0.8061 0.846 0.8751 0.8856 0.8919 0.8934 0.894 0.8957 0.9047 0.9129 0.9209 0.9219 0.7739 0.7681
0.7665 0.7703 0.7702 0.7761 0.7809 0.7961 0.8253 0.8602 0.8809 0.8301 0.8664 0.8834 0.8898 0.8964 0.8963 0.9074
0.9119 0.9228"""
FILIP_X = """-6.860120914 -4.324130045 -4.358625055 -4.358426747 -6.955852379 -6.661145254 -6.355462942 -6.118102026
-7.115148017 -6.815308569 -6.519993057 -6.204119983 -5.853871964 -6.109523091 -5.79832982 -5.482672118
-5.171791386 -4.851705903 -4.517126416 -4.143573228 -3.709075441 -3.499489089 -6.300769497 -5.953504836
-5.642065153 -5.031376979 -4.680685696 -4.329846955 -3.928486195 -8.56735134 -8.363211311 -8.107682739
-7.823908741 -7.522878745 -7.218819279 -6.920818754 -6.628932138 -6.323946875 -5.991399828 -8.781464495
-8.663140179 -8.473531488 -8.247337057 -7.971428747 -7.676129393 -7.352812702 -7.072065318 -6.774174009
-6.478861916 -6.159517513 -6.835647144 -6.53165267 -6.224098421 -5.910094889 -5.598599459 -5.290645224
-4.974284616 -4.64454848 -4.290560426 -3.885055584 -3.408378962 -3.13200249 -8.726767166 -8.66695597
-8.511026475 -8.165388579 -7.886056648 -7.588043762 -7.283412422 -6.995678626 -6.691862621 -6.392544977
-6.067374056 -6.684029655 -6.378719832 -6.065855188 -5.752272167 -5.132414673 -4.811352704 -4.098269308
-3.66174277 -3.2644011"""
LONGLEY = """60323 83 234289 2356 1590 107608 1947
61122 88.5 259426 2325 1456 108632 1948
60171 88.2 258054 3682 1616 109773 1949
61187 89.5 284599 3351 1650 110929 1950
63221 96.2 328975 2099 3099 112075 1951
63639 98.1 346999 1932 3594 113270 1952
64989 99 365385 1870 3547 115094 1953
63761 100 363112 3578 3350 116219 1954
66019 101.2 397469 2904 3048 117388 1955
67857 104.6 419180 2822 2857 118734 1956
68169 108.4 442769 2936 2798 120445 1957
66513 110.8 444546 4681 2637 121950 1958
68655 112.6 482704 3813 2552 123366 1959
69564 114.2 502601 3931 2514 125368 1960
69331 115.7 518173 4806 2572 127852 1961
70551 116.9 554894 4007 2827 130081 1962"""  # employment, then the six regressors

LOTTERY = """162 671 933 414 788 730 817 33 536 875 670 236 473 167 877 980 316 950 456 92 517 557 956 954 104 178 794 278
147 773 437 435 502 610 582 780 689 562 964 791 28 97 848 281 858 538 660 972 671 613 867 448 738 966 139 636
847 659 754 243 122 455 195 968 793 59 730 361 574 522 97 762 431 158 429 414 22 629 788 999 187 215 810 782 47
34 108 986 25 644 829 630 315 567 919 331 207 412 242 607 668 944 749 168 864 442 533 805 372 63 458 777 416 340
436 140 919 350 510 572 905 900 85 389 473 758 444 169 625 692 140 897 672 288 312 860 724 226 884 508 976 741
476 417 831 15 318 432 241 114 799 955 833 358 935 146 630 830 440 642 356 373 271 715 367 393 190 669 8 861 108
795 269 590 326 866 64 523 862 840 219 382 998 4 628 305 747 247 34 747 729 645 856 974 24 568 24 694 608 480
410 729 947 293 53 930 223 203 677 227 62 455 387 318 562 242 428 968"""
LEW = """-213 -564 -35 -15 141 115 -420 -360 203 -338 -431 194 -220 -513 154 -125 -559 92 -21 -579 -52 99 -543 -175 162
-457 -346 204 -300 -474 164 -107 -572 -8 83 -541 -224 180 -420 -374 201 -236 -531 83 27 -564 -112 131 -507 -254
199 -311 -495 143 -46 -579 -90 136 -472 -338 202 -287 -477 169 -124 -568 17 48 -568 -135 162 -430 -422 172 -74
-577 -13 92 -534 -243 194 -355 -465 156 -81 -578 -64 139 -449 -384 193 -198 -538 110 -44 -577 -6 66 -552 -164
161 -460 -344 205 -281 -504 134 -28 -576 -118 156 -437 -381 200 -220 -540 83 11 -568 -160 172 -414 -408 188 -125
-572 -32 139 -492 -321 205 -262 -504 142 -83 -574 0 48 -571 -106 137 -501 -266 190 -391 -406 194 -186 -553 83
-13 -577 -49 103 -515 -280 201 300 -506 131 -45 -578 -80 138 -462 -361 201 -211 -554 32 74 -533 -235 187 -372
-442 182 -147 -566 25 68 -535 -244 194 -351 -463 174 -125 -570 15 72 -550 -190 172 -424 -385 198 -218 -536 96"""
MAVRO = """2.00180 2.00170 2.00180 2.00190 2.00180 2.00170 2.00150 2.00140 2.00150 2.00150 2.00170 2.00180 2.00180 2.00190
2.00190 2.00210 2.00200 2.00160 2.00140 2.00130 2.00130 2.00150 2.00150 2.00160 2.00150 2.00140 2.00130 2.00140
2.00150 2.00140 2.00150 2.00160 2.00150 2.00160 2.00190 2.00200 2.00200 2.00210 2.00220 2.00230 2.00240 2.00250
2.00270 2.00260 2.00260 2.00260 2.00270 2.00260 2.00250 2.00240"""
MICHELSON = """299.85 299.74 299.90 300.07 299.93 299.85 299.95 299.98 299.98 299.88 300.00 299.98 299.93 299.65 299.76 299.81
300.00 300.00 299.96 299.96 299.96 299.94 299.96 299.94 299.88 299.80 299.85 299.88 299.90 299.84 299.83 299.79
299.81 299.88 299.88 299.83 299.80 299.79 299.76 299.80 299.88 299.88 299.88 299.86 299.72 299.72 299.62 299.86
299.97 299.95 299.88 299.91 299.85 299.87 299.84 299.84 299.85 299.84 299.84 299.84 299.89 299.81 299.81 299.82
299.80 299.77 299.76 299.74 299.75 299.76 299.91 299.92 299.89 299.86 299.88 299.72 299.84 299.85 299.85 299.78
299.89 299.84 299.78 299.81 299.76 299.81 299.79 299.81 299.82 299.85 299.87 299.87 299.81 299.74 299.81 299.94
299.95 299.80 299.81 299.87"""

WAMPLER_NOISE = [759, -2048, 2048, -2048, 2523, -2048, 2048, -2048, 1838, -2048,
                 2048, -2048, 1838, -2048, 2048, -2048, 2523, -2048, 2048, -2048, 759]
UNIT, TENTHS = [F(1)] * 6, [F(1, 10**k) for k in range(6)]

def decimals(text):
    return [F(t) for t in text.split()]

def wampler(coefficients, noise):
    return [sum(c * x**k for k, c in enumerate(coefficients)) + noise * WAMPLER_NOISE[x] for x in range(21)]

LONGLEY_ROWS = [decimals(line) for line in LONGLEY.splitlines()]
TWENTY = [F(x) for x in range(21)]

# name: columns, y, powers of the one column, intercept, certified coefficients, errors, deviation, r², ssr, F
SETS = {
    'Norris': ([decimals(NORRIS_X)], decimals(NORRIS_Y), 1, True,
               ['-0.262323073774029', '1.00211681802045'], ['0.232818234301152', '0.429796848199937E-03'],
               '0.884796396144373', '0.999993745883712', '26.6173985294224', '5436385.54079785'),
    'Pontius': ([[F(150000 * (i % 20 + 1)) for i in range(40)]], decimals(PONTIUS_Y), 2, True,
                ['0.673565789473684E-03', '0.732059160401003E-06', '-0.316081871345029E-14'],
                ['0.107938612033077E-03', '0.157817399981659E-09', '0.486652849992036E-16'],
                '0.205177424076185E-03', '0.999999900178537', '0.155761768796992E-05', '185330865.995752'),
    'NoInt1': ([[F(x) for x in range(60, 71)]], [F(y) for y in range(130, 141)], 1, False,
               ['2.07438016528926'], ['0.165289256198347E-01'],
               '3.56753034006338', '0.999365492298663', '127.272727272727', '15750.2500000000'),
    'NoInt2': ([[F(4), F(5), F(6)]], [F(3), F(4), F(4)], 1, False,
               ['0.727272727272727'], ['0.420827318078432E-01'],
               '0.369274472937998', '0.993348115299335', '0.272727272727273', '298.666666666667'),
    'Filip': ([decimals(FILIP_X)], decimals(FILIP_Y), 10, True,
              ['-1467.48961422980', '-2772.17959193342', '-2316.37108160893', '-1127.97394098372',
               '-354.478233703349', '-75.1242017393757', '-10.8753180355343', '-1.06221498588947',
               '-0.670191154593408E-01', '-0.246781078275479E-02', '-0.402962525080404E-04'],
              ['298.084530995537', '559.779865474950', '466.477572127796', '227.204274477751', '71.6478660875927',
               '15.2897178747400', '2.23691159816033', '0.221624321934227', '0.142363763154724E-01',
               '0.535617408889821E-03', '0.896632837373868E-05'],
              '0.334801051324544E-02', '0.996727416185620', '0.795851382172941E-03', None),
    'Longley': ([list(c) for c in zip(*LONGLEY_ROWS)][1:], [row[0] for row in LONGLEY_ROWS], 1, True,
                ['-3482258.63459582', '15.0618722713733', '-0.358191792925910E-01', '-2.02022980381683',
                 '-1.03322686717359', '-0.511041056535807E-01', '1829.15146461355'],
                ['890420.383607373', '84.9149257747669', '0.334910077722432E-01', '0.488399681651699',
                 '0.214274163161675', '0.226073200069370', '455.478499142212'],
                '304.854073561965', '0.995479004577296', '836424.055505915', '330.285339234588'),
    'Wampler1': ([TWENTY], wampler(UNIT, 0), 5, True, ['1'] * 6, ['0'] * 6, '0', '1', '0', None),
    'Wampler2': ([TWENTY], wampler(TENTHS, 0), 5, True,
                 ['1', '0.1', '0.01', '0.001', '0.0001', '0.00001'], ['0'] * 6, '0', '1', '0', None),
    'Wampler3': ([TWENTY], wampler(UNIT, 1), 5, True, ['1'] * 6,
                 ['2152.32624678170', '2363.55173469681', '779.343524331583', '101.475507550350',
                  '5.64566512170752', '0.112324854679312'],
                 '2360.14502379268', '0.999995559025820', '83554268.0000000', '675524.458240122'),
    'Wampler4': ([TWENTY], wampler(UNIT, 100), 5, True, ['1'] * 6,
                 ['215232.624678170', '236355.173469681', '77934.3524331583', '10147.5507550350',
                  '564.566512170752', '11.2324854679312'],
                 '236014.502379268', '0.957478440825662', '835542680000.000', '67.5524458240122'),
    'Wampler5': ([TWENTY], wampler(UNIT, 10000), 5, True, ['1'] * 6,
                 ['21523262.4678170', '23635517.3469681', '7793435.24331583', '1014755.07550350',
                  '56456.6512170752', '1123.24854679312'],
                 '23601450.2379268', '0.224668921574940E-02', '0.835542680000000E+16', '6.75524458240122E-03'),
}

def agrees(ours, printed, what):
    """Within one unit of the fifteenth digit, the last that NIST prints."""
    wanted = mpf(printed)
    error = abs(ours - wanted) / abs(wanted) if wanted else abs(ours)
    assert error < mpf('5e-15'), f'{what}: {ours} is not {printed}'

def powers(column, degree):
    """x, x², …: each the rounded product of the one before and x, as the test builds them."""
    columns, last = [], [1.0] * len(column)
    for _ in range(degree):
        last = [a * b for a, b in zip(last, column)]
        columns.append(last)
    return columns

def linear_row(name):
    columns, y, degree, intercept, b, s, deviation, r_squared, ssr, f = SETS[name]
    exact = columns if len(columns) > 1 else [[x**k for x in columns[0]] for k in range(1, degree + 1)]
    truth = fit(exact, y, intercept)
    for i, (ours, printed) in enumerate(zip(truth['coefficients'], b)):
        agrees(ours, printed, f'{name} B{i}')
    for i, (ours, printed) in enumerate(zip(truth['errors'], s)):
        agrees(ours, printed, f'{name} S{i}')
    for key, printed in [('residualDeviation', deviation), ('rSquared', r_squared), ('residualSumOfSquares', ssr)]:
        agrees(truth[key], printed, f'{name} {key}')
    if f:
        agrees(truth['fStatistic'], f, f'{name} F')
    given = [[float(v) for v in c] for c in columns]
    doubles = [float(v) for v in y]
    design = given if len(given) > 1 else powers(given[0], degree)
    expected = fit(design, doubles, intercept)
    del expected['residuals']
    expected['certified'] = {'coefficients': [mpf(v) for v in b], 'errors': [mpf(v) for v in s]}
    return {'name': name, 'input': {'columns': given, 'y': doubles, 'powers': degree, 'intercept': intercept},
            'expected': packed(expected)}

def alternating(first, low, high):
    return [F(first)] + [F(low), F(high)] * 500

def pi_digits(count):
    with mp.workdps(count + 20):
        digits = [F(int(d)) for d in str(mp.floor(mp.pi * mpf(10)**(count - 1))).split('.')[0]]
    digits[956] = F(3)  # π has an 8 here; NIST's data have a 3, and its certified values are those of its data.
    return digits

UNIVARIATE = {
    'PiDigits': (pi_digits(5000), '4.53480000000000', '2.86733906028871', '-0.00355099287237972'),
    'Lottery': (decimals(LOTTERY), '518.958715596330', '291.699727470969', '-0.120948622967393'),
    'Lew': (decimals(LEW), '-177.435000000000', '277.332168044316', '-0.307304800605679'),
    'Mavro': (decimals(MAVRO), '2.00185600000000', '0.000429123454003053', '0.937989183438248'),
    'Michelso': (decimals(MICHELSON), '299.852400000000', '0.0790105478190518', '0.535199668621283'),
    'NumAcc1': ([F(10000001), F(10000003), F(10000002)], '10000002', '1', '-0.5'),
    'NumAcc2': (alternating('1.2', '1.1', '1.3'), '1.2', '0.1', '-0.999'),
    'NumAcc3': (alternating('1000000.2', '1000000.1', '1000000.3'), '1000000.2', '0.1', '-0.999'),
    'NumAcc4': (alternating('10000000.2', '10000000.1', '10000000.3'), '10000000.2', '0.1', '-0.999'),
}

def describe(values):
    n = len(values)
    mean = sum(values) / n
    away = [v - mean for v in values]
    squares = sum(d * d for d in away)
    return {'mean': real(mean), 'standardDeviation': mp.sqrt(real(squares / (n - 1))),
            'autocorrelation': real(sum(a * b for a, b in zip(away, away[1:])) / squares)}

NOTES = {
    'PiDigits': 'digit 957 is 3 in the data of NIST and 8 in pi',
    'NumAcc3': 'in doubles the deviation differs from the certified one in the tenth digit',
    'NumAcc4': 'in doubles the deviation differs from the certified one in the ninth digit',
    'Filip': 'rounding the powers of x to doubles moves the exact answer by 1e-8',
}


def note(name):
    return {'note': NOTES[name]} if name in NOTES else {}


def univariate_row(name):
    values, *printed = UNIVARIATE[name]
    for key, digits in zip(['mean', 'standardDeviation', 'autocorrelation'], printed):
        agrees(describe(values)[key], digits, f'{name} {key}')
    doubles = [float(v) for v in values]
    expected = describe([F(v) for v in doubles])
    expected['certified'] = dict(zip(expected, map(mpf, printed)))
    return {'name': name, 'input': [int(v) if v.is_integer() else v for v in doubles], 'expected': packed(expected),
            'tolerance': 1e-14} | note(name)

def write(name, about, rows):
    answers = {
        'about': about,
        'source': 'NIST StRD, https://www.itl.nist.gov/div898/strd/; exact rational arithmetic (Python fractions, mpmath)',
        'made': 'make/nist.py',
        'rows': rows,
    }
    text = json.dumps(answers, separators=(',', ':')).replace('{"name"', '\n{"name"')
    (Path(__file__).parent.parent / 'answers' / f'{name}.json').write_text(text + '\n')

if __name__ == '__main__':
    rows = [linear_row(name) | {'tolerance': 1e-13, 'tolerances': {'pValues': 1e-11, 'fPValue': 1e-11}} | note(name) for name in SETS]
    write('nist-linear', 'NIST StRD linear regression: the exact fit of the doubles given, and the certified values.', rows)
    write('nist-univariate', 'NIST StRD univariate statistics: mean, standard deviation, lag-1 autocorrelation.',
          [univariate_row(name) for name in UNIVARIATE])
