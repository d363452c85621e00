/**
 * The compiled problem: one flat, position-independent record, made by `src/compile`, read by the kernel. It can be
 * copied, posted to a worker or stored as it is.
 *
 *     problem                                              workspace (one per run; zeroed by the host)
 *     ┌──────────────────────────────────────────┐        ┌──────────────────────────────────────────┐
 *     │ header: 96 words (layout.ts, P_*)        │        │ run record: times, step, counters (R_*)  │
 *     ├──────────────────────────────────────────┤        ├──────────────────────────────────────────┤
 *     │ which species are unknowns               │        │ effective constants, Jacobian constants  │
 *     │ raw rate constants     ◄── host may edit │        │ rates                                    │
 *     │ fold program: k · held species → kₑ      │        │ state │1│ old │1│ stage │1│              │
 *     │ factors of each rate: pairs │ triples │ …│        │ derivative, stage derivative             │
 *     │ changes, gathered by species             │        │ increments U₁ … U₈                       │
 *     │ Jacobian program: J[p] += c·y[a](·y[b])  │        │ Jacobian in the filled pattern           │
 *     │ pattern of L + U, rows ascending         │        │ L + U, reciprocal pivots, a dense row    │
 *     │ conserved sums                           │        │ totals of the conserved sums             │
 *     └──────────────────────────────────────────┘        │ interpolant, absolute tolerances         │
 *                                                         │ formula of bdf, basis of GMRES           │
 *                                                         └──────────────────────────────────────────┘
 * Unknowns are numbered in elimination order, so the factorisation needs no permutation. The slot after each state
 * vector holds 1: a monomial with fewer factors than its section points there. After it come the species, if any, that
 * are computed from conserved sums.
 */
import { getI } from './memory';

/** Address of a table of the problem. */
export function table(problem: i32, offsetWord: i32): i32 {
  return problem + getI(problem, offsetWord);
}

/** Address of a region of the workspace. */
export function region(problem: i32, work: i32, offsetWord: i32): i32 {
  return work + getI(problem, offsetWord);
}
