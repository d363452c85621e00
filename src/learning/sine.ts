/** π/2 in two parts, the first of 33 bits so that its small multiples are exact (fdlibm, e_rem_pio2.c). */
const HALF_PI = 1.5707963267341256;
const HALF_PI_REST = 6.077100506506192e-11;

/**
 * The sine of a number that is not large (|x| < 10⁵), within a few units in the last place and the same on every host, as
 * `Math.sin` is not. Polynomials on [−π/4, π/4] of fdlibm (k_sin.c, k_cos.c).
 */
export function sine(x: number): number {
  const quarter = Math.round(x / (HALF_PI + HALF_PI_REST));
  const r = x - quarter * HALF_PI - quarter * HALF_PI_REST;
  const z = r * r;
  const value = quarter % 2 === 0 ? ofSine(r, z) : ofCosine(z);
  return (quarter & 2) === 0 ? value : -value;
}

const ofSine = (r: number, z: number): number =>
  r +
  r *
    z *
    (-1.6666666666666632e-1 +
      z *
        (8.33333333332249e-3 +
          z *
            (-1.984126982985795e-4 +
              z * (2.7557313707070068e-6 + z * (-2.5050760253406863e-8 + z * 1.58969099521155e-10)))));

const ofCosine = (z: number): number => {
  const rest =
    z *
    z *
    (4.16666666666666e-2 +
      z *
        (-1.388888888887411e-3 +
          z *
            (2.480158728947673e-5 +
              z * (-2.7557314351390663e-7 + z * (2.087572321298175e-9 + z * -1.1359647557788195e-11)))));
  return 1 - (0.5 * z - rest);
};
