import { expect, it } from 'vitest';
import { fromFactorialRates } from '../../src/network/index.js';
import { simulate } from '../../src/simulate/simulate.js';
import { networkOf } from '../tools/network.js';

const after = async (text: string, change = (network: ReturnType<typeof networkOf>) => network) =>
  (await simulate(change(networkOf(text)), { to: 1, rtol: 1e-10, atol: 1e-13 })).final.Z;

it('a rate is not divided: 2 Z -> Z at 1 is dz/dt = −z², with factorials −z²/2', async () => {
  const square = 'decay: 2 Z -> Z\ninit Z = 2';
  expect(await after(square)).toBeCloseTo(2 / (1 + 2), 8);
  expect(await after(square, fromFactorialRates)).toBeCloseTo(2 / (1 + 2 / 2), 8);
  expect(await after(square, fromFactorialRates)).toBeCloseTo(
    await after('decay: 2 Z ->{0.5} Z\ninit Z = 2'),
    10,
  );
});

it('3 Z -> 2 Z at 1 is −z³, with factorials −z³/6; a parameter keeps its name', async () => {
  const cube = 'param k = 1\ndecay: 3 Z ->{k} 2 Z\ninit Z = 2';
  expect(await after(cube)).toBeCloseTo(2 / Math.sqrt(1 + 8), 8);
  expect(await after(cube, fromFactorialRates)).toBeCloseTo(2 / Math.sqrt(1 + 8 / 6), 8);
  expect(fromFactorialRates(networkOf(cube)).parameters[0].name).toBe('k');
});

it('divides by every repeated reactant, and nothing else', () => {
  const rates = (text: string) => fromFactorialRates(networkOf(text)).reactions.map(({ rate }) => rate);
  const number = (value: number) => ({ kind: 'number', value });
  expect(rates('a: A + B ->{3} C')).toEqual([number(3)]);
  expect(rates('a: 2 A + 3 B ->{12} C')).toEqual([number(1)]);
  expect(rates('a: ∅ -> A')).toEqual([number(1)]);
  expect(() => rates('a: 1.5 A -> B')).toThrow(/reaction a has 1.5/);
});

it('leaves an explicit law, and the network it is given', () => {
  const network = networkOf('decay: 2 Z -> Z\ninit Z = 2');
  const copy = structuredClone(network);
  fromFactorialRates(network);
  expect(network).toEqual(copy);
  network.reactions[0].law = 'explicit';
  expect(fromFactorialRates(network).reactions[0].rate).toEqual({ kind: 'number', value: 1 });
});
