import fc from 'fast-check';
import { evaluateExpression, methodNames } from '../../src/network/index.js';
import type {
  Dose,
  Expression,
  LevelCrossing,
  Network,
  Parameter,
  Phase,
  Reaction,
  SpeciesTerm,
} from '../../src/network/model.js';

/** Names of every kind the text knows, plain and quoted. */
const oddNames = [
  'A+',
  'A-',
  'P[1,2]',
  'P[1]+',
  "y'",
  'P[1, 2]',
  'R(a,l!1)',
  '2x',
  '0',
  '∅',
  'a;b|c#d//e',
  'with space',
  'A+ B',
  'init',
  'observable',
  'amount',
  'compartment',
  'channel',
  'param',
  'save',
  'rate',
  'at',
  'exp',
  'ln',
  'e5',
  'α',
  '__proto__',
  '\0',
  'A]',
  '[1]',
  '->',
  '*',
];

const name = fc.oneof(
  fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'),
  fc.constantFrom(...oddNames),
  fc
    .string({ minLength: 1, maxLength: 5, unit: 'grapheme' })
    .filter((text) => !/[`\n\r\u2028\u2029\u0085]/u.test(text)),
);

const label = fc.oneof(fc.constantFrom('f', 'f[1]', 'f[2]', 'f[2,pn]', 'g[1]+', 'g[2]', 'x y[1]'), name);

const distinct = (minLength: number, maxLength: number) => fc.uniqueArray(name, { minLength, maxLength });

const number = fc.oneof(
  fc.integer({ min: -5, max: 5 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0.1, 1e21, 1e-7, 5e-324, Number.MAX_VALUE, -0),
);

const amount = number.map((value) => (Object.is(value, -0) ? 0 : Math.abs(value)));
const positive = amount.filter((value) => value > 0);

/** Any expression over the given parameters. */
function expression(parameters: readonly string[]): fc.Arbitrary<Expression> {
  const leaf: fc.Arbitrary<Expression>[] = [number.map((value) => ({ kind: 'number', value }))];
  if (parameters.length > 0) {
    leaf.push(fc.constantFrom(...parameters).map((parameter) => ({ kind: 'parameter', name: parameter })));
  }
  const { node } = fc.letrec<{ node: Expression }>((tie) => ({
    node: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.oneof(...leaf),
      fc.record({ kind: fc.constant('negate' as const), operand: tie('node') }),
      fc.record({
        kind: fc.constant('binary' as const),
        operator: fc.constantFrom('+' as const, '-' as const, '*' as const, '/' as const, '^' as const),
        left: tie('node'),
        right: tie('node'),
      }),
      fc.record({
        kind: fc.constant('call' as const),
        name: fc.constantFrom('exp' as const, 'ln' as const, 'sqrt' as const),
        argument: tie('node'),
      }),
    ),
  }));
  return node;
}

export const anyExpression: fc.Arbitrary<Expression> = expression(['k', 'k+', 'exp', 'a b', 'P[1]-']);

/** A valid network in the form in which the parser makes it, without spans. */
export const anyNetwork: fc.Arbitrary<Network> = fc
  .record({ all: distinct(3, 12), labels: fc.uniqueArray(label, { maxLength: 6 }), phases: distinct(0, 3) })
  .chain(({ all, labels, phases }) => {
    const split = Math.floor(all.length / 3);
    const usable = labels.filter((label) => !label.endsWith('[*]'));
    return fc.gen().map((draw) => drawNetwork(draw, all.slice(split), all.slice(0, split), usable, phases));
  });

type Draw = fc.GeneratorValue;

function drawNetwork(
  draw: Draw,
  species: string[],
  parameterNames: string[],
  labels: string[],
  phaseNames: string[],
): Network {
  const values = new Map<string, number>();
  const parameters: Parameter[] = [];
  for (const [i, parameter] of parameterNames.entries()) {
    const drawn = draw(expression, parameterNames.slice(0, i));
    const value = evaluateExpression(drawn, values);
    const finite = Number.isFinite(value);
    parameters.push({ name: parameter, value: finite ? drawn : { kind: 'number', value: i } });
    values.set(parameter, finite ? value : i);
  }
  // References may go back and forth in the text.
  if (draw(fc.boolean)) parameters.reverse();
  const constant = (allowed: (value: number) => boolean, otherwise: fc.Arbitrary<number>): Expression => {
    const drawn = draw(expression, parameterNames);
    if (allowed(evaluateExpression(drawn, values))) return drawn;
    return { kind: 'number', value: draw(() => otherwise) };
  };
  const isAmount = (value: number) => value >= 0 && value < Infinity;
  const isPositive = (value: number) => value > 0 && value < Infinity;
  const terms = (): SpeciesTerm[] =>
    draw(fc.uniqueArray<number, number>, fc.nat(species.length - 1), { maxLength: 3 }).map((index) => ({
      species: index,
      value: draw(fc.boolean) ? 1 : draw(() => positive),
    }));
  const copy = (side: SpeciesTerm[]) => side.map((term) => ({ ...term }));

  /** A channel of its own, mostly none. */
  const channel = (): { channel?: { name: string; sign: 1 | -1 } } =>
    draw(fc.nat, 4) > 0
      ? {}
      : { channel: { name: `r ${reactions.length}`, sign: draw(fc.constantFrom, 1 as const, -1 as const) } };

  const reactions: Reaction[] = [];
  const unused = [...labels];
  for (let count = draw(fc.nat, 5); count > 0; count--) {
    const label = draw(fc.nat, 3) > 0 ? (unused.pop() ?? null) : null;
    const [reactants, products] = [terms(), terms()];
    const rate = constant(isAmount, amount);
    if (draw(fc.nat, 3) === 0) {
      const orders = terms();
      reactions.push({ label, reactants, products, orders, rate, law: 'explicit', ...channel() });
      continue;
    }
    const forth = channel();
    const orders = copy(reactants);
    reactions.push({ label, reactants, products, orders, rate, law: 'massAction', ...forth });
    if (draw(fc.nat, 2) > 0) continue;
    const back = constant(isAmount, amount);
    reactions.push({
      label,
      reactants: copy(products),
      products: copy(reactants),
      orders: copy(products),
      rate: back,
      law: 'massAction',
      ...(forth.channel && { channel: { ...forth.channel, sign: forth.channel.sign === 1 ? -1 : 1 } }),
    });
  }
  const used = [...new Set(reactions.flatMap(({ label }) => (label === null ? [] : [label])))];
  const families = used.filter((label) => label.indexOf('[') > 0).map((label) => `${label.split('[')[0]}[*]`);
  const entries = [...used, ...families];

  const anySpecies = () => draw(fc.nat, species.length - 1);
  const crossing = (): LevelCrossing => ({
    species: anySpecies(),
    direction: draw(fc.constantFrom, 'rises' as const, 'falls' as const),
    level: constant(isAmount, amount),
  });
  const phases: Phase[] = phaseNames.map((phase) => ({
    name: phase,
    duration: constant(isPositive, positive),
    active: draw(fc.boolean) ? '*' : draw(fc.subarray<string>, [...new Set(entries)]),
    ...(draw(fc.nat, 3) === 0 && { when: crossing() }),
  }));
  const doses: Dose[] = Array.from({ length: draw(fc.nat, 3) }, () => ({
    species: anySpecies(),
    amount: constant(isAmount, amount),
    mode: draw(fc.constantFrom, 'add' as const, 'set' as const),
    at:
      phases.length > 0 && draw(fc.boolean)
        ? { kind: 'phase', phase: draw(fc.constantFrom, ...phaseNames) }
        : { kind: 'level', ...crossing() },
  }));

  const compartments = draw(distinct, 0, 2).map((one) => ({
    name: one,
    size: constant(isPositive, positive),
  }));
  const names = draw(distinct, 0, 3).filter((one) => !species.includes(one));
  const observables = names.map((one) => ({
    name: one,
    terms: draw(fc.uniqueArray<number, number>, fc.nat(species.length - 1), { maxLength: 3 }).map(
      (index) => ({
        species: index,
        value: draw(() => number),
      }),
    ),
  }));
  const network: Network = {
    species: species.map((one) => ({
      name: one,
      initial: draw(fc.boolean) ? { kind: 'number', value: 0 } : constant(isAmount, amount),
      constant: draw(fc.nat, 4) === 0,
      ...(compartments.length > 0 &&
        draw(fc.boolean) && { compartment: draw(fc.nat, compartments.length - 1) }),
      ...(draw(fc.nat, 4) === 0 && { quantity: 'amount' as const }),
    })),
    parameters,
    reactions,
    phases,
    doses,
    ...(compartments.length > 0 && { compartments }),
    ...(observables.length > 0 && { observables }),
    simulation: {},
  };
  const { simulation } = network;
  if (draw(fc.boolean)) simulation.to = constant(isAmount, amount);
  const grid = draw(fc.constantFrom, 'none', 'uniform', 'log');
  if (grid === 'uniform') simulation.save = { kind: 'uniform', intervals: draw(fc.nat, 1000) + 1 };
  if (grid === 'log') {
    const [from, to] = [draw(() => positive), draw(() => positive)];
    if (from < to) simulation.save = { kind: 'log', from, to, points: draw(fc.nat, 100) + 2 };
  }
  if (draw(fc.boolean)) simulation.rtol = draw(() => positive);
  if (draw(fc.boolean)) simulation.atol = draw(() => positive);
  if (draw(fc.boolean)) simulation.method = draw(fc.constantFrom, ...methodNames);
  if (draw(fc.boolean)) {
    const toleranced = draw(fc.subarray<string>, species, { minLength: 1 });
    simulation.atolBySpecies = Object.fromEntries(toleranced.map((one) => [one, draw(() => positive)]));
  }
  return network;
}

const pieces = [
  'A',
  'B',
  'k',
  'P[1,2]',
  'f[*]',
  '`x y`',
  '`',
  '+',
  '-',
  '->',
  '<->',
  '=>',
  '-->',
  '{',
  '}',
  '[',
  ']',
  '(',
  ')',
  '[rate ',
  '*',
  '/',
  '^',
  '=',
  '+=',
  ',',
  ':',
  ';',
  '|',
  '\n',
  '\r\n',
  '#',
  '//',
  ' ',
  ' ',
  '\t',
  '∅',
  '0',
  '1',
  '2.5',
  '1e-3',
  '.5',
  '1e999',
  'observable ',
  'compartment ',
  'amount ',
  ', channel ',
  '[channel ',
  'param ',
  'init ',
  'const ',
  'phase ',
  'dose ',
  'simulate ',
  'to ',
  'save ',
  'log ',
  'rtol ',
  'atol ',
  'method ',
  'rodas5p',
  'at ',
  'when ',
  'rises ',
  'falls ',
  'exp(',
  'ln',
  '\uFEFF',
  '\0',
  '\ud800',
  '𝑥',
];

/** Texts made of the language's own tokens, in any order. */
export const tokenSoup: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(...pieces), { maxLength: 60 })
  .map((parts) => parts.join(''));
