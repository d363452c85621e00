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
  {
    name: 'a sign in the generated factorisation',
    file: 'src/kernels/emit-factor.ts',
    find: '      code.load(WORK, jacobian + 8 * entry);\n      code.negate();',
    replace: '      code.load(WORK, jacobian + 8 * entry);',
    caughtBy: 'test/kernel/generated.test.ts',
  },
  {
    name: 'a generated change of −1 added',
    file: 'src/kernels/emit-derivative.ts',
    find: '} else if (value === -1) code.subtract();',
    replace: '} else if (value === -1) code.add();',
    caughtBy: 'test/kernel/generated.test.ts',
  },
  {
    name: 'generated solutions summed from the other end',
    file: 'src/kernels/emit-solve.ts',
    find: 'for (let e = from; e < to; e++) {',
    replace: 'for (let e = to - 1; e >= from; e--) {',
    caughtBy: 'test/kernel/generated.test.ts',
  },
  {
    name: 'generated rows that lose the last column of an odd run',
    file: 'src/kernels/lanes.ts',
    find: 'if (done < count) write(single(code, base, 8 * done));',
    replace: '',
    caughtBy: 'test/kernel/generated.test.ts',
  },
  {
    name: 'places in the function table never given back',
    file: 'src/engine/code-table.ts',
    find: '    this.next = this.first;\n    this.placed.clear();',
    replace: '    this.placed.clear();',
    caughtBy: 'test/simulate/kernels.test.ts',
  },
  {
    name: 'a row subtracted wrongly in two lanes',
    file: 'assembly/lanes/lu.ts',
    find: 'setV(row, j, f64x2.sub(getV(row, j), f64x2.mul(multiplier, getV(lu, u))));',
    replace: 'setV(row, j, f64x2.sub(f64x2.mul(multiplier, getV(lu, u)), getV(row, j)));',
    caughtBy: 'test/kernel/lanes.test.ts',
  },
  {
    name: 'two lanes with one size',
    file: 'assembly/lanes/attempt.ts',
    find: 'f64x2(h == 0.0 ? ANY_SIZE : h, k == 0.0 ? ANY_SIZE : k)',
    replace: 'f64x2(h == 0.0 ? ANY_SIZE : h, h == 0.0 ? ANY_SIZE : h)',
    caughtBy: 'test/simulate/lanes.test.ts',
  },
  {
    name: 'sums of two lanes in another order',
    file: 'assembly/lanes/norms.ts',
    find: 'f64x2.div(f64x2.add(even, odd), f64x2.splat(f64(count)))',
    replace: 'f64x2.mul(f64x2.add(even, odd), f64x2.splat(1.0 / f64(count)))',
    caughtBy: 'test/simulate/lanes.test.ts',
  },
  {
    name: 'growth followed in one of two lanes',
    file: 'assembly/lanes/norms.ts',
    find: 'setF(getI(pair, L_WORK + 1), R_GROWTH, growthStep(f64x2.extract_lane(fastest, 1)));',
    replace: 'setF(getI(pair, L_WORK + 1), R_GROWTH, 0.0);',
    caughtBy: 'test/simulate/lanes.test.ts',
  },
  {
    name: 'a lane left without its Jacobian',
    file: 'assembly/lanes/advance.ts',
    find: 'unloadRegion(problem, pair, lane, work, P_W_JACOBIAN, getI(problem, P_FILL));',
    replace: '',
    caughtBy: 'test/simulate/lanes.test.ts',
  },
  {
    name: 'steps in company that nobody counts',
    file: 'src/simulate/seats.ts',
    find: 'rider.wish -= used;',
    replace: '',
    caughtBy: 'test/simulate/lanes.test.ts',
  },
  {
    name: 'the failure found first thrown, not the first of the list',
    file: 'src/simulate/lanes.ts',
    find: '    this.drop(k);\n',
    replace: '    this.drop(-1);\n',
    caughtBy: 'test/simulate/lanes.test.ts',
  },
  {
    name: 'runs of a worker in the order in which they end',
    file: 'src/batch/simulate-many.ts',
    find: 'solutions[first + k] = ',
    replace: 'solutions[solutions.length] = ',
    caughtBy: 'test/batch/simulate-many.test.ts',
  },
];
