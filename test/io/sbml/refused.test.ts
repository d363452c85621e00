import { describe, expect, it } from 'vitest';
import { readSbml } from '../../../src/io/sbml/index.js';
import { compartment, list, math, mathPart, parameter, reaction, sbmlFile, species } from './models.js';

/**
 * Reads a file in which `¦` stands before the element that the only error must point at.
 */
function errorAt(marked: string): { code: string; message: string } {
  const before = marked.slice(0, marked.indexOf('¦')).split('\n');
  const { network, issues, meanings } = readSbml(marked.replace('¦', ''));
  const errors = issues.filter(({ severity }) => severity === 'error');
  expect(errors, JSON.stringify(issues)).toHaveLength(1);
  expect(network).toBeNull();
  expect(meanings.size).toBe(0);
  const [{ code, message, line, column }] = errors as [(typeof errors)[0]];
  expect({ line, column }, message).toEqual({ line: before.length, column: before.at(-1)!.length + 1 });
  return { code, message };
}

const parts = (...more: string[]): string =>
  [
    list('Compartments', compartment('c', { size: 2 })),
    list('Species', species('A'), species('B')),
    list('Parameters', parameter('k', 3), parameter('p', 1, { constant: false })),
    ...more,
  ].join('\n');

const mark = (xml: string): string => xml.replace('<', '¦<');
const law = (formula: string, extra = {}): string =>
  sbmlFile(parts(list('Reactions', reaction('R', ['A'], ['B'], formula, extra))));
const csymbol = (name: string) =>
  `<csymbol encoding="text" definitionURL="http://www.sbml.org/sbml/symbols/${name}">x</csymbol>`;
const called = (name: string, ...formulas: string[]) =>
  `<apply>${name}${formulas.map(mathPart).join('')}</apply>`;

describe('formulas that are no polynomials', () => {
  const cases: [string, string, string][] = [
    ['a rational law', mark(mathPart('divide(times(k, A), plus(k, B))')), 'notPolynomial'],
    ['a negative order', mark(mathPart('power(A, -1)')), 'notPolynomial'],
    ['a broken power of a sum', mark(mathPart('power(plus(A, B), 0.5)')), 'notPolynomial'],
    ['a species as exponent', mark(mathPart('power(k, A)')), 'notPolynomial'],
    ['exp of a species', mark(mathPart('exp(A)')), 'notPolynomial'],
    ['ln of a species', mark(mathPart('ln(A)')), 'notPolynomial'],
    ['a sum to the power of a million', mark(mathPart('power(plus(A, 1), 1000000)')), 'tooLarge'],
    [
      'piecewise',
      `¦<piecewise><piece><cn>1</cn>${mathPart('gt(A, 1)')}</piece></piecewise>`,
      'unsupportedMath',
    ],
    ['an unknown operator', called('¦<floor/>', 'A'), 'unsupportedMath'],
    ['a trigonometric function', called('¦<sin/>', 'k'), 'unsupportedMath'],
    ['a comparison', called('¦<gt/>', 'A', 'k'), 'unsupportedMath'],
    ['max', called('¦<max/>', 'A', 'k'), 'unsupportedMath'],
    ['rem', called('¦<rem/>', 'A', 'k'), 'unsupportedMath'],
    ['a truth value', '¦<true/>', 'unsupportedMath'],
    ['infinity', '¦<infinity/>', 'unsupportedMath'],
    ['not a number', '¦<notanumber/>', 'unsupportedMath'],
    ['time', `¦${csymbol('time')}`, 'unsupportedMath'],
    ['a delay', called(`¦${csymbol('delay')}`, 'A', '1'), 'unsupportedMath'],
    ['a rate of change', called(`¦${csymbol('rateOf')}`, 'A'), 'unsupportedMath'],
    ['a symbol of a package', `¦${csymbol('distrib/normal')}`, 'unsupportedMath'],
    ['an unknown name', '¦<ci>x</ci>', 'unknownName'],
    ['an unknown function', mark(mathPart('f(A)')), 'unknownName'],
    ['another base', '¦<cn base="16">1</cn>', 'malformedMath'],
    ['a number that is none', '¦<cn>1,5</cn>', 'malformedMath'],
    ['an infinite number', '¦<cn>1e999</cn>', 'malformedMath'],
    ['half an integer', '¦<cn type="integer">1.5</cn>', 'malformedMath'],
    ['a ratio with zero', '¦<cn type="rational">1<sep/>0</cn>', 'malformedMath'],
    ['three quotients', '¦<apply><divide/><cn>1</cn><cn>1</cn><cn>1</cn></apply>', 'malformedMath'],
    ['nothing to apply', '¦<apply/>', 'malformedMath'],
    ['an empty name', '¦<ci> </ci>', 'malformedMath'],
    ['two formulas', '<ci>k</ci>¦<ci>k</ci>', 'malformedMath'],
    ['text among parts', '¦<apply>k<plus/></apply>', 'malformedMath'],
  ];
  it.each(cases)('%s', (_, formula, code) => {
    const text = law('MATH').replace('<ci>MATH</ci>', formula);
    // What is wrong with the number of formulas is said of `<math>`.
    const moved =
      code === 'malformedMath' && /<ci>k<\/ci>¦/.test(text)
        ? text.replace('¦', '').replace('<math', '¦<math')
        : text;
    expect(errorAt(moved).code).toBe(code);
  });
});

describe('what a network cannot say', () => {
  const rule = (name: string, attributes: string, formula = math('times(k, A)')) =>
    list('Rules', `¦<${name}${attributes}>${formula}</${name}>`);
  const ok = list('Reactions', reaction('R', ['A'], ['B'], 'A'));
  const start = (symbol: string, formula = math('k')) =>
    list('InitialAssignments', `¦<initialAssignment symbol="${symbol}">${formula}</initialAssignment>`);
  const cases: [string, string, string][] = [
    ['a rate rule', parts(rule('rateRule', ' variable="p"')), 'unsupportedRule'],
    ['an algebraic rule', parts(rule('algebraicRule', '')), 'unsupportedRule'],
    ['a rule for a species', parts(rule('assignmentRule', ' variable="B"')), 'unsupportedRule'],
    ['a rule for a compartment', parts(rule('assignmentRule', ' variable="c"')), 'unsupportedRule'],
    ['a rule for a constant', parts(rule('assignmentRule', ' variable="k"')), 'unsupportedRule'],
    ['a rule for nothing there is', parts(rule('assignmentRule', ' variable="x"')), 'unsupportedRule'],
    [
      'a product as a rule',
      parts(rule('assignmentRule', ' variable="p"', math('times(A, B)'))),
      'unsupportedRule',
    ],
    [
      'a sum with a constant as a rule',
      parts(rule('assignmentRule', ' variable="p"', math('plus(A, 1)'))),
      'unsupportedRule',
    ],
    ['a rule without formula', parts(rule('assignmentRule', ' variable="p"', '')), 'missingMath'],
    [
      'a rule and an initial assignment',
      parts(start('p').replace('¦', ''), rule('assignmentRule', ' variable="p"', math('A')))
        .replace('¦', '')
        .replace('<initialAssignment', '¦<initialAssignment'),
      'duplicateId',
    ],
    [
      'an event',
      parts(list('Events', `¦<event id="e" useValuesFromTriggerTime="true"/>`)),
      'unsupportedEvent',
    ],
    ['an initial assignment without formula', parts(start('p', '')), 'missingMath'],
    ['an initial assignment of nothing there is', parts(start('x')), 'unknownName'],
    [
      'a reaction without law',
      parts(list('Reactions', '¦<reaction id="R" reversible="false"/>')),
      'missingKineticLaw',
    ],
    [
      'a law without formula',
      parts(list('Reactions', '<reaction id="R" reversible="false">¦<kineticLaw/></reaction>')),
      'missingMath',
    ],
    [
      'a fast reaction',
      parts(list('Reactions', mark(reaction('R', ['A'], [], 'A', { attributes: ' fast="true"' })))),
      'fastReaction',
    ],
    [
      'a species that does not exist',
      parts(
        list(
          'Reactions',
          reaction('R', ['<x/>'], [], 'A').replace(
            '<x/>',
            '¦<speciesReference species="X" stoichiometry="1" constant="true"/>',
          ),
        ),
      ),
      'unknownName',
    ],
    [
      'a stoichiometry that is not given',
      parts(list('Reactions', reaction('R', ['¦<speciesReference species="A" constant="true"/>'], [], 'k'))),
      'missingValue',
    ],
    [
      'a compartment that does not exist',
      parts(list('Reactions')).replace('<species id="B" compartment="c"', '¦<species id="B" compartment="d"'),
      'unknownName',
    ],
    [
      'a species without initial value',
      parts(ok).replace(
        '<species id="B" compartment="c" initialAmount="1"',
        '¦<species id="B" compartment="c"',
      ),
      'missingValue',
    ],
    [
      'two initial values',
      parts(ok).replace('<species id="B"', '¦<species id="B" initialConcentration="1"'),
      'twoInitials',
    ],
    [
      'a constant that reacts',
      parts(
        list(
          'Reactions',
          reaction('R', ['¦<speciesReference species="A" stoichiometry="1" constant="true"/>'], [], 'k'),
        ),
      ).replace('constant="false"', 'constant="true"'),
      'constantReactant',
    ],
    [
      'a negative amount',
      parts(ok).replace(
        '<species id="A" compartment="c" initialAmount="1"',
        '¦<species id="A" compartment="c" initialAmount="-1"',
      ),
      'negativeInitial',
    ],
    [
      'a compartment of size 0',
      parts(ok).replace(
        '<compartment id="c" spatialDimensions="3" size="2"',
        '¦<compartment id="c" spatialDimensions="3" size="0"',
      ),
      'invalidSize',
    ],
    [
      'a point with a size',
      parts(ok)
        .replace('<compartment id="c" spatialDimensions="3"', '¦<compartment id="c" spatialDimensions="0"')
        .replace(/(<species id="B".*hasOnlySubstanceUnits=)"false"/, '$1"true"'),
      'sizeWithoutDimensions',
    ],
    [
      'parameters that need each other',
      parts(
        list(
          'InitialAssignments',
          `<initialAssignment symbol="k">${math('p')}</initialAssignment>`,
          `<initialAssignment symbol="p">${math('k')}</initialAssignment>`,
        ),
      ).replace('<parameter id="k"', '¦<parameter id="k"'),
      'cyclicParameter',
    ],
    [
      'a species that needs itself',
      parts(start('A', math('times(k, A)')).replace('¦', '')).replace('<species id="A"', '¦<species id="A"'),
      'cyclicAssignment',
    ],
    [
      'a rate that needs itself',
      parts(list('Reactions', mark(reaction('R', ['A'], [], 'times(k, R)')))),
      'cyclicAssignment',
    ],
    ['an id given twice', parts(list('Reactions', mark(reaction('k', ['A'], [], 'A')))), 'duplicateId'],
    ['an id that is none', parts(ok).replace('<parameter id="k"', '¦<parameter id="2k"'), 'invalidId'],
    [
      'an unknown attribute',
      parts(ok).replace('<parameter id="k"', '¦<parameter id="k" valeu="3"'),
      'unknownAttribute',
    ],
    [
      'an attribute that is missing',
      parts(ok).replace('<parameter id="k" value="3" constant="true"', '¦<parameter id="k" value="3"'),
      'missingAttribute',
    ],
    [
      'a number that is none',
      parts(ok).replace('<parameter id="k" value="3"', '¦<parameter id="k" value="3,0"'),
      'invalidNumber',
    ],
    [
      'an infinite number',
      parts(ok).replace('<parameter id="k" value="3"', '¦<parameter id="k" value="INF"'),
      'invalidNumber',
    ],
    [
      'a truth value that is none',
      parts(ok).replace(
        '<parameter id="k" value="3" constant="true"',
        '¦<parameter id="k" value="3" constant="yes"',
      ),
      'invalidBoolean',
    ],
    ['an element of a later or earlier level', parts('¦<listOfLayouts/>'), 'unknownElement'],
    ['a list that stands twice', parts('¦<listOfParameters/>'), 'unknownElement'],
    [
      'a stranger in a list',
      parts(ok).replace('</listOfSpecies>', '¦<parameter id="q" constant="true"/></listOfSpecies>'),
      'unknownElement',
    ],
    [
      'a stranger in a reaction',
      parts(
        list('Reactions', reaction('R', ['A'], [], 'A').replace('</reaction>', '¦<kinetics/></reaction>')),
      ),
      'unknownElement',
    ],
    [
      'a parameter without value that is used',
      parts(list('Reactions', reaction('R', ['A'], [], 'MATH').replace('<ci>MATH', '¦<ci>k'))).replace(
        ' value="3"',
        '',
      ),
      'missingValue',
    ],
    [
      'a conversion factor that is none',
      parts(ok).replace('<species id="B"', '¦<species id="B" conversionFactor="p"'),
      'unknownName',
    ],
    [
      'a function that calls itself',
      parts(
        list(
          'FunctionDefinitions',
          `<functionDefinition id="f">${math(`<lambda><bvar><ci>x</ci></bvar>${mathPart('f(x)').replace('<', '¦<')}</lambda>`)}</functionDefinition>`,
        ),
        list('Reactions', reaction('R', ['A'], [], 'f(A)')),
      ),
      'recursiveFunction',
    ],
    [
      'a function of the model, not of its arguments',
      parts(
        list(
          'FunctionDefinitions',
          `<functionDefinition id="f">${math(`<lambda><bvar><ci>x</ci></bvar>¦<ci>k</ci></lambda>`)}</functionDefinition>`,
        ),
        list('Reactions', reaction('R', ['A'], [], 'f(A)')),
      ),
      'unknownName',
    ],
    [
      'a function with too few arguments',
      parts(
        list(
          'FunctionDefinitions',
          `<functionDefinition id="f">${math(`<lambda><bvar><ci>x</ci></bvar><ci>x</ci></lambda>`)}</functionDefinition>`,
        ),
        list(
          'Reactions',
          reaction('R', ['A'], [], 'MATH').replace('<ci>MATH</ci>', '¦<apply><ci>f</ci></apply>'),
        ),
      ),
      'malformedMath',
    ],
  ];
  it.each(cases)('%s', (_, model, code) => {
    expect(errorAt(sbmlFile(model)).code).toBe(code);
  });
});

describe('Level 2', () => {
  const level2 = (body: string, edition: string) =>
    sbmlFile(
      `<listOfCompartments><compartment id="c" size="1"/></listOfCompartments>
<listOfSpecies><species id="A" compartment="c" initialAmount="1"/></listOfSpecies>
${body}`,
      edition,
    );
  const withLaw = (inside: string, references = '<speciesReference species="A"/>') =>
    `<listOfReactions><reaction id="R"><listOfReactants>${references}</listOfReactants>${inside}</reaction></listOfReactions>`;
  it.each([
    [
      'a law in units of its own',
      withLaw(`¦<kineticLaw timeUnits="minute">${math('A')}</kineticLaw>`),
      '2.1',
      'unsupportedUnits',
    ],
    [
      'the symbol of a number that came later',
      withLaw(`<kineticLaw>${math('x').replace('<ci>x</ci>', `¦${csymbol('avogadro')}`)}</kineticLaw>`),
      '2.4',
      'unsupportedMath',
    ],
    [
      'a stoichiometry in a formula',
      withLaw(
        `<kineticLaw>${math('s').replace('<ci>', '¦<ci>')}</kineticLaw>`,
        '<speciesReference id="s" species="A"/>',
      ),
      '2.4',
      'unknownName',
    ],
    [
      'a stoichiometry that changes',
      withLaw(
        `<kineticLaw>${math('A')}</kineticLaw>`,
        `<speciesReference species="A"><stoichiometryMath>${math('A').replace('<ci>', '¦<ci>')}</stoichiometryMath></speciesReference>`,
      ),
      '2.4',
      'unsupportedStoichiometry',
    ],
    [
      'an attribute of Level 3',
      withLaw(`<kineticLaw>${math('A')}</kineticLaw>`).replace('<reaction ', '¦<reaction compartment="c" '),
      '2.4',
      'unknownAttribute',
    ],
  ])('%s', (_, body, edition, code) => {
    expect(errorAt(level2(body, edition)).code).toBe(code);
  });
});

describe('packages', () => {
  const ns = (name: string, required: string) =>
    `¦<sbml xmlns:x="http://www.sbml.org/sbml/level3/version1/${name}/version1"${required === '' ? '' : ` x:required="${required}"`} `;
  const file = (name: string, required: string, body = '') =>
    sbmlFile(parts(body)).replace('<sbml ', ns(name, required));
  it('that change the meaning are refused', () => {
    expect(errorAt(file('comp', 'true')).code).toBe('unsupportedPackage');
    expect(errorAt(file('comp', 'false')).code).toBe('unsupportedPackage');
    expect(errorAt(file('distrib', 'true')).message).toContain('`distrib`');
    const unsaid = file('groups', '', '¦<x:listOfGroups/>').replace('¦', '');
    expect(errorAt(unsaid).code).toBe('unsupportedPackage');
  });

  it('that do not are left out', () => {
    const { network, issues } = readSbml(file('fbc', 'false', '<x:listOfObjectives/>').replace('¦', ''));
    expect(network).not.toBeNull();
    expect(issues).toMatchObject([{ code: 'packageIgnored', severity: 'warning' }]);
  });
});

describe('files that are not SBML of these levels', () => {
  it.each([
    ['nothing', '', 'malformedXml'],
    ['words', 'A -> B', 'malformedXml'],
    ['another language', '¦<html/>', 'notSbml'],
    [
      'Level 1',
      '¦<sbml xmlns="http://www.sbml.org/sbml/level1" level="1" version="2"><model/></sbml>',
      'unsupportedLevel',
    ],
    [
      'a level that is none',
      sbmlFile('').replace('<sbml ', '¦<sbml ').replace('level="3"', 'level="4"'),
      'unsupportedLevel',
    ],
    [
      'no model',
      sbmlFile('')
        .replace('<sbml ', '¦<sbml ')
        .replace(/<model[\s\S]*<\/model>/, ''),
      'noModel',
    ],
    [
      'two models',
      sbmlFile('')
        .replace('<sbml ', '¦<sbml ')
        .replace(/(<model[\s\S]*<\/model>)/, '$1$1'),
      'noModel',
    ],
    ['an open element', '<sbml>', 'malformedXml'],
    ['an attribute twice', '<sbml a="1" a="2"/>', 'malformedXml'],
    [
      'a document type',
      '<?xml version="1.0"?>¦<!DOCTYPE sbml SYSTEM "file:///etc/passwd"><sbml/>',
      'documentType',
    ],
    [
      'an entity that grows',
      '¦<!DOCTYPE sbml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><sbml>&b;</sbml>',
      'documentType',
    ],
    ['an entity', '<sbml>&nbsp;</sbml>', 'malformedXml'],
    ['a zero byte', '<sbml>\0</sbml>', 'malformedXml'],
    ['half a character', '<sbml>\ud800</sbml>', 'malformedXml'],
  ])('%s', (_, text, code) => {
    if (text.includes('¦')) expect(errorAt(text).code).toBe(code);
    else {
      expect(readSbml(text)).toMatchObject({ network: null, issues: [{ code, severity: 'error', line: 1 }] });
    }
  });

  it.each(['\n', '\r\n', '\r'])('a tag that its line ends, with %j', (end) => {
    const [issue] = readSbml(`<sbml>${end}<times/${end}</sbml>`).issues;
    expect(issue).toMatchObject({ code: 'malformedXml', line: 2, column: 8 });
  });

  it('too many levels', () => {
    const deep = `${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}`;
    expect(readSbml(deep).issues).toMatchObject([{ code: 'tooDeep' }]);
    expect(readSbml(sbmlFile(`<annotation>${deep}</annotation>`)).issues).toMatchObject([
      { code: 'tooDeep' },
    ]);
  });
});

it('lists all that is wrong, up to a hundred', () => {
  const events = Array.from({ length: 150 }, (_, i) => `<event id="e${i}" useValuesFromTriggerTime="true"/>`);
  const { issues } = readSbml(sbmlFile(parts(list('Events', ...events))));
  expect(issues).toHaveLength(101);
});

it('reads formulas as deep as the bound, and functions of functions', () => {
  const deep = (levels: number) => `${'times(1, '.repeat(levels)}A${')'.repeat(levels)}`;
  const formula = `${'<apply><times/><cn>1</cn>'.repeat(1100)}<ci>A</ci>${'</apply>'.repeat(1100)}`;
  const text = law('MATH').replace('<ci>MATH</ci>', formula);
  expect(readSbml(text).network!.reactions).toHaveLength(1);
  const functions = Array.from({ length: 60 }, (_, i) => {
    const inner = i === 0 ? 'x' : `f${i - 1}(${deep(20).replace('A', 'x')})`;
    return `<functionDefinition id="f${i}">${math(`<lambda><bvar><ci>x</ci></bvar>${mathPart(inner)}</lambda>`)}</functionDefinition>`;
  });
  const nested = sbmlFile(
    parts(list('FunctionDefinitions', ...functions), list('Reactions', reaction('R', ['A'], [], 'f59(A)'))),
  );
  expect(readSbml(nested).network!.reactions).toHaveLength(1);
});

// Each function calls the one before twice: the steps double with each. The tests' time limit stands for it.
it('does not follow functions without end', () => {
  const functions = Array.from({ length: 60 }, (_, i) => {
    const inner = i === 0 ? 'x' : `plus(f${i - 1}(x), f${i - 1}(x))`;
    return `<functionDefinition id="f${i}">${math(`<lambda><bvar><ci>x</ci></bvar>${mathPart(inner)}</lambda>`)}</functionDefinition>`;
  });
  const text = sbmlFile(
    parts(list('FunctionDefinitions', ...functions), list('Reactions', reaction('R', ['A'], [], 'f59(A)'))),
  );
  expect(readSbml(text).issues).toMatchObject([{ code: 'tooLarge' }]);
});

it('stays inside the call stack where all that is deep comes together', () => {
  const ids = Array.from({ length: 95 }, (_, i) => `S${i}`);
  const functions = Array.from({ length: 95 }, (_, i) => {
    const inner = i === 0 ? 'x' : `f${i - 1}(times(x, 2))`;
    return `<functionDefinition id="f${i}">${math(`<lambda><bvar><ci>x</ci></bvar>${mathPart(inner)}</lambda>`)}</functionDefinition>`;
  });
  const deep = `${'<apply><times/><cn>1</cn>'.repeat(900)}<ci>k</ci>${'</apply>'.repeat(900)}`;
  const model = [
    list('FunctionDefinitions', ...functions),
    list('Compartments', compartment('c')),
    list('Species', ...ids.map((id) => species(id))),
    list('Parameters', parameter('k', 1)),
    list(
      'InitialAssignments',
      ...ids.slice(1).map((id, i) => `<initialAssignment symbol="S${i}">${math(id)}</initialAssignment>`),
      `<initialAssignment symbol="S94">${math(`f94(MATH)`).replace('<ci>MATH</ci>', deep)}</initialAssignment>`,
    ),
  ];
  const { network } = readSbml(sbmlFile(model.join('\n')));
  expect(network!.species).toHaveLength(95);
});

it('does not follow a chain of assignments without end', () => {
  const count = 20_000;
  const ids = Array.from({ length: count }, (_, i) => `S${i}`);
  const model = [
    list('Compartments', compartment('c')),
    list('Species', ...ids.map((id) => species(id))),
    list(
      'InitialAssignments',
      ...ids.slice(1).map((id, i) => `<initialAssignment symbol="S${i}">${math(id)}</initialAssignment>`),
    ),
  ];
  const { network, issues } = readSbml(sbmlFile(model.join('\n')));
  expect(network).toBeNull();
  expect(new Set(issues.map(({ code }) => code))).toContain('tooLarge');
});
