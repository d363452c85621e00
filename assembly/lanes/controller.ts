import { LARGEST_ERROR, SMALLEST_ERROR } from '../controller';

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
