import {
  FIFTH_ROOT_FLOOR,
  FOURTH_ROOT_FLOOR,
  LARGEST_ERROR,
  MAX_GROWTH,
  MAX_SHRINK,
  SAFETY,
  SMALLEST_ERROR,
} from '../controller';

/** `controllerRoot` of two errors. */
export function controllerRoots(errors: v128, degree: i32): v128 {
  const raised = f64x2.pmax(errors, f64x2.splat(SMALLEST_ERROR));
  const bounded = f64x2.pmin(raised, f64x2.splat(LARGEST_ERROR));
  const quarter = f64x2.sqrt(f64x2.sqrt(bounded));
  if (degree == 4) return quarter;
  const root = f64x2.div(quarter, f64x2.sqrt(f64x2.sqrt(quarter)));
  return improved(improved(root, bounded), bounded);
}

/** A Newton step of the fifth root. */
function improved(r: v128, x: v128): v128 {
  const square = f64x2.mul(r, r);
  const correction = f64x2.div(f64x2.mul(f64x2.splat(0.2), x), f64x2.mul(square, square));
  return f64x2.add(f64x2.mul(f64x2.splat(0.8), r), correction);
}

/** `flooredRoot` of two roots. */
export function flooredRoots(roots: v128, degree: i32): v128 {
  return f64x2.pmax(f64x2.splat(degree == 4 ? FOURTH_ROOT_FLOOR : FIFTH_ROOT_FLOOR), roots);
}

/** `nextStep` after two accepted attempts of sizes `h`. */
export function nextSteps(h: v128, roots: v128, hOld: v128, rootsOld: v128): v128 {
  const safety = f64x2.splat(SAFETY);
  const known = f64x2.gt(rootsOld, f64x2.splat(0.0));
  const grown = f64x2.mul(f64x2.mul(f64x2.div(hOld, h), roots), roots);
  const predicted = f64x2.div(grown, f64x2.mul(rootsOld, safety));
  const plain = f64x2.div(roots, safety);
  const cautious = v128.and(known, f64x2.gt(predicted, plain));
  const divisor = v128.bitselect(predicted, plain, cautious);
  const raised = f64x2.pmax(divisor, f64x2.splat(1.0 / MAX_GROWTH));
  return f64x2.div(h, f64x2.pmin(raised, f64x2.splat(MAX_SHRINK)));
}
