/** CRN++ programs of the algorithms that Vasić, Soloveichik & Khurshid (2018) publish, written by us; values before `crn` are their inputs. */
export const crnppPrograms = {
  counter: `(* Counts from n down to 0 and begins again. Nothing is subtracted from 0: what would be left of it spoils the next turns. *)
n = 3;
crn = {
  conc[count, n], conc[top, n], conc[one, 1], conc[zero, 0],
  step[{ ld[count, now], cmp[count, zero] }],
  step[{
    ifGT[{ sub[now, one, count] }],
    ifEQ[{ ld[top, count] }]
  }]
};`,
  distance: `(* The distance of two points in the plane: differences in both directions, of which one is 0. *)
ax = 1; ay = 6; bx = 4; by = 2;
crn = {
  conc[x1, ax], conc[y1, ay], conc[x2, bx], conc[y2, by],
  step[{
    sub[x1, x2, left], sub[x2, x1, right], add[left, right, dx],
    sub[y1, y2, up], sub[y2, y1, down], add[up, down, dy]
  }],
  step[{ mul[dx, dx, xx], mul[dy, dy, yy], add[xx, yy, squared] }],
  step[{ sqrt[squared, distance] }]
};`,
  e: `(* e as the sum of 1/n!: each term is the one before, over the next whole number. *)
crn = {
  conc[sum, 1], conc[term, 1], conc[n, 1], conc[one, 1],
  step[{ div[term, n, smaller], add[n, one, more], add[sum, smaller, larger] }],
  step[{ ld[smaller, term], ld[more, n], ld[larger, sum] }]
};`,
  factorial: `(* n! as a product that grows while the factor is above 1. *)
n = 5;
crn = {
  conc[factor, n], conc[one, 1], conc[product, 1],
  step[{ mul[product, factor, grown], sub[factor, one, lower], cmp[factor, one] }],
  step[{ ifGT[{ ld[grown, product], ld[lower, factor] }] }]
};`,
  gcd: `(* Euclid's algorithm: the larger number loses the smaller one until both are the same. *)
a0 = 32; b0 = 12;
crn = {
  conc[a, a0], conc[b, b0],
  step[{ ld[a, oldA], ld[b, oldB], cmp[a, b] }],
  step[{
    ifGT[{ sub[oldA, oldB, a] }],
    ifLT[{ sub[oldB, oldA, b] }]
  }]
};`,
  pi: `(* Pi as 2 (1 + 1/3 (1 + 2/5 (1 + 3/7 (1 + ...)))): each term is the one before, times k over 2k + 1. *)
crn = {
  conc[sum, 2], conc[term, 2], conc[k, 1], conc[odd, 3], conc[one, 1], conc[two, 2],
  step[{
    mul[term, k, above], div[above, odd, smaller], add[sum, smaller, larger],
    add[k, one, nextK], add[odd, two, nextOdd]
  }],
  step[{ ld[smaller, term], ld[larger, sum], ld[nextK, k], ld[nextOdd, odd] }]
};`,
  sqrt: `(* A square root, without a clock. *)
n = 2;
crn = {
  conc[a, n],
  sqrt[a, root]
};`,
} as const;

export type CrnppProgramName = keyof typeof crnppPrograms;
