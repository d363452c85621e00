import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readSbml } from '../../../src/io/sbml/index.js';
import { parameterValues, rateConstants } from '../../../src/network/index.js';
import { naiveDerivative } from '../../tools/naive.js';
import { compartment, list, parameter, reaction, sbmlFile, species } from './models.js';

/** A formula as text for `mathPart`, with its value at the state and how large its parts are together. */
interface Law {
  text: string;
  value: number;
  size: number;
}

const state = { A: 0.7, B: 1.9, E: 2.5 };
const constants = { k: 1.3, j: -0.6, c: 0.4 };

const leaf: fc.Arbitrary<Law> = fc.oneof(
  fc.constantFrom(...Object.entries({ ...state, ...constants })).map(([text, value]) => ({
    text,
    value,
    size: Math.abs(value),
  })),
  fc.integer({ min: -3, max: 9 }).map((value) => ({ text: String(value), value, size: Math.abs(value) })),
);

/** Formulas that are sums of monomials, written in any way. */
const { law } = fc.letrec<{ law: Law; constant: Law }>((tie) => ({
  law: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.array(tie('law'), { maxLength: 3 }).map((parts) => ({
      text: `plus(${parts.map(({ text }) => text).join(',')})`,
      value: parts.reduce((sum, { value }) => sum + value, 0),
      size: parts.reduce((sum, { size }) => sum + size, 0),
    })),
    fc.array(tie('law'), { maxLength: 3 }).map((parts) => ({
      text: `times(${parts.map(({ text }) => text).join(',')})`,
      value: parts.reduce((product, { value }) => product * value, 1),
      size: parts.reduce((product, { size }) => product * size, 1),
    })),
    fc.tuple(tie('law'), tie('law')).map(([a, b]) => ({
      text: `minus(${a.text},${b.text})`,
      value: a.value - b.value,
      size: a.size + b.size,
    })),
    tie('law').map((a) => ({ text: `minus(${a.text})`, value: -a.value, size: a.size })),
    fc.tuple(tie('law'), tie('constant')).map(([a, b]) => ({
      text: `divide(${a.text},${b.text})`,
      value: a.value / b.value,
      size: a.size / Math.abs(b.value),
    })),
    fc.tuple(tie('law'), fc.nat(3)).map(([a, power]) => ({
      text: `power(${a.text},${power})`,
      value: a.value ** power,
      size: a.size ** power,
    })),
  ),
  // What may be below a fraction's line: not 0, and without species that change.
  constant: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(
      ...Object.entries({ ...constants, E: state.E, 2: 2, '-3': -3 }).map(([text, value]) => ({
        text,
        value,
        size: Math.abs(value),
      })),
    ),
    tie('constant').map((a) => ({
      text: `exp(times(0.1,${a.text}))`,
      value: Math.exp(0.1 * a.value),
      size: Math.exp(0.1 * a.value),
    })),
    fc.tuple(tie('constant'), tie('constant')).map(([a, b]) => ({
      text: `times(${a.text},${b.text})`,
      value: a.value * b.value,
      size: Math.abs(a.value * b.value),
    })),
    tie('constant').map((a) => ({
      text: `root(power(${a.text},2))`,
      value: Math.abs(a.value),
      size: Math.abs(a.value),
    })),
  ),
}));

/** The rates of change that the network of this law has, in concentrations. */
function changes({ text }: Law, reversible: boolean) {
  const file = sbmlFile(
    [
      list('Compartments', compartment('c', { size: constants.c })),
      list(
        'Species',
        ...Object.entries(state).map(([id, value]) =>
          species(id, { initialConcentration: value, boundaryCondition: id === 'E' }),
        ),
      ),
      list('Parameters', parameter('k', constants.k), parameter('j', constants.j)),
      list('Reactions', reaction('R', ['2 A', 'E'], ['3 B'], text, { reversible })),
    ].join('\n'),
  );
  const { network, issues } = readSbml(file);
  expect(issues.filter(({ severity }) => severity === 'error')).toEqual([]);
  const constantsOf = [...rateConstants(network!, parameterValues(network!))];
  return naiveDerivative(network!, constantsOf, Object.values(state)).value;
}

it('a law multiplied out has the value of the law', () => {
  fc.assert(
    fc.property(law, fc.boolean(), (one, reversible) => {
      fc.pre(Number.isFinite(one.size) && one.size < 1e12);
      const [a, b, e] = changes(one, reversible) as [number, number, number];
      const rate = one.value / constants.c;
      const error = 1e-11 * (one.size / constants.c);
      expect(Math.abs(a - -2 * rate)).toBeLessThanOrEqual(error);
      expect(Math.abs(b - 3 * rate)).toBeLessThanOrEqual(error);
      expect(e).toBe(0);
    }),
    { seed: 1, numRuns: 1000 },
  );
});
