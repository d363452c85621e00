/**
 * Every method's numbers, once. Read by the host, which writes them into kernel memory (`layout.ts`, T_*); not
 * compiled into the kernel. `test/kernel/tableaus.test.ts` checks them against the order conditions.
 *
 */
export type Tableau = RosenbrockTableau | ExplicitTableau | MultistepTable;

/**
 * Coefficients of the transformed form drawn in `methods/rosenbrock.ts`: rows of `a` and `c` by stage, `h` the rows of
 * the interpolant.
 */
export interface RosenbrockTableau {
  family: 'rosenbrock';
  name: string;
  /** Order of the solution; with an interpolant whose error is of the same order over a fixed-step run. */
  order: number;
  stages: number;
  gamma: number;
  a: readonly (readonly number[])[];
  c: readonly (readonly number[])[];
  h: readonly (readonly number[])[];
}

/** Coefficients of `methods/explicit.ts`: rows of `a` by stage, the last of them the weights of the new state. */
export interface ExplicitTableau {
  family: 'explicit';
  name: string;
  order: number;
  stages: number;
  a: readonly (readonly number[])[];
  /** Weights of the new state less those of the embedded one. */
  error: readonly number[];
  h: readonly (readonly number[])[];
  /** Where the interval of stability ends on the negative real axis, as a positive number. */
  stability: number;
}

/**
 * Rodas4: stiffly accurate, L-stable, 6 stages, order 4(3), interpolant of order 3. E. Hairer & G. Wanner, *Solving
 * Ordinary Differential Equations II* (1996), code RODAS, first coefficient set. For loose tolerances (rtol ≥ 1e-3).
 */
export const rodas4: RosenbrockTableau = {
  family: 'rosenbrock',
  name: 'rodas4',
  order: 4,
  stages: 6,
  gamma: 0.25,
  a: [
    [],
    [1.544],
    [0.9466785280815826, 0.2557011698983284],
    [3.314825187068521, 2.896124015972201, 0.9986419139977817],
    [1.221224509226641, 6.019134481288629, 12.53708332932087, -0.687886036105895],
  ],
  c: [
    [],
    [-5.6688],
    [-2.430093356833875, -0.2063599157091915],
    [-0.1073529058151375, -9.594562251023355, -20.47028614809616],
    [7.496443313967647, -10.24680431464352, -33.99990352819905, 11.7089089320616],
    [8.083246795921522, -7.981132988064893, -31.52159432874371, 16.31930543123136, -6.058818238834054],
  ],
  h: [
    [10.12623508344586, -7.487995877610167, -34.80091861555747, -7.992771707568823, 1.025137723295662, 0],
    [-0.6762803392801253, 6.087714651680015, 16.43084320892478, 24.76722511418386, -6.594389125716872, 0],
  ],
};

/**
 * Rodas5P: stiffly accurate, L-stable, 8 stages, order 5(4), interpolant of order 4, made so that its error estimate
 * stays honest on quadrature-like problems. G. Steinebach, *Construction of Rosenbrock–Wanner method Rodas5P and
 * numerical benchmarks within the Julia Differential Equations package*, BIT 63:27 (2023). The default.
 */
export const rodas5p: RosenbrockTableau = {
  family: 'rosenbrock',
  name: 'rodas5p',
  order: 5,
  stages: 8,
  gamma: 0.21193756319429014,
  a: [
    [],
    [3],
    [2.849394379747939, 0.45842242204463923],
    [-6.954028509809101, 2.489845061869568, -10.358996098473584],
    [2.8029986275628964, 0.5072464736228206, -0.3988312541770524, -0.04721187230404641],
    [-7.502846399306121, 2.561846144803919, -11.627539656261098, -0.18268767659942256, 0.030198172008377946],
  ],
  c: [
    [],
    [-14.155112264123755],
    [-17.97296035885952, -2.859693295451294],
    [147.12150275711716, -1.41221402718213, 71.68940251302358],
    [165.43517024871676, -0.4592823456491126, 42.90938336958603, -5.961986721573306],
    [24.854864614690072, -3.0009227002832186, 47.4931110020768, 5.5814197821558125, -0.6610691825249471],
    [
      30.91273214028599, -3.1208243349937974, 77.79954646070892, 34.28646028294783, -19.097331116725623,
      -28.087943162872662,
    ],
    [
      37.80277123390563, -3.2571969029072276, 112.26918849496327, 66.9347231244047, -40.06618937091002,
      -54.66780262877968, -9.48861652309627,
    ],
  ],
  h: [
    [
      25.948786856663858, -2.5579724845846235, 10.433815404888879, -2.3679251022685204, 0.524948541321073,
      1.1241088310450404, 0.4272876194431874, -0.17202221070155493,
    ],
    [
      -9.91568850695171, -0.9689944594115154, 3.0438037242978453, -24.495224566215796, 20.176138334709044,
      15.98066361424651, -6.789040303419874, -6.710236069923372,
    ],
    [
      11.419903575922262, 2.8879645146136994, 72.92137995996029, 80.12511834622643, -52.072871366152654,
      -59.78993625266729, -0.15582684282751913, 4.883087185713722,
    ],
  ],
};

/**
 * Tsit5: explicit, 7 stages of which the last is the first of the next step, order 5(4), interpolant of order 4 from the
 * same stages. Ch. Tsitouras, *Runge–Kutta pairs of order 5(4) satisfying only the first column simplifying assumption*,
 * Computers & Mathematics with Applications 62 (2011) 770–775. For problems that are not stiff, where its
 * steps cost half of a Rosenbrock method's or less; on stiff ones it stalls.
 */
export const tsit5: ExplicitTableau = {
  family: 'explicit',
  name: 'tsit5',
  order: 5,
  stages: 7,
  a: [
    [],
    [0.161],
    [-0.008480655492356989, 0.335480655492357],
    [2.8971530571054935, -6.359448489975075, 4.3622954328695815],
    [5.325864828439257, -11.748883564062828, 7.4955393428898365, -0.09249506636175525],
    [5.86145544294642, -12.92096931784711, 8.159367898576159, -0.071584973281401, -0.028269050394068383],
    [0.09646076681806523, 0.01, 0.4798896504144996, 1.379008574103742, -3.290069515436081, 2.324710524099774],
  ],
  error: [
    -0.00178001105222577714, -0.0008164344596567469, 0.007880878010261995, -0.1447110071732629,
    0.5823571654525552, -0.45808210592918697, 0.015151515151515152,
  ],
  h: [
    [
      0.903539233181935, -0.01, -0.4798896504144996, -1.379008574103742, 3.29006951543608, -2.324710524099764,
      0,
    ],
    [
      -1.860166964092891, 0.1217, 3.450406586480252, -13.790085741037418, 40.79938293194712,
      -30.22123681329705, 1.5,
    ],
    [
      1.0530884977290216, -0.1017, -2.490627285651253, 16.548102889244902, -47.37952196281928,
      34.87065786149661, -2.5,
    ],
  ],
  stability: 3.5068,
};

/** A multistep method has a rule instead of numbers: `methods/formula.ts`. */
export interface MultistepTable {
  family: 'multistep';
  name: string;
  maxOrder: number;
}

/**
 * BDF: variable order 1 to 5, variable step, fixed leading coefficient, A(α)-stable (α = 90° up to order 2, then 86°,
 * 73°, 52°). Keeps its factors and its Jacobian over many steps. J. Jackson & R. Sacks-Davis, ACM TOMS 6 (1980); P. N.
 * Brown, G. D. Byrne & A. C. Hindmarsh, SIAM J. Sci. Stat. Comput. 10 (1989). For large networks, where a factorisation
 * outweighs many derivatives; not for sharp tolerances, frequent restarts or weakly damped oscillations.
 */
export const bdf: MultistepTable = { family: 'multistep', name: 'bdf', maxOrder: 5 };

export const tableaus = { rodas4, rodas5p, tsit5, bdf };
