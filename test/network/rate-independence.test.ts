import { describe, expect, it } from 'vitest';
import { parseNetwork, rateIndependence } from '../../src/index.js';

const check = (text: string) => rateIndependence(parseNetwork(text).network!);

describe('rate independence', () => {
  it.each([
    ['a minimum', 'A + B -> Y\n'],
    ['a maximum', 'a: A -> Z + P\nb: B -> Q + Z\nc: P + Q -> K\nd: Z + K -> ∅\n'.replace('∅', 'W')],
    ['a catalyst of several reactions', 'A + C -> C + X\nB + C -> C + Y\n'],
    ['a third in pairs', '2 X -> H\n2 H -> Y + X\n'],
  ])('%s is independent', (_, text) => {
    expect(check(text)).toEqual({ independent: true, competitions: [], endless: [] });
  });

  it('tells which reactions compete, and for what', () => {
    expect(check('first: A -> B\nsecond: A + X -> C\nB -> D\n')).toEqual({
      independent: false,
      competitions: [{ species: 'A', reactions: ['first', 'second'] }],
      endless: [],
    });
  });

  it('does not let a reaction use up what catalyses another', () => {
    expect(check('a: C + A -> C + B\nb: C -> D\n').competitions).toEqual([
      { species: 'C', reactions: ['a', 'b'] },
    ]);
  });

  it.each([
    ['there and back', 'there: X -> Y\nback: Y -> X\n', ['there', 'back']],
    ['a ring', 'a: X -> Y\nb: Y -> Z\nc: Z -> X\nd: W -> X\n', ['a', 'b', 'c']],
    ['a source', 'in: 0 -> X\n', ['in']],
    ['growth', 'a: C -> C + X\n', ['a']],
    ['pairs that lose nothing', 'a: 2 X -> H\nb: H -> 2 X\n', ['a', 'b']],
  ])('%s goes on for ever', (_, text, endless) => {
    expect(check(text)).toEqual({ independent: false, competitions: [], endless });
  });

  it('holds what the environment holds', () => {
    expect(check('const F = 1\nF + A -> B\nF + C -> D\n').independent).toBe(true);
  });
});
