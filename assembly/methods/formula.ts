/**
 * The variable-step BDF of an order with fixed leading coefficient (Jackson & Sacks-Davis 1980), as CVODE forms it
 * (Cohen & Hindmarsh 1996; `cvSetBDF` and `cvSetTqBDF` of SUNDIALS' cvode.c, whose names for the quantities are kept):
 *
 *     Λ(x) = Σ lⱼ xʲ = (1 + x/ξ*) ∏ᵢ (1 + x/ξᵢ),   ξᵢ = (tₙ − tₙ₋ᵢ)/h,   i = 1 … q−1
 *
 * A correction e of the predicted state corrects the Nordsieck rows by lⱼ·e.
 */
import {
  FORMULA_ERROR,
  FORMULA_HIGHER,
  FORMULA_L,
  FORMULA_LOWER,
  FORMULA_RATIO,
  MAX_ORDER,
  P_W_FORMULA,
  R_M_HISTORY,
  R_M_ORDER,
  R_M_WAIT,
} from '../layout';
import { getF, getI, setF, zeroF } from '../memory';
import { region } from '../problem';

/** Multiplies Λ, of degree `degree` − 1, by (1 + x·by). */
function widen(l: i32, degree: i32, by: f64): void {
  for (let i = degree; i >= 1; i--) setF(l, i, getF(l, i) + getF(l, i - 1) * by);
}

/** The formula of the present order for a step of size `h`. */
export function setFormula(problem: i32, work: i32, h: f64): void {
  const formula = region(problem, work, P_W_FORMULA);
  const q = getI(work, R_M_ORDER);
  const l = formula + (FORMULA_L << 3);
  const before = work + (R_M_HISTORY << 3);
  zeroF(l, MAX_ORDER + 1);
  setF(l, 0, 1.0);
  setF(l, 1, 1.0);
  let alpha: f64 = -1.0;
  let alphaHat: f64 = -1.0;
  let xi: f64 = 1.0;
  let xiStar: f64 = 1.0;
  let sum = h;
  if (q > 1) {
    for (let j: i32 = 2; j < q; j++) {
      sum += getF(before, j - 2);
      xi = h / sum;
      alpha -= 1.0 / f64(j);
      widen(l, j, xi);
    }
    alpha -= 1.0 / f64(q);
    xiStar = -getF(l, 1) - alpha;
    sum += getF(before, q - 2);
    xi = h / sum;
    alphaHat = -getF(l, 1) - xi;
    widen(l, q, xiStar);
  }
  const a1 = 1.0 - alphaHat + alpha;
  const a2 = 1.0 + f64(q) * a1;
  setF(formula, FORMULA_ERROR, Math.abs(a1 / (alpha * a2)));
  setF(formula, FORMULA_RATIO, Math.abs((a2 * xiStar) / (getF(l, q) * xi)));
  if (getI(work, R_M_WAIT) != 1) return;
  if (q > 1) {
    const a3 = alpha + 1.0 / f64(q);
    const a4 = alphaHat + xi;
    const c = (1.0 - a4 + a3) / a3;
    setF(formula, FORMULA_LOWER, Math.abs((xiStar / getF(l, q)) * c));
  }
  if (q == MAX_ORDER) return;
  sum += getF(before, q - 1);
  xi = h / sum;
  const a5 = alpha - 1.0 / f64(q + 1);
  const a6 = alphaHat - xi;
  setF(formula, FORMULA_HIGHER, Math.abs((1.0 - a6 + a5) / a2 / (xi * f64(q + 2) * a5)));
}
