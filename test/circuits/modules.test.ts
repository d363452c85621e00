import { describe, expect, it } from 'vitest';
import {
  annihilate,
  clear,
  copy,
  dual,
  product,
  railOf,
  rails,
  signedValue,
  signProduct,
  single,
  transfer,
  update,
} from '../../src/circuits/index.js';
import { type NetworkBuilder, networkBuilder, printNetwork } from '../../src/network/index.js';

/** The reactions that modules add, as text. */
function listed(add: (builder: NetworkBuilder) => void): string[] {
  const builder = networkBuilder();
  for (const name of ['kf', 'kd', 'kg', 'k1', 'k2']) builder.param(name, 1);
  add(builder);
  return printNetwork(builder.build())
    .split('\n')
    .filter((line) => line.includes('->'));
}

describe('rails', () => {
  it('know their signs', () => {
    expect(rails(dual('X[1]')).map(({ species, sign }) => [species, sign])).toEqual([
      ['X[1]+', 1],
      ['X[1]-', -1],
    ]);
    expect(rails(single('O'))).toEqual([{ species: 'O', sign: 1, letter: '' }]);
    expect([signProduct(1, 1), signProduct(1, -1), signProduct(-1, 1), signProduct(-1, -1)]).toEqual([
      1, -1, -1, 1,
    ]);
    expect(() => railOf(single('O'), -1)).toThrow('O has no negative rail');
    expect(signedValue(dual('A'), (name) => (name === 'A+' ? 3 : 5))).toBe(-2);
    expect(signedValue(single('A'), () => 3)).toBe(3);
  });
});

describe('modules', () => {
  it('product: four sign pairs, two with one single factor, one with two', () => {
    const label = { name: 'f', index: [2] };
    expect(listed((builder) => product(builder, label, dual('P'), dual('X'), dual('Z'), 1))).toEqual([
      'f[2,pp]: P+ + X+ -> Z+ + P+ + X+',
      'f[2,pn]: P+ + X- -> Z- + P+ + X-',
      'f[2,np]: P- + X+ -> Z- + P- + X+',
      'f[2,nn]: P- + X- -> Z+ + P- + X-',
    ]);
    expect(listed((builder) => product(builder, label, dual('E'), single('X'), dual('G'), 'kg'))).toEqual([
      'f[2,p]: E+ + X ->{kg} G+ + E+ + X',
      'f[2,n]: E- + X ->{kg} G- + E- + X',
    ]);
    expect(listed((builder) => product(builder, label, single('P'), single('X'), single('O'), 1))).toEqual([
      'f[2]: P + X -> O + P + X',
    ]);
    expect(() =>
      listed((builder) => product(builder, label, dual('P'), single('X'), single('O'), 1)),
    ).toThrow('O has no negative rail');
  });

  it('copy, transfer, clear, annihilate, update', () => {
    const label = { name: 'm', index: [] };
    expect(listed((builder) => copy(builder, label, dual('H'), dual('Z'), 1))).toEqual([
      'm[p]: H+ -> Z+ + H+',
      'm[n]: H- -> Z- + H-',
    ]);
    expect(listed((builder) => transfer(builder, label, single('Y'), dual('E'), 'kf', -1))).toEqual([
      'm: Y ->{kf} E-',
    ]);
    expect(listed((builder) => transfer(builder, label, dual('Z'), dual('E'), 'kf'))).toEqual([
      'm[p]: Z+ ->{kf} E+',
      'm[n]: Z- ->{kf} E-',
    ]);
    expect(listed((builder) => clear(builder, label, dual('E'), 'kd'))).toEqual([
      'm[p]: E+ ->{kd} ∅',
      'm[n]: E- ->{kd} ∅',
    ]);
    expect(listed((builder) => annihilate(builder, label, dual('E'), 100))).toEqual(['m: E+ + E- ->{100} ∅']);
    expect(
      listed((builder) =>
        update(
          builder,
          { name: 'u', index: [1] },
          { name: 'd', index: [1] },
          dual('G'),
          dual('P'),
          'k1',
          'k2',
        ),
      ),
    ).toEqual(['u[1,p]: G+ ->{k1} P-', 'u[1,n]: G- ->{k1} P+', 'd[1,p]: G+ ->{k2} ∅', 'd[1,n]: G- ->{k2} ∅']);
  });
});
