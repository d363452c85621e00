/**
 * Deliberate faults: a change of one source that a named test must notice. `test/long/faults.test.ts` makes each in a
 * copy of the project and expects that test to fail; a fault that goes unnoticed is a defect of the tests.
 */
export interface Fault {
  name: string;
  file: string;
  /** Must occur in the file exactly once. */
  find: string;
  replace: string;
  /** Test file that must fail. */
  caughtBy: string;
}

export const faults: Fault[] = [
  {
    name: 'a stoichiometric sign flipped',
    file: 'src/network/change.ts',
    find: 'net.set(species, (net.get(species) ?? 0) - value);',
    replace: 'net.set(species, (net.get(species) ?? 0) + value);',
    caughtBy: 'test/kernel/kinetics.test.ts',
  },
  {
    name: 'a Jacobian entry dropped',
    file: 'src/compile/program.ts',
    find: 'return [...entries.values()].sort(',
    replace: 'return [...entries.values()].slice(1).sort(',
    caughtBy: 'test/kernel/kinetics.test.ts',
  },
  {
    name: 'a squared reactant differentiated without its 2',
    file: 'src/compile/program.ts',
    find: 'weight: value * multiplicity',
    replace: 'weight: value',
    caughtBy: 'test/kernel/kinetics.test.ts',
  },
  {
    name: 'two tableau numbers swapped',
    file: 'assembly/tableaus.ts',
    find: '[2.849394379747939, 0.45842242204463923]',
    replace: '[0.45842242204463923, 2.849394379747939]',
    caughtBy: 'test/kernel/tableaus.test.ts',
  },
  {
    name: 'an interpolant coefficient off by one in the sixth digit',
    file: 'assembly/tableaus.ts',
    find: '-0.9689944594115154',
    replace: '-0.9689954594115154',
    caughtBy: 'test/kernel/tableaus.test.ts',
  },
  {
    name: 'the factorial convention',
    file: 'src/compile/compile.ts',
    find: 'factor.push(term.factor);',
    replace: 'factor.push(reaction.orders.some(({ value }) => value === 2) ? term.factor / 2 : term.factor);',
    caughtBy: 'test/kernel/kinetics.test.ts',
  },
  {
    name: 'negatives clipped to zero',
    file: 'assembly/attempt.ts',
    find: '  copyF(state, region(problem, work, P_W_STAGE), count);',
    replace:
      '  const next = region(problem, work, P_W_STAGE);\n  for (let i: i32 = 0; i < count; i++) setF(state, i, getF(next, i) < 0.0 ? 0.0 : getF(next, i));',
    caughtBy: 'test/simulate/failures.test.ts',
  },
  {
    name: 'negative states accepted',
    file: 'assembly/methods/rosenbrock-attempt.ts',
    find: 'if (negative >= 0) return reject',
    replace: 'if (negative >= 1000000) return reject',
    caughtBy: 'test/simulate/failures.test.ts',
  },
  {
    name: 'an elimination skipped in the factorisation',
    file: 'assembly/linalg/lu.ts',
    find: 'setF(row, j, getF(row, j) - multiplier * getF(lu, u));',
    replace: 'setF(row, j, getF(row, j));',
    caughtBy: 'test/kernel/kinetics.test.ts',
  },
  {
    name: 'the second held factor forgotten',
    file: 'assembly/kinetics.ts',
    find: 'getF(factor, t) * getF(raw, getI(which, t)) * getF(full, getI(a, t)) * getF(full, getI(b, t))',
    replace: 'getF(factor, t) * getF(raw, getI(which, t)) * getF(full, getI(a, t))',
    caughtBy: 'test/simulate/invariants.test.ts',
  },
  {
    name: 'the last save time lost',
    file: 'assembly/rows.ts',
    find: 'while (next < total && isDue(work, getF(times, next))) {',
    replace: 'while (next < total - 1 && isDue(work, getF(times, next))) {',
    caughtBy: 'test/simulate/options.test.ts',
  },
  {
    name: 'a dose applied twice',
    file: 'src/simulate/plan.ts',
    find: 'state[species] = level;',
    replace: "state[species] = level + (mode === 'add' ? amount : 0);",
    caughtBy: 'test/simulate/schedule.test.ts',
  },
  {
    name: 'growth beneath the tolerance damped',
    file: 'assembly/attempt.ts',
    find: 'if (!fixed && limit > 0.0 && h > limit) h = limit;',
    replace: '',
    caughtBy: 'test/simulate/failures.test.ts',
  },
  {
    name: 'conserved sums left to rounding',
    file: 'assembly/attempt.ts',
    find: 'restoreTotals(problem, work, state);',
    replace: '',
    caughtBy: 'test/simulate/reference.test.ts',
  },
  {
    name: 'an event taken at the end of its step',
    file: 'assembly/events.ts',
    find: 'setF(work, R_EVENT_THETA, first);',
    replace: 'setF(work, R_EVENT_THETA, 1.0);',
    caughtBy: 'test/simulate/events.test.ts',
  },
  {
    name: 'rows between steps not checked for the domain',
    file: 'assembly/methods/rosenbrock-attempt.ts',
    find: 'if (below >= 0) {',
    replace: 'if (below >= 1000000) {',
    caughtBy: 'test/simulate/failures.test.ts',
  },
  {
    name: 'an error constant of bdf a tenth of what it is',
    file: 'assembly/methods/formula.ts',
    find: 'setF(formula, FORMULA_ERROR, Math.abs(a1 / (alpha * a2)));',
    replace: 'setF(formula, FORMULA_ERROR, 0.1 * Math.abs(a1 / (alpha * a2)));',
    caughtBy: 'test/simulate/bdf.test.ts',
  },
  {
    name: 'a past point left out when the order rises',
    file: 'assembly/methods/nordsieck.ts',
    find: 'const share = (-alpha0 - alpha1) / product;',
    replace: 'const share = -alpha0 / product;',
    caughtBy: 'test/simulate/bdf.test.ts',
  },
  {
    name: 'a Jacobian that is never made anew',
    file: 'assembly/methods/newton.ts',
    find: '    differentiate(problem, work, region(problem, work, P_W_STAGE));',
    replace: '    if (known < 0) differentiate(problem, work, region(problem, work, P_W_STAGE));',
    caughtBy: 'test/simulate/work.test.ts',
  },
  {
    name: 'growth beneath the tolerance unseen by bdf',
    file: 'assembly/methods/hidden-growth.ts',
    find: 'sharper > getF(weights, i)',
    replace: 'sharper < getF(weights, i)',
    caughtBy: 'test/simulate/failures.test.ts',
  },
  {
    name: 'answers of GMRES believed',
    file: 'assembly/linalg/gmres.ts',
    find: 'if (scaledNorm(residual, weights, count) <= bound) return true;',
    replace: 'return true;',
    caughtBy: 'test/simulate/gmres.test.ts',
  },
  {
    name: 'no way from GMRES to LU',
    file: 'assembly/methods/multistep-attempt.ts',
    find: 'if (unsolved >= HOPELESS) {',
    replace: 'if (unsolved >= 1000000000) {',
    caughtBy: 'test/simulate/gmres.test.ts',
  },
  {
    name: 'time counted from the start of the schedule',
    file: 'src/simulate/vessel.ts',
    find: 'slots[L.R_END] = stretch.to - stretch.from;',
    replace: 'slots[L.R_END] = stretch.to;',
    caughtBy: 'test/simulate/schedule.test.ts',
  },
  {
    name: 'one class at the end of every epoch',
    file: 'src/learning/plane.ts',
    find: 'const order = random.shuffle(samples.targets.map((_, row) => row));',
    replace: 'const order = samples.targets.map((_, row) => row);',
    caughtBy: 'test/learning/plane.test.ts',
  },
  {
    name: "a sensitivity without the node's feedback",
    file: 'src/circuits/nodes.ts',
    find: "if (dynamics === 'cubic') catalyticDecay(draft.feed, at('senseDecay'), f, Z[i], 2, '3 * kappa');",
    replace: '',
    caughtBy: 'test/circuits/neural-gradient.test.ts',
  },
  {
    name: 'a recurrent node that does not feel itself change',
    file: 'src/circuits/recurrent.ts',
    find: "const label = { name: 'sense', index: [...along, ...index] };",
    replace:
      "if (to === from) continue;\n      const label = { name: 'sense', index: [...along, ...index] };",
    caughtBy: 'test/circuits/recurrent.test.ts',
  },
  {
    name: 'a staged pot that does not clean between stages',
    file: 'src/learning/staged-pot.ts',
    find: 'for (const act of after) this.#perform(act);',
    replace: 'for (const act of after.slice(1)) this.#perform(act);',
    caughtBy: 'test/learning/staged-gradient.test.ts',
  },
  {
    name: 'a clock whose exposure is not made up for',
    file: 'src/circuits/clocked.ts',
    find: '}`, exposure);',
    replace: '}`, 1.1 * exposure);',
    caughtBy: 'test/circuits/clocked.test.ts',
  },
  {
    name: 'a patience of one epoch more',
    file: 'src/learning/early-stopping.ts',
    find: 'epoch - best.epoch >= patience ?',
    replace: 'epoch - best.epoch > patience ?',
    caughtBy: 'test/learning/early-stopping.test.ts',
  },
];
