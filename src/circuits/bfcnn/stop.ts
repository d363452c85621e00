import type { PhasedDraft } from '../draft.js';
import { catalyticDecay, gatedTransfer, source } from '../flows.js';
import { edges, neurons, place } from '../layered/parts.js';
import { annihilate, clear, transfer } from '../modules.js';
import { dual, railOf, rails, type Signal, single } from '../rails.js';
import { addReaction, labelOf, type ReactionSink } from '../reactions.js';
import { type BfcnnParts, FIXED } from './parts.js';

/** Σ|e| and the tolerance as they are judged. */
const TOTAL = single('Je');
const LIMIT = single('Jt');
/** The two against each other: what is left is Σ|e| − tolerance, on the rail of its sign. */
const EXCESS = dual('J');
/** The latch: Go + Stop = 1, and weights are changed by the part that Go has. */
export const GO = single('Go');
export const STOP = single('Stop');
/** Of the latch by majority: neither. */
const BLANK = 'Blank';

/**
 * Judgment: |e| of every output and copy is summed up, after V has come to rest without production.
 * ```
 * V^s -> Je + V^s    Je -> ∅      Fix -> Jt + Fix (k·tol)    Jt -> ∅        Je → Σ|e|,  Jt → tol
 * ```
 * at k where none is given. Earlier, while V is produced, annihilation leaves both rails a common part of the order of
 * √(rate/kann), which Je would take for an error.
 */
export function judge(sink: ReactionSink, parts: BfcnnParts): void {
  for (const at of neurons(parts, parts.sizes.length - 1)) {
    magnitude(sink, 'judge', place(at), parts.V(at), TOTAL);
  }
  clear(sink, { name: 'fadeJe', index: [] }, TOTAL, 'k');
  source(sink, { name: 'limit', index: [] }, LIMIT, 'k*tol', FIXED);
  clear(sink, { name: 'fadeJt', index: [] }, LIMIT, 'k');
}

/** Both rails alike make C: `V^s -> C + V^s` at k. */
function magnitude(
  sink: ReactionSink,
  name: string,
  index: readonly number[],
  v: Signal,
  into: Signal,
): void {
  for (const p of rails(v)) {
    addReaction(sink, labelOf({ name, index }, p), [p.species], [into.plus, p.species], 'k');
  }
}

/** Starts the comparison, in phase latch: `Je -> J+, Jt -> J−` at k. What runs by itself is `comparison`. */
export function latch(sink: ReactionSink): void {
  transfer(sink, { name: 'above', index: [] }, TOTAL, EXCESS, 'k');
  transfer(sink, { name: 'below', index: [] }, LIMIT, EXCESS, 'k', -1);
}

/**
 * Comparison and latch, which run all the time.
 * ```
 * J+ + J− -> ∅      Stop + J+ -> Go + J+      Go + J− -> Stop + J−      (kann)
 * ```
 */
export function comparison(draft: PhasedDraft): void {
  const { always } = draft;
  annihilate(always, { name: 'cancelJ', index: [] }, EXCESS, 'kann');
  gatedTransfer(always, { name: 'goOn', index: [] }, STOP, GO, single(EXCESS.plus), 'kann');
  gatedTransfer(always, { name: 'stop', index: [] }, GO, STOP, single(railOf(EXCESS, -1)), 'kann');
  draft.declare(GO.plus, 1);
}

/** Forgets the last decision: `J^s -> ∅` at k. The latch stays as it is. */
export function forgetExcess(sink: ReactionSink): void {
  clear(sink, { name: 'fadeJ', index: [] }, EXCESS, 'k');
}

/**
 * Decision, in a phase of its own in which J dies out: of Go and Stop the rarer one disappears, by approximate majority
 * (Angluin, Aspnes & Eisenstat 2008).
 * ```
 * Go + Stop -> Go + Blank      Go + Blank -> 2 Go      Stop + Go -> Stop + Blank      Stop + Blank -> 2 Stop      (k)
 * ```
 */
export function decide(sink: ReactionSink): void {
  for (const [name, own, other] of [
    ['Go', GO.plus, STOP.plus],
    ['Stop', STOP.plus, GO.plus],
  ]) {
    addReaction(sink, `doubt${name}`, [own, other], [own, BLANK], 'k');
    addReaction(sink, `agree${name}`, [own, BLANK], [own, own], 'k');
  }
}

/**
 * Update: the changes go into the weights, or nowhere.
 * ```
 * U^s + Go -> W^s + Go    U^s + Stop -> Stop    (k)        Δw = u·Go/(Go + Stop)
 * ```
 * A transfer, so that the step does not depend on the length of the phase.
 */
export function updateWeights(sink: ReactionSink, parts: BfcnnParts): void {
  for (const edge of edges(parts)) {
    const index = [edge.layer, edge.neuron, edge.input];
    gatedTransfer(sink, { name: 'learn', index }, parts.U(edge), parts.W(edge), GO, 'k');
    catalyticDecay(sink, { name: 'drop', index }, parts.U(edge), STOP, 1, 'k');
  }
}
