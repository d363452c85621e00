import { describe, expect, it } from 'vitest';
import { parameterValues, parseNetwork, printNetwork, rateConstants } from '../../src/index.js';
import { ExportError, formatNamed, formats, readNetwork, writerFor } from '../../src/io/index.js';
import type { Issue } from '../../src/network/model.js';

const network = (text: string) => parseNetwork(text).network!;

describe('the format of a text', () => {
  it.each([
    ['a.crn', 'A -> B', 'crn'],
    ['a.crn', 'A <=> B [kf = 1, kr = 2]', 'nuskell'],
    ['a.crn', 'A @initial 3\nA -> B', 'nuskell'],
    ['a.crn', 'init X 30 | X ->{2} Y', 'dsd'],
    ['a.crn', 'directive simulation { final=2 }\nX -> Y', 'dsd'],
    ['a.crn', 'A + B -> C, 0.5', 'list'],
    ['a.txt', 'X_1 + Y_1->Y_1 + X_1 + X_1,0.49', 'list'],
    ['a.crn', 'crn = { conc[a, 1], ld[a, b] };', 'crnpp'],
    ['a.m', 'crn = { ld[a, b] };', 'crnpp'],
    ['a.net', 'begin species\n 1 A() 1\nend species', 'net'],
    ['-', 'A -> B; k1*A\nA = 1; B = 0; k1 = 2', 'antimony'],
    ['-', 'begin species\n 1 A() 1\nend species', 'net'],
    ['-', '{"format":"neural-crn network","version":1,"species":[],"reactions":[]}', 'json'],
    ['x.unknown', 'A -> B', 'crn'],
  ])('%s: %j is %s', (file, text, name) => {
    const { format, network: found, issues } = readNetwork(text, { file });
    expect(format.name).toBe(name);
    expect(issues.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(found).not.toBeNull();
  });

  it('of a text that none reads is the one with the fewest errors', () => {
    const { format, issues, guessed } = readNetwork('param k = 1\ninit A = 2\nA => B', { file: 'a.crn' });
    expect(format.name).toBe('crn');
    expect(guessed).toBe(true);
    expect(issues).toMatchObject([{ code: 'malformedArrow', line: 3 }]);
  });

  it('may be told', () => {
    expect(readNetwork('A -> B, 2', { file: 'a.crn', format: 'list' }).guessed).toBe(false);
    expect(() => readNetwork('', { format: 'jsn' })).toThrow(/no format "jsn".*`json`/);
    expect(() => formatNamed('latex', 'read')).toThrow(/LaTeX cannot be read; there are crn, json/);
    expect(() => writerFor('a.xyz')).toThrow(/tells no format.*\.tex/);
    expect(writerFor('model.CRN').name).toBe('crn');
  });

  it('has a name of its own', () => {
    expect(new Set(formats.map(({ name }) => name)).size).toBe(formats.length);
  });
});

describe('what a format cannot say', () => {
  const scheduled = network(
    'init A = 1; go: A -> B; back: B -> A; phase p 1: go; phase q 2: *; dose A += 1 at q; dose B += 1 when A falls 0.5',
  );

  it.each(['net', 'nuskell', 'dsd'])(
    '%s: is refused with all that would be lost, or left out and told',
    (name) => {
      const { write } = formatNamed(name, 'write');
      expect(() => write!(scheduled)).toThrow(ExportError);
      try {
        write!(scheduled);
      } catch (error) {
        expect((error as ExportError).issues.map(({ code }) => code)).toEqual(
          expect.arrayContaining(['schedule', 'doses', 'events']),
        );
      }
      const told: Issue[] = [];
      const text = write!(scheduled, { allowLoss: true, warn: (issue) => told.push(issue) });
      expect(told.map(({ code }) => code)).toEqual(expect.arrayContaining(['schedule', 'doses', 'events']));
      expect(text).toMatch(/LEFT OUT, so that a run differs: the schedule of phases \(p, q\)/);
    },
  );

  it.each(['python', 'octave', 'catalyst'])('%s: has schedules, but no crossings', (name) => {
    const { write } = formatNamed(name, 'write');
    expect(() => write!(scheduled)).toThrow(/crossings of a level \(of A\)/);
    expect(write!(network('A -> B; phase p 1: *; dose A += 1 at p'))).toContain('A');
  });

  it('without consequence for a run stands in comments, and is told', () => {
    const parts = network('A -> B; observable Sum = A + 2 B; compartment cell 2: A; amount B; simulate to 3');
    const told: string[] = [];
    const text = formatNamed('nuskell', 'write').write!(parts, { warn: ({ code }) => told.push(code) });
    expect(told.sort()).toEqual(['compartments', 'directives', 'observables']);
    for (const line of ['observable Sum = A + 2 B', 'compartment cell 2: A', 'amount B', 'simulate to 3']) {
      expect(text).toContain(`#   ${line}`);
    }
  });

  it.each(formats.filter(({ write }) => write).map(({ name }) => name))(
    '%s: says its rate convention',
    (name) => {
      const text = formatNamed(name, 'write').write!(network('init A = 1; 2 A ->{3} B; simulate to 1'));
      expect(text).toMatch(/without factorials/);
    },
  );

  it.each(formats.filter(({ write }) => write).map(({ name }) => name))(
    '%s: refuses a network that breaks a rule',
    (name) => {
      const broken = network('A -> B');
      broken.reactions[0]!.rate = { kind: 'number', value: -1 };
      expect(() => formatNamed(name, 'write').write!(broken)).toThrow(RangeError);
    },
  );
});

describe('languages that are read', () => {
  const text = (name: string, source: string) => {
    const { network: found, issues } = formatNamed(name, 'read').read!(source);
    expect(issues.filter(({ severity }) => severity === 'error')).toEqual([]);
    return printNetwork(found!);
  };

  it('Visual DSD: values add up, doses at times become phases, catalysts and functions', () => {
    expect(
      text(
        'dsd',
        `directive simulation { final=10; points=5; kinetics=Stochastic }
         directive parameters [ k = 6.0 ]
         directive rates [ low = [X] - 2*[Y]; fast = k*[X] ]
         init X 1 | init X 2 | init Y 5 @ 4 | init constant "F<a>" 3 |
         "F<a>" ~ 2X <->{k}{1} Y (* back *) | X ->[[fast]*[Y]] | 3X ->{k} Y`,
      ),
    ).toBe(`param k = 6

2 X + \`F<a>\` <->{k/2}{1} Y + \`F<a>\`
X -> ∅ [rate k*X*Y]
3 X ->{k/6} Y

init X = 1 + 2
const \`F<a>\` = 3

observable low = X - 2 Y

phase t0 4: *
phase t4 6: *

dose Y += 5 at t4

simulate to 10 save 5
`);
  });

  it('Nuskell: rates in brackets, values behind @, several reactions on a line', () => {
    expect(
      text(
        'nuskell',
        '# clock\nA + 2B -> C [k = 1e5]; -> A\nA <=> B [kf = 2, kr = 3]\nA @i 4\nC @constant 5',
      ),
    ).toBe(
      'init A = 4\n\nA + 2 B ->{100000} C\n-> A\nA <->{2}{3} B\n\nconst C = 5\n'
        .replace('init A = 4\n\n', '')
        .replace('\n\nconst', '\n\ninit A = 4\nconst'),
    );
    const { issues } = formatNamed('nuskell', 'read').read!('A -> B [k = 1 /nM/s]\nA @initial 3 nM');
    expect(issues.map(({ code, severity }) => [severity, code])).toEqual([['warning', 'unitsPassed']]);
  });

  it('lists: constants behind commas, values of species and of constants, values in comments', () => {
    expect(text('list', '#X=0.5,Y=2\nX + Y->Y + X + X,0.49\n->X,k*2\nX <-> Y : 1, k\nk = 3')).toBe(
      'param k = 3\n\nX + Y ->{0.49} Y + 2 X\n->{k*2} X\nX <->{1}{k} Y\n\ninit X = 0.5\ninit Y = 2\n',
    );
  });

  it('Antimony: amounts in laws, compartments, events as doses, sums as observables', () => {
    const source = `model *m()
      compartment cell = 2;
      species A in cell, B in cell, $F in cell;
      A = 4; B = 0; F = 1; k = 3;
      J: A -> B; cell*(k*A - B);
      => A; F*k
      Total := A + 2*B
      at (time >= 5): A = 1, B = B + 2
    end`;
    const printed = text('antimony', source);
    expect(printed).toContain('J: A <->{k}{1} B');
    expect(printed).toContain('compartment cell 2: A, B, F');
    expect(printed).toContain('observable Total = A + 2 B');
    expect(printed).toContain('dose A = 1 at t5\ndose B += 2 at t5');
    // The second law is an amount for each unit of time, and the cell holds two units.
    expect(printed).toMatch(/-> A \[rate k\/2\*F\]|-> A \[rate \(?k\/cell|-> A \[rate 0\.5\*k\*F\]/);
  });

  it('Antimony: a minus before a bracket or a name with o, and the signs of interactions that look alike', () => {
    const source = 'A -> B; -(-k)*A - omega*B/2*(1-1)-omega*A*0\nA = 1; B = 0; k = 3; omega = 2';
    const { network: found } = formatNamed('antimony', 'read').read!(source);
    expect([...rateConstants(found!, parameterValues(found!))]).toContain(3);
    for (const sign of ['-o', '-|', '-(']) {
      const { network: acted, issues } = formatNamed('antimony', 'read').read!(
        `J: A -> B; k*A\nB ${sign} J\nA = 1; B = 0; k = 3`,
      );
      expect(acted!.reactions).toHaveLength(1);
      expect(issues.map(({ severity }) => severity)).toEqual(['warning']);
    }
  });

  it.each([
    ['A -> B; k*A/(K+A)\nA=1;k=1;K=2', 'notPolynomial'],
    ["A' = 3", 'unsupportedRule'],
    ['A -> B; log(A)', 'unsupportedMath'],
    ['A -> B; k*A*time; k=1', 'unsupportedMath'],
    ['at (A>3): B=2\nA->B;A', 'unsupportedEvent'],
    ['A -> B', 'missingKineticLaw'],
    ['model a()\nend\nmodel b()\nend', 'severalModels'],
    ['import "x.txt"', 'unsupported'],
  ])('Antimony: %j is refused', (source, code) => {
    const { network: found, issues } = formatNamed('antimony', 'read').read!(source);
    expect(found).toBeNull();
    expect(issues.filter(({ severity }) => severity === 'error').map((issue) => issue.code)).toContain(code);
  });
});
