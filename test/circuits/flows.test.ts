import { describe, expect, it } from 'vitest';
import {
  annihilate,
  catalyticDecay,
  contradict,
  crossDecay,
  crossGrowth,
  dual,
  fanOut,
  gatedTransfer,
  growth,
  product,
  type ReactionSink,
  selfDecay,
  single,
  source,
} from '../../src/circuits/index.js';
import { networkBuilder, printNetwork } from '../../src/network/index.js';
import { simulate } from '../../src/simulate/simulate.js';

function build(add: (sink: ReactionSink) => void, initial: Record<string, number> = {}) {
  const builder = networkBuilder();
  add(builder);
  for (const [name, value] of Object.entries(initial)) builder.init(name, value);
  return builder.build();
}

const listed = (add: (sink: ReactionSink) => void) =>
  printNetwork(build(add))
    .split('\n')
    .filter((line) => line.includes('->'));

async function evolve(time: number, initial: Record<string, number>, add: (sink: ReactionSink) => void) {
  const { final } = await simulate(build(add, initial), { to: time, rtol: 1e-10, atol: 1e-13 });
  return (name: string) => final[name] ?? (final[`${name}+`] ?? 0) - (final[`${name}-`] ?? 0);
}

const label = { name: 'm', index: [1] };
const [Z, A, B, U] = ['Z', 'A', 'B', 'U'].map(dual);

describe('flows as reactions', () => {
  it('self-decay and its mixed terms', () => {
    expect(listed((sink) => selfDecay(sink, label, Z, 2, 0.5))).toEqual([
      'm[1,p]: 2 Z+ ->{0.5} Z+',
      'm[1,n]: 2 Z- ->{0.5} Z-',
    ]);
    expect(listed((sink) => selfDecay(sink, label, single('Z'), 3, 0.5))).toEqual(['m[1]: 3 Z ->{0.5} 2 Z']);
    expect(listed((sink) => crossDecay(sink, label, Z, 0.5))).toEqual([
      'm[1,p]: 2 Z+ + Z- ->{0.5} 2 Z+',
      'm[1,n]: 2 Z- + Z+ ->{0.5} 2 Z-',
    ]);
  });

  it('catalysed decay, growth, source, transfer', () => {
    expect(listed((sink) => catalyticDecay(sink, label, A, Z, 1, 2))).toEqual([
      'm[1,pp]: A+ + Z+ ->{2} Z+',
      'm[1,pn]: A+ + Z- ->{2} Z-',
      'm[1,np]: A- + Z+ ->{2} Z+',
      'm[1,nn]: A- + Z- ->{2} Z-',
    ]);
    expect(listed((sink) => catalyticDecay(sink, label, single('F'), Z, 2, 2))).toEqual([
      'm[1,p]: F + 2 Z+ ->{2} 2 Z+',
      'm[1,n]: F + 2 Z- ->{2} 2 Z-',
    ]);
    expect(listed((sink) => crossGrowth(sink, label, single('F'), Z, 2))).toEqual([
      'm[1]: F + Z+ + Z- ->{2} 2 F + Z+ + Z-',
    ]);
    expect(listed((sink) => growth(sink, label, single('Z'), U, 1))).toEqual([
      'm[1,p]: Z + U+ -> 2 Z + U+',
      'm[1,n]: Z + U- -> U-',
    ]);
    expect(listed((sink) => source(sink, label, single('F'), 1))).toEqual(['m[1]: -> F']);
    expect(listed((sink) => source(sink, label, single('F'), 3, single('L')))).toEqual([
      'm[1]: L ->{3} F + L',
    ]);
    expect(listed((sink) => gatedTransfer(sink, label, A, B, single('L'), 2, -1))).toEqual([
      'm[1,p]: A+ + L ->{2} B- + L',
      'm[1,n]: A- + L ->{2} B+ + L',
    ]);
    expect(listed((sink) => product(sink, label, A, single('X'), B, 1, -1))).toEqual([
      'm[1,p]: A+ + X -> B- + A+ + X',
      'm[1,n]: A- + X -> B+ + A- + X',
    ]);
  });

  it('fan-out and the gated error', () => {
    const branches = [
      { signal: A, sign: 1 },
      { signal: B, sign: -1 },
    ] as const;
    expect(listed((sink) => fanOut(sink, label, Z, branches, 2))).toEqual([
      'm[1,p]: Z+ ->{2} A+ + B-',
      'm[1,n]: Z- ->{2} A- + B+',
    ]);
    expect(listed((sink) => fanOut(sink, label, single('Z'), branches, 2, { keep: true }))).toEqual([
      'm[1]: Z ->{2} A+ + B- + Z',
    ]);
    expect(listed((sink) => contradict(sink, label, dual('D'), dual('L'), branches, 2))).toEqual([
      'm[1,p]: D- + L+ ->{2} L+ + A- + B+',
      'm[1,n]: D+ + L- ->{2} L- + A+ + B-',
    ]);
  });
});

describe('flows as laws', () => {
  it('self-decay: −k·z|z| and −k·z³', async () => {
    for (const sign of ['+', '-']) {
      const factor = sign === '+' ? 1 : -1;
      const square = await evolve(2, { [`Z${sign}`]: 3 }, (sink) => selfDecay(sink, label, Z, 2, 0.5));
      expect(square('Z')).toBeCloseTo((factor * 3) / (1 + 0.5 * 3 * 2), 8);
      const cube = await evolve(2, { [`Z${sign}`]: 3 }, (sink) => selfDecay(sink, label, Z, 3, 0.5));
      expect(cube('Z')).toBeCloseTo((factor * 3) / Math.sqrt(1 + 2 * 0.5 * 9 * 2), 8);
    }
  });

  it('the cube with its mixed terms is exact with both rails full and slow annihilation', async () => {
    const z = await evolve(2, { 'Z+': 4, 'Z-': 1 }, (sink) => {
      selfDecay(sink, label, Z, 3, 0.5);
      crossDecay(sink, { name: 'x', index: [] }, Z, 1.5);
      annihilate(sink, { name: 'a', index: [] }, Z, 0.1);
    });
    expect(z('Z')).toBeCloseTo(3 / Math.sqrt(1 + 2 * 0.5 * 9 * 2), 8);
  });

  it('catalysed decay: −k|b|a, and with the mixed term −k·b²·a', async () => {
    const once = await evolve(1, { 'A-': 2, 'Z-': 0.5 }, (sink) => catalyticDecay(sink, label, A, Z, 1, 0.8));
    expect(once('A')).toBeCloseTo(-2 * Math.exp(-0.8 * 0.5), 8);
    const twice = await evolve(1, { 'A+': 2, 'Z+': 3, 'Z-': 1 }, (sink) => {
      catalyticDecay(sink, label, A, Z, 2, 0.2);
      crossGrowth(sink, { name: 'x', index: [] }, A, Z, 0.4);
    });
    expect(twice('A')).toBeCloseTo(2 * Math.exp(-0.2 * 4), 8);
  });

  it('growth: k·u·a; source: k·[L]; transfer: at k·[L]', async () => {
    const grown = await evolve(1, { Z: 1.5, 'U+': 0.2, 'U-': 0.9 }, (sink) =>
      growth(sink, label, single('Z'), U, 2),
    );
    expect(grown('Z')).toBeCloseTo(1.5 * Math.exp(2 * -0.7), 8);
    const made = await evolve(3, { L: 0.5 }, (sink) => source(sink, label, single('F'), 2, single('L')));
    expect(made('F')).toBeCloseTo(3, 8);
    const moved = await evolve(1, { 'A+': 1, L: 0.5 }, (sink) =>
      gatedTransfer(sink, label, A, B, single('L'), 2, -1),
    );
    expect(moved('B')).toBeCloseTo(Math.exp(-1) - 1, 8);
  });

  it('the gate lets pass only what contradicts the label', async () => {
    const branches = [{ signal: A, sign: 1 }] as const;
    for (const [rail, expected] of [
      ['D+', 0],
      ['D-', -0.7],
    ] as const) {
      const passed = await evolve(50, { [rail]: 0.7, 'L+': 1 }, (sink) =>
        contradict(sink, label, dual('D'), dual('L'), branches, 2),
      );
      expect(passed('A')).toBeCloseTo(expected, 8);
    }
  });
});
