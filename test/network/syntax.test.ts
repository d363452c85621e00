import { describe, expect, it } from 'vitest';
import { evaluateExpression, parameterValues, parseNetwork } from '../../src/network/index.js';
import { names, read, readWarned, shapes, withoutSpans } from './helpers.js';

describe('the examples of the contract', () => {
  it('reads the declarations', () => {
    const network = read('param k1 = 0.04\ninit A = 1\nconst F = 1        # const: held\nF ->{k1} A');
    expect(network.parameters).toMatchObject([{ name: 'k1', value: { kind: 'number', value: 0.04 } }]);
    expect(network.species).toMatchObject([
      { name: 'A', constant: false, initial: { value: 1 } },
      { name: 'F', constant: true, initial: { value: 1 } },
    ]);
  });

  it('reads the reactions', () => {
    const network = read(
      'param k1=1,kf=2,kr=3\nA + 2 B ->{k1} C\nA <->{kf}{kr} B\n-> A\nB -> ∅\nC -> 0\nC ->\ngrow: X ->{2} 2 X',
    );
    expect(shapes(network)).toEqual([
      '1 A + 2 B -> 1 C',
      '1 A -> 1 B',
      '1 B -> 1 A',
      '-> 1 A',
      '1 B ->',
      '1 C ->',
      '1 C ->',
      '1 X -> 2 X',
    ]);
    expect(network.reactions.map(({ label }) => label).at(-1)).toBe('grow');
    const values = parameterValues(network);
    const constants = network.reactions.map(({ rate }) => evaluateExpression(rate, values));
    expect(constants).toEqual([1, 2, 3, 1, 1, 1, 1, 2]);
  });

  it('reads an explicit rate law as orders apart from the change', () => {
    const { reactions } = read('param k1 = 3\nC -> ∅\nA -> B [rate k1*A^0.5*C]');
    expect(reactions[1]).toMatchObject({
      law: 'explicit',
      rate: { kind: 'parameter', name: 'k1' },
      reactants: [{ species: 1, value: 1 }],
      products: [{ species: 2, value: 1 }],
      orders: [
        { species: 1, value: 0.5 },
        { species: 0, value: 1 },
      ],
    });
  });

  it('reads the schedule, the doses and the event', () => {
    const network = read(
      'grow: X[1] -> Y\nf1: Y -> C1\nphase feed 0.5: grow, f1     | phase learn 10: *\ndose X[1] += 2 at feed; dose Y = 3 at learn\ndose Y += 1 when C1 rises 0.5\ndose Y = 0 when C1 falls 0.25',
    );
    expect(withoutSpans(network.phases)).toEqual([
      { name: 'feed', duration: { kind: 'number', value: 0.5 }, active: ['grow', 'f1'] },
      { name: 'learn', duration: { kind: 'number', value: 10 }, active: '*' },
    ]);
    const number = (value: number) => ({ kind: 'number', value });
    expect(withoutSpans(network.doses)).toEqual([
      { species: 0, amount: number(2), mode: 'add', at: { kind: 'phase', phase: 'feed' } },
      { species: 1, amount: number(3), mode: 'set', at: { kind: 'phase', phase: 'learn' } },
      {
        species: 1,
        amount: number(1),
        mode: 'add',
        at: { kind: 'level', species: 2, direction: 'rises', level: number(0.5) },
      },
      {
        species: 1,
        amount: number(0),
        mode: 'set',
        at: { kind: 'level', species: 2, direction: 'falls', level: number(0.25) },
      },
    ]);
  });

  it('reads the directives on one line, in any order, or on lines of their own', () => {
    const asked = {
      to: { kind: 'number', value: 100 },
      save: { kind: 'log', from: 1e-6, to: 1e5, points: 200 },
      rtol: 1e-8,
      atol: 1e-12,
      atolBySpecies: { B: 1e-18, 'Z+': 1e-20 },
      method: 'rodas5p',
    };
    const reaction = 'B -> Z+\n';
    const texts = [
      'simulate to 100 save log 1e-6 1e5 200 rtol 1e-8 atol 1e-12 atol B=1e-18 atol Z+=1e-20 method rodas5p',
      'simulate method rodas5p atol 1e-12, B=1e-18, Z+ = 1e-20 rtol 1e-8 to 100 save log 1e-6 1e5 200',
      'simulate to 100\nmethod rodas5p save log 1e-6 1e5 200\natol B=1e-18 atol 1e-12, Z+=1e-20 rtol 1e-8',
      'simulate to 100\nsave log 1e-6 1e5 200\nrtol 1e-8\natol 1e-12\natol B=1e-18\natol Z+=1e-20\nmethod rodas5p',
    ];
    for (const text of texts) expect(read(reaction + text).simulation).toEqual(asked);
    expect(read('simulate to 100 save 200').simulation.save).toEqual({ kind: 'uniform', intervals: 200 });
    expect(read('A -> B').simulation).toEqual({});
  });
});

describe('statements', () => {
  it('are separated by any line end, by ; and by |', () => {
    const text = 'A -> B\nB -> C\r\nC -> D\rD -> E; E -> F | F -> G\u2028G -> H';
    expect(read(text).reactions).toHaveLength(7);
    const lines = read(text).reactions.map(({ span }) => span!.line);
    expect(lines).toEqual([1, 2, 3, 4, 4, 4, 5]);
  });

  it('may be empty, and a text may be', () => {
    expect(read('').reactions).toEqual([]);
    expect(read('\n;;|  \n\t# only a comment\n// another').species).toEqual([]);
  });

  it('end at a comment', () => {
    expect(shapes(read('A -> B # -> C\n-> C // y'))).toEqual(['1 A -> 1 B', '-> 1 C']);
    expect(names(read('A -> B+# the rail ends the statement\nC- -> A-// so'))).toEqual([
      'A',
      'B+',
      'C-',
      'A-',
    ]);
  });

  it('may begin with a byte order mark, which takes no column', () => {
    expect(read('\uFEFFA -> B').reactions[0]!.span).toEqual({ line: 1, column: 1 });
  });

  it('know their place', () => {
    const network = read('param k = 1,\tl = 2\n  f: A ->{k} B\n phase p 1: f\n  dose A += 1 at p');
    expect(network.parameters.map(({ span }) => span)).toEqual([
      { line: 1, column: 7 },
      { line: 1, column: 14 },
    ]);
    expect(network.reactions[0]!.span).toEqual({ line: 2, column: 3 });
    expect(network.species.map(({ span }) => span)).toEqual([
      { line: 2, column: 6 },
      { line: 2, column: 14 },
    ]);
    expect(network.phases[0]!.span).toEqual({ line: 3, column: 8 });
    expect(network.doses[0]!.span).toEqual({ line: 4, column: 3 });
  });
});

describe('reactions', () => {
  it('take a stoichiometry with or without white space, whole or not', () => {
    expect(shapes(read('2A + 0.5B -> 2.5 C + .5D + 1e1 E'))).toEqual(['2 A + 0.5 B -> 2.5 C + 0.5 D + 10 E']);
  });

  it('read an exponent only where digits follow', () => {
    expect(shapes(read('2e -> 2e+ + 2 e5 + 3e2 A'))).toEqual(['2 e -> 2 e+ + 2 e5 + 300 A']);
  });

  it('add up a species named twice, on sides of any length', () => {
    expect(shapes(read('A + A + B -> B + 2 A + 0.5 B'))).toEqual(['2 A + 1 B -> 1.5 B + 2 A']);
    const many = Array.from({ length: 30 }, (_, i) => `S${i % 15}`).join(' + ');
    const [reaction] = read(`${many} -> ∅`).reactions;
    expect(reaction!.reactants).toEqual(Array.from({ length: 15 }, (_, i) => ({ species: i, value: 2 })));
    expect(reaction!.orders).toEqual(reaction!.reactants);
  });

  it('leave out a stoichiometry of zero, but know the species', () => {
    const network = read('0 A + B -> C\nA -> B');
    expect(names(network)).toEqual(['A', 'B', 'C']);
    expect(shapes(network)[0]).toBe('1 B -> 1 C');
  });

  it('may be written twice', () => {
    expect(read('A -> B\nA -> B').reactions).toHaveLength(2);
  });

  it('have an empty side as ∅, as 0 or as nothing', () => {
    for (const text of ['∅ -> A', '0 -> A', '-> A', '0.0->A', 'A <-> ∅', 'A <->', '∅ <->{1}{1} A']) {
      expect(read(text).reactions[0]!.reactants.length + read(text).reactions[0]!.products.length).toBe(1);
    }
  });

  it('default both constants of a reversible arrow to 1', () => {
    const { reactions } = read('A + B <-> C');
    expect(reactions.map(({ rate }) => rate)).toEqual([
      { kind: 'number', value: 1 },
      { kind: 'number', value: 1 },
    ]);
    expect(reactions[1]).toMatchObject({
      law: 'massAction',
      reactants: [{ species: 2, value: 1 }],
      orders: [{ species: 2, value: 1 }],
    });
  });

  it('share the label of a reversible arrow', () => {
    expect(read('bind: A <->{1}{2} B').reactions.map(({ label }) => label)).toEqual(['bind', 'bind']);
  });

  it('take braces with any white space', () => {
    expect(read('A->{ 2 }B\nA <-> { 1 } { 2 } B').reactions).toHaveLength(3);
  });
});

describe('rate laws', () => {
  const law = (text: string) => {
    const network = read(`param k = 2, l = 3\nA -> B [rate ${text}]\nC -> ∅`);
    const { rate, orders } = network.reactions[0]!;
    const shown = orders.map(({ species, value }) => `${network.species[species]!.name}^${value}`);
    return `${evaluateExpression(rate, parameterValues(network))} ${shown.join(' ')}`.trim();
  };

  it('are monomials in any arrangement', () => {
    expect(law('k')).toBe('2');
    expect(law('A')).toBe('1 A^1');
    expect(law('k*A*B')).toBe('2 A^1 B^1');
    expect(law('A*k*C^2*l')).toBe('6 A^1 C^2');
    expect(law('A*A')).toBe('1 A^2');
    expect(law('(k + l)*A')).toBe('5 A^1');
    expect(law('(k*A*C)^2')).toBe('4 A^2 C^2');
    expect(law('A^(1/2)')).toBe('1 A^0.5');
    expect(law('A^3/A')).toBe('1 A^2');
    expect(law('A/k')).toBe('0.5 A^1');
    expect(law('k/l*A')).toBe(`${2 / 3} A^1`);
    expect(law('exp(ln(k))*A')).toBe('2 A^1');
    expect(law('-(-k)*A')).toBe('2 A^1');
    expect(law('-(A*-k)')).toBe('2 A^1');
  });

  it('lose species whose powers cancel', () => {
    expect(law('k*A/A')).toBe('2');
    expect(law('A^0')).toBe('1');
    expect(law('(A/C)^1*C')).toBe('1 A^1');
  });

  it('may refer to species and parameters declared later', () => {
    const network = read('A -> B [rate k*E]\nE -> E2\nparam k = 2');
    expect(network.reactions[0]!.orders).toEqual([{ species: 2, value: 1 }]);
  });

  it('do not bring species into being, nor change their order', () => {
    expect(names(read('A -> B [rate E*A]\nB -> E'))).toEqual(['A', 'B', 'E']);
  });
});

describe('keywords', () => {
  it('are names where an arrow, a plus or a colon follows', () => {
    const network = read(
      'init -> save\nphase + dose -> ∅\nparam <-> const\nsimulate: A -> method\nrtol->atol\nmethod: atol -> A',
    );
    expect(names(network)).toEqual([
      'init',
      'save',
      'phase',
      'dose',
      'param',
      'const',
      'A',
      'method',
      'rtol',
      'atol',
    ]);
    expect(network.reactions.map(({ label }) => label)).toEqual([
      null,
      null,
      null,
      null,
      'simulate',
      null,
      'method',
    ]);
  });

  it('are names where a name is wanted', () => {
    const { network } = readWarned(
      'param param = 2, exp = 3, at = 4\ninit init = param\nA ->{exp*exp(1)} B\nf: A -> B\nphase phase 1: f\ndose A += at at phase',
    );
    expect(network.parameters.map(({ name }) => name)).toEqual(['param', 'exp', 'at']);
    expect(network.species.map(({ name }) => name)).toContain('init');
    expect(network.doses[0]).toMatchObject({ amount: { name: 'at' }, at: { phase: 'phase' } });
  });

  it('are never quoted names', () => {
    expect(names(read('`init` -> A'))).toEqual(['init', 'A']);
    expect(names(read('`save` + A -> B'))).toEqual(['save', 'A', 'B']);
  });
});

describe('values', () => {
  const values = (text: string) => Object.fromEntries(parameterValues(read(text)));

  it('may be expressions over parameters defined anywhere', () => {
    expect(values('param c = a*b\nparam a = 2, b = a + 1')).toEqual({ c: 6, a: 2, b: 3 });
  });

  it('stand wherever a number does', () => {
    const network = read(
      'param T = 4, x = 3\ninit A = 2*x, B = x/2\nconst F = sqrt(T)\nf: A + B ->{F0} F\nparam F0 = 1\nphase p T/2: f\ndose A += x - 1 at p\ndose A += x when B falls x/6\nsimulate to 3*T save 10',
    );
    const at = parameterValues(network);
    const value = (expression: Parameters<typeof evaluateExpression>[0]) =>
      evaluateExpression(expression, at);
    expect(network.species.map(({ initial }) => value(initial))).toEqual([6, 1.5, 2]);
    expect(value(network.phases[0]!.duration)).toBe(2);
    expect(network.doses.map(({ amount }) => value(amount))).toEqual([2, 3]);
    expect(value(network.simulation.to!)).toBe(12);
  });
});

describe('phases', () => {
  it('may run no labelled reaction', () => {
    expect(read('f: A -> B\nphase rest 5:').phases[0]!.active).toEqual([]);
  });

  it('take every index of a label', () => {
    const network = read('feed[1]: A -> B\nfeed[2,pn]: A -> B\nphase p 1: feed[*]\nphase q 1: feed[2, pn]');
    expect(network.phases.map(({ active }) => active)).toEqual([['feed[*]'], ['feed[2,pn]']]);
  });
});

describe('species', () => {
  it('are in the order of their first appearance in reactions, init and const', () => {
    const text = 'simulate to 1\nC -> D\ninit A = 1\nconst F = 2\nB + A -> C\ndose D += 1 when C rises 1';
    expect(names(readWarned(text).network)).toEqual(['C', 'D', 'A', 'F', 'B']);
  });

  it('start at 0 and are not held', () => {
    expect(withoutSpans(read('A -> B').species[0])).toEqual({
      name: 'A',
      initial: { kind: 'number', value: 0 },
      constant: false,
    });
  });

  it('may be named like members of every object', () => {
    const network = read(
      'init __proto__ = 2\n__proto__ -> constructor\natol __proto__=1e-9\nparam toString = 1\nconstructor ->{toString} __proto__',
    );
    expect(names(network)).toEqual(['__proto__', 'constructor']);
    expect(Object.entries(network.simulation.atolBySpecies!)).toEqual([['__proto__', 1e-9]]);
  });
});

it('keeps a network that survives JSON and structuredClone', () => {
  const network = read(
    'param k = -(1 - 2)\nA <->{k}{2^k} B\nphase p 1: *\ndose A += 1 at p\nsimulate to 1 save log 1 2 3',
  );
  expect(JSON.parse(JSON.stringify(network))).toEqual(network);
  expect(structuredClone(network)).toEqual(network);
});

it('gives a network exactly when no issue is an error', () => {
  const warned = parseNetwork('init A = 1');
  expect(warned.issues).toMatchObject([{ severity: 'warning', code: 'unusedSpecies' }]);
  expect(warned.network).not.toBeNull();
});
