import { expect, it } from 'vitest';
import { readSbml } from '../../../src/io/sbml/index.js';
import { printNetwork } from '../../../src/network/index.js';
import type { Network } from '../../../src/network/model.js';
import {
  compartment,
  editions,
  list,
  math,
  mathPart,
  parameter,
  reaction,
  sbmlFile,
  species,
} from './models.js';

/** The network of a file that must be free of issues. */
function read(text: string): Network {
  const { network, issues } = readSbml(text);
  expect(issues).toEqual([]);
  return network!;
}

const printed = (text: string): string[] => printNetwork(read(text)).trim().split(/\n+/);

const one = list('Compartments', compartment('c'));
const k = list('Parameters', parameter('k', 3));

it('reads every edition of Levels 2 and 3', () => {
  for (const edition of editions) {
    const level = Number(edition[0]);
    const text = sbmlFile(
      [
        list('Compartments', compartment('c', { size: 2 })),
        list('Species', species('A'), species('B')),
        k,
        list('Reactions', reaction('R', ['A'], ['2 B'], 'times(c, k, A)', { level })),
      ].join('\n'),
      edition,
    );
    expect(printed(text)).toEqual([
      'param k = 3',
      'R: A ->{k} 2 B',
      'init A = 0.5',
      'init B = 0.5',
      'compartment c 2: A, B',
    ]);
  }
});

it('takes the defaults of Level 2', () => {
  const text = sbmlFile(
    `<listOfCompartments><compartment id="c" size="1"/></listOfCompartments>
     <listOfSpecies><species id="A" compartment="c" initialAmount="1"/><species id="B" compartment="c" initialAmount="0"/></listOfSpecies>
     <listOfParameters><parameter id="k" value="3"/></listOfParameters>
     <listOfReactions><reaction id="R">
       <listOfReactants><speciesReference species="A"/></listOfReactants>
       <listOfProducts><speciesReference species="B"><stoichiometryMath>${math('times(2, 1.5)')}</stoichiometryMath></speciesReference></listOfProducts>
       <kineticLaw>${math('minus(times(k, A), times(j, B))')}<listOfParameters><parameter id="j" value="4"/></listOfParameters></kineticLaw>
     </reaction></listOfReactions>`,
    '2.4',
  );
  expect(printed(text)).toEqual([
    'param k = 3',
    'param j[R] = 4',
    'R[1]: A ->{k} 3 B',
    'R[2]: 3 B -> A [rate j[R]*B]',
    'init A = 1',
    'compartment c 1: A, B',
  ]);
});

it('counts concentrations where it can, and divides by the size that laws of SBML multiply with', () => {
  const model = (formula: string) =>
    sbmlFile(
      [
        list('Compartments', compartment('c', { size: 0.2 })),
        list('Species', species('A'), species('B', { initialConcentration: 4 })),
        k,
        list('Reactions', reaction('R', ['A'], ['B'], formula)),
      ].join('\n'),
    );
  expect(printed(model('times(c, k, A)'))).toContain('R: A ->{k} B');
  expect(printed(model('times(k, A, B)'))).toContain('R: A -> B [rate 5*k*A*B]');
  expect(printed(model('times(k, A)')).slice(2)).toEqual([
    'init A = 5',
    'init B = 4',
    'compartment c 0.2: A, B',
  ]);
});

it('counts amounts where compartments differ, and where a formula means an amount', () => {
  const twoSizes = sbmlFile(
    [
      list(
        'Compartments',
        compartment('c', { size: 2 }),
        compartment('d', { size: 4, spatialDimensions: 2 }),
      ),
      list('Species', species('A', { initialConcentration: 3 }), species('B', { compartment: 'd' })),
      k,
      list('Reactions', reaction('R', ['A', '2 B'], [], 'times(k, A, B, B)')),
    ].join('\n'),
  );
  expect(printed(twoSizes)).toEqual([
    'param k = 3',
    'R: A + 2 B -> ∅ [rate 0.03125*k*A*B^2]',
    'init A = 6',
    'init B = 1',
    'compartment c 2: A',
    'compartment d 4: B',
    'amount A, B',
  ]);
  const substance = sbmlFile(
    [
      list('Compartments', compartment('c', { size: 2 })),
      list('Species', species('A', { hasOnlySubstanceUnits: true }), species('B')),
      k,
      list('Reactions', reaction('R', ['A', 'B'], [], 'times(k, A, B)')),
    ].join('\n'),
  );
  expect(printed(substance).slice(1, 3)).toEqual(['R: A + B ->{0.5*k} ∅', 'init A = 1']);
});

it('needs no size that cancels', () => {
  const model = (formula: string) =>
    readSbml(
      sbmlFile(
        [
          list('Compartments', compartment('c', { size: undefined })),
          list('Species', species('A')),
          k,
          list('Reactions', reaction('R', ['A'], [], formula)),
        ].join('\n'),
      ),
    );
  expect(printNetwork(model('times(c, k, A)').network!)).toContain('R: A ->{k} ∅');
  expect(model('times(k, A)').issues).toMatchObject([
    { code: 'missingSize' },
    { code: 'missingSize', severity: 'error' },
  ]);
});

it('a point has amounts', () => {
  const text = sbmlFile(
    [
      list('Compartments', compartment('c', { size: undefined, spatialDimensions: 0 })),
      list('Species', species('A')),
      k,
      list('Reactions', reaction('R', ['A'], [], 'times(k, A)')),
    ].join('\n'),
  );
  expect(printed(text)).toEqual(['param k = 3', 'R: A ->{k} ∅', 'init A = 1', 'amount A']);
});

it('holds boundary and constant species', () => {
  const text = sbmlFile(
    [
      one,
      list(
        'Species',
        species('A', { boundaryCondition: true }),
        species('B', { constant: true }),
        species('C'),
      ),
      k,
      list('Reactions', reaction('R', ['2 A'], ['C'], 'times(c, k, A, B)')),
    ].join('\n'),
  );
  expect(printed(text).slice(1)).toEqual([
    'const A = 1',
    'const B = 1',
    'R: 2 A -> C [rate k*A*B]',
    'init C = 1',
    'compartment c 1: A, B, C',
  ]);
});

const simple = (formula: string, extra = '', parts = {}) =>
  sbmlFile(
    [
      one,
      list('Species', species('A'), species('B')),
      list('Parameters', parameter('k', 3), parameter('n', 2)),
      list('Reactions', reaction('R', ['A'], ['B'], formula, parts)),
      extra,
    ].join('\n'),
  );

/** The reactions of a model whose law is this formula. */
const laws = (formula: string, parts = {}) =>
  printed(simple(formula, '', parts)).filter((line) => line.startsWith('R'));

it('multiplies laws out', () => {
  expect(laws('times(k, A, plus(B, 1))')).toEqual([
    'R[1]: A -> B [rate k*A*B, channel R]',
    'R[2]: A ->{k} B [channel R]',
  ]);
  expect(laws('power(plus(A, B), 2)')).toEqual([
    'R[1]: A -> B [rate A^2, channel R]',
    'R[2]: A -> B [rate 2*A*B, channel R]',
    'R[3]: A -> B [rate B^2, channel R]',
  ]);
  expect(laws('divide(times(k, A), times(4, k))')).toEqual(['R: A ->{0.25*k/k} B']);
  expect(laws('times(A, plus(k, n))')).toEqual(['R: A ->{k + n} B']);
  expect(laws('plus(times(k, A), times(k, A))')).toEqual(['R: A ->{2*k} B']);
  expect(laws('root(A)')).toEqual(['R: A -> B [rate A^0.5]']);
  expect(laws('times(A, power(times(4, A), 1.5))')).toEqual(['R: A -> B [rate 8*A^2.5]']);
  expect(laws('times(A, exp(minus(k)), ln(n), root(k))')).toEqual(['R: A ->{exp(-k)*ln(n)*sqrt(k)} B']);
  expect(laws('times(A, log(100))')).toEqual([`R: A ->{${Math.log(100) / Math.log(10)}} B`]);
  expect(laws('minus(A, A)')).toEqual(['R: A -> B [rate 0]']);
  expect(laws('minus(times(-2, A))')).toEqual(['R: A ->{2} B']);
});

it('reads numbers of every kind', () => {
  const law = (cn: string) => laws(`times(A, ${cn})`)[0];
  expect(law('<cn type="e-notation"> 12.5 <sep/> -2 </cn>')).toBe('R: A ->{0.125} B');
  expect(law('<cn type="rational">3<sep/>8</cn>')).toBe('R: A ->{0.375} B');
  expect(law('<cn type="integer"> 7 </cn>')).toBe('R: A ->{7} B');
  expect(law('<cn> 1e-3 </cn>')).toBe('R: A ->{0.001} B');
  expect(law('<pi/>')).toBe(`R: A ->{${Math.PI}} B`);
  expect(
    law('<csymbol encoding="text" definitionURL="http://www.sbml.org/sbml/symbols/avogadro">N</csymbol>'),
  ).toBe('R: A ->{6.02214179e+23} B');
});

it('keeps a law that counts molecules as it is, and joins its terms to one event', () => {
  const text = simple('divide(times(k, A, minus(A, 1)), 2)');
  expect(printed(text).filter((line) => line.startsWith('R'))).toEqual([
    'R[1]: A -> B [rate 0.5*k*A^2, channel R]',
    'R[2]: B -> A [rate 0.5*k*A, channel -R]',
  ]);
});

it('takes the directions of a reversible reaction apart', () => {
  const channels = (formula: string) =>
    read(simple(formula, '', { reversible: true })).reactions.map(({ label, channel }) => [label, channel]);
  expect(channels('minus(times(k, A), times(n, B))')).toEqual([
    ['R', undefined],
    ['R', undefined],
  ]);
  expect(laws('minus(times(k, A), times(n, B))', { reversible: true })).toEqual(['R: A <->{k}{n} B']);
  expect(channels('plus(times(k, A), times(A, A), times(-1, B), times(-2, B, B))')).toEqual([
    ['R[1]', { name: 'R', sign: 1 }],
    ['R[2]', { name: 'R', sign: 1 }],
    ['R[3]', { name: 'R (back)', sign: 1 }],
    ['R[4]', { name: 'R (back)', sign: 1 }],
  ]);
});

it('tells mass action from laws that merely look like it to molecules', () => {
  const law = (formula: string, parts = {}) =>
    read(
      sbmlFile(
        [
          one,
          list('Species', species('A'), species('B')),
          k,
          list('Reactions', reaction('R', ['2 A'], ['B'], formula, parts)),
        ].join('\n'),
      ),
    ).reactions[0]!.law;
  expect(law('times(k, A, A)')).toBe('explicit');
  expect(law('times(k, A, A)', { law: ' sboTerm="SBO:0000163"' })).toBe('massAction');
  expect(law('times(k, A)', { law: ' sboTerm="SBO:0000163"' })).toBe('explicit');
});

it('looks up names from the inside out', () => {
  const locals =
    '<listOfLocalParameters><localParameter id="A" value="7"/><localParameter id="k" value="8"/></listOfLocalParameters>';
  expect(printed(simple('times(A, k, B)', '', { locals }))).toEqual(
    expect.arrayContaining(['param A[R] = 7', 'param k[R] = 8', 'R: A -> B [rate A[R]*k[R]*B]']),
  );
});

it('expands functions', () => {
  const functions = list(
    'FunctionDefinitions',
    `<functionDefinition id="f">${math(`<lambda><bvar><ci>A</ci></bvar><bvar><ci>q</ci></bvar>${mathPart('times(q, plus(A, q))')}</lambda>`)}</functionDefinition>`,
    `<functionDefinition id="g">${math(`<lambda><bvar><ci>x</ci></bvar>${mathPart('f(x, 2)')}</lambda>`)}</functionDefinition>`,
  );
  expect(printed(simple('times(k, g(B))', functions)).filter((line) => line.startsWith('R'))).toEqual([
    'R[1]: A -> B [rate 2*k*B, channel R]',
    'R[2]: A -> B [rate 4*k, channel R]',
  ]);
});

it('reads rates and stoichiometries in formulas', () => {
  const text = sbmlFile(
    [
      one,
      list('Species', species('A'), species('B')),
      k,
      list(
        'Reactions',
        reaction(
          'R',
          ['<speciesReference id="s" species="A" stoichiometry="2" constant="true"/>'],
          [],
          'times(k, A)',
        ),
        reaction('Q', [], ['B'], 'plus(R, s)'),
      ),
    ].join('\n'),
  );
  expect(printed(text).slice(1, 4)).toEqual([
    'R: 2 A -> ∅ [rate k*A]',
    'Q[1]: -> B [rate k*A, channel Q]',
    'Q[2]: ->{2} B [channel Q]',
  ]);
});

it('assigns at the start', () => {
  const assigned = (symbol: string, formula: string) =>
    `<initialAssignment symbol="${symbol}">${math(formula)}</initialAssignment>`;
  const text = sbmlFile(
    [
      list('Compartments', compartment('c', { size: undefined })),
      list('Species', species('A'), species('B', { initialAmount: undefined })),
      list('Parameters', parameter('k', 3), parameter('j', undefined)),
      list(
        'InitialAssignments',
        assigned('c', 'times(k, 2)'),
        assigned('B', 'times(A, k)'),
        assigned('j', 'divide(k, 4)'),
        assigned('s', 'plus(k, 1)'),
      ),
      list(
        'Reactions',
        reaction('R', ['<speciesReference id="s" species="A" constant="true"/>'], ['B'], 'times(c, j, A)'),
      ),
    ].join('\n'),
  );
  expect(printed(text)).toEqual([
    'param k = 3',
    'param j = 0.25*k',
    'R: 4 A -> B [rate j*A]',
    'init A = 1/(2*k)',
    'init B = k/(2*k)',
    'compartment c 2*k: A, B',
  ]);
});

it('reads rules that are constants or sums of species', () => {
  const rule = (id: string, formula: string) =>
    `<assignmentRule variable="${id}">${math(formula)}</assignmentRule>`;
  const text = sbmlFile(
    [
      list('Compartments', compartment('c', { size: 2 }), compartment('d', { size: 4 })),
      list('Species', species('A'), species('B', { compartment: 'd', hasOnlySubstanceUnits: true })),
      list(
        'Parameters',
        parameter('k', 3),
        parameter('t', undefined, { constant: false }),
        parameter('j', undefined, { constant: false }),
      ),
      list('Rules', rule('t', 'plus(times(k, A), minus(B))'), rule('j', 'times(2, k)')),
      list('Reactions', reaction('R', ['A'], ['B'], 'times(j, t)')),
    ].join('\n'),
  );
  expect(readSbml(text).issues).toEqual([]);
  expect(printed(text)).toEqual([
    'param k = 3',
    'param j = 2*k',
    'R[1]: A ->{0.5*j*k} B [channel R]',
    'R[2]: B ->{j} A [channel -R]',
    'init A = 1',
    'init B = 1',
    'compartment c 2: A',
    'compartment d 4: B',
    'amount A, B',
    'observable t = 1.5 A - B',
  ]);
});

it('multiplies stoichiometries by conversion factors, but not what never changes', () => {
  const text = sbmlFile(
    [
      one,
      list(
        'Species',
        species('A'),
        species('B', { conversionFactor: 'y' }),
        species('C', { boundaryCondition: true }),
      ),
      list('Parameters', parameter('x', 10), parameter('y', 0.5)),
      list('Reactions', reaction('R', ['A', 'C'], ['3 B'], 'times(A, C)')),
    ].join('\n'),
    '3.1',
    ' conversionFactor="x"',
  );
  expect(printed(text).find((line) => line.startsWith('R'))).toBe('R: 10 A + C -> 1.5 B [rate A*C]');
});

it('turns a negative stoichiometry round', () => {
  const text = sbmlFile(
    [
      one,
      list('Species', species('A'), species('B')),
      k,
      list('Reactions', reaction('R', ['-2 A', 'B'], [], 'times(k, B)')),
    ].join('\n'),
  );
  expect(printed(text).find((line) => line.startsWith('R'))).toBe('R: B ->{k} 2 A');
});

it('takes constant species out of denominators, with a word', () => {
  const text = sbmlFile(
    [
      one,
      list('Species', species('A'), species('E', { constant: true, initialAmount: 4 })),
      k,
      list('Reactions', reaction('R', ['A'], [], 'divide(times(k, A), E)')),
    ].join('\n'),
  );
  const { network, issues } = readSbml(text);
  expect(printNetwork(network!)).toContain('R: A ->{0.25*k} ∅');
  expect(issues).toMatchObject([{ severity: 'warning', code: 'foldedConstant', line: 15 }]);
});

it('says what it leaves out', () => {
  const warned = (text: string) => readSbml(text).issues.map(({ severity, code }) => [severity, code]);
  const constraint = list('Constraints', `<constraint>${math('gt(A, 0)')}</constraint>`);
  expect(warned(simple('A', constraint))).toEqual([['warning', 'constraintIgnored']]);
  const layout = simple('A', '<layout:listOfLayouts/>').replace(
    '<sbml ',
    '<sbml xmlns:layout="http://www.sbml.org/sbml/level3/version1/layout/version1" layout:required="false" ',
  );
  expect(warned(layout)).toEqual([['warning', 'packageIgnored']]);
  const units = sbmlFile(
    [
      one,
      list('Species', species('A', { substanceUnits: 'mole' }), species('B', { substanceUnits: 'item' })),
      list('Reactions', reaction('R', ['A'], ['B'], 'A')),
    ].join('\n'),
  );
  expect(warned(units)).toEqual([['warning', 'unitsNotConverted']]);
});

it('does not rename what other programs have named', () => {
  const text = sbmlFile(
    [
      one,
      list('Species', species('ATP_1', { name: 'ATP' })),
      list('Reactions', reaction('R', ['ATP_1'], [], 'ATP_1')),
    ].join('\n'),
  );
  expect(read(text).species[0]!.name).toBe('ATP_1');
});

it('knows what each id has become', () => {
  const text = sbmlFile(
    [
      list('Compartments', compartment('c', { size: 2 })),
      list('Species', species('A')),
      k,
      list(
        'Reactions',
        reaction('R', ['<speciesReference id="s" species="A" stoichiometry="3" constant="true"/>'], [], 'A'),
      ),
    ].join('\n'),
  );
  expect(Object.fromEntries(readSbml(text).meanings)).toEqual({
    A: { kind: 'species', index: 0, quantity: 'concentration', size: 2, substanceOnly: false },
    c: { kind: 'constant', value: 2 },
    k: { kind: 'constant', value: 3 },
    s: { kind: 'constant', value: 3 },
  });
});

it('points at lines and columns', () => {
  const { network } = readSbml(simple('A'));
  expect(network!.species.map(({ span }) => span)).toEqual([
    { line: 8, column: 7 },
    { line: 9, column: 7 },
  ]);
});
