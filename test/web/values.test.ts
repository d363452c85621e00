import { expect, test } from 'vitest';
import { parseNetwork, simulate } from '../../src/index.js';
import { presets } from '../../web/simulate/presets';
import { sliderRange } from '../../web/simulate/slider-range';
import { valuesOf, withValues, writeValues } from '../../web/simulate/values';

const read = (text: string) => {
  const { network, issues } = parseNetwork(text);
  expect(issues.filter(({ severity }) => severity === 'error')).toEqual([]);
  return network!;
};

const text = `param k = 2, half = k/2, low = -1 # two
init A = 1, \`b c\` = 0.5 ; const F = 3
A <->{4}{k} B ; f[1]: B ->{5} C;  C -> ∅
A -> B [rate k*A^0.5]
`;

test('sliders are for numbers that are written out', () => {
  const values = valuesOf(read(text));
  expect(values.map(({ id, value }) => [id, value])).toEqual([
    ['p:k', 2],
    ['p:low', -1],
    ['i:A', 1],
    ['i:b c', 0.5],
    ['i:F', 3],
    ['r:0', 4],
    ['r:2', 5],
    ['r:3', 1],
    ['i:B', 0],
    ['i:C', 0],
  ]);
  expect(values.find(({ id }) => id === 'r:2')?.name).toBe('B → C');
});

test('values are written into the text where they stand, comments kept', () => {
  const network = read(text);
  const changes = {
    'p:k': 7,
    'p:low': -3,
    'i:A': 0,
    'i:b c': 1e9,
    'i:C': 2,
    'r:0': 0.25,
    'r:2': 6,
    'r:3': 8,
  };
  const written = writeValues(text, network, changes)!;
  expect(written).toContain('# two');
  expect(written).toContain('low = -3');
  expect(written).toContain('A <->{0.25}{k} B ; f[1]: B ->{6} C;  C ->{8} ∅');
  expect(written).toContain('init C = 2');
  const plain = ({ parameters, species, reactions }: typeof network) =>
    JSON.stringify([
      parameters.map(({ name, value }) => [name, value]),
      species.map(({ name, initial }) => [name, initial]).sort(),
      reactions.map(({ rate }) => rate),
    ]);
  const again = read(written);
  expect(
    valuesOf(again)
      .map(({ id, value }) => [id, value])
      .sort(),
  ).toEqual(
    valuesOf(withValues(network, changes))
      .map(({ id, value }) => [id, value])
      .sort(),
  );
  expect(plain(read(writeValues(text, network, {})!))).toBe(plain(network));
});

test('what stands in no place of its own is not written', () => {
  const network = read('A <-> B\nA -> B [rate 2*A]\ninit A = 1');
  expect(writeValues('A <-> B\ninit A = 1', network, { 'r:0': 2 })).toBeUndefined();
  expect(writeValues('A <-> B\nA -> B [rate 2*A]\ninit A = 1', network, { 'r:2': 3 })).toBeUndefined();
});

test.each(presets.map((preset) => [preset.name, preset] as const))(
  'every value of %s can be written',
  (_, preset) => {
    const network = read(preset.text);
    for (const { id, value } of valuesOf(network)) {
      const wanted = value === 0 ? 0.5 : value * 3;
      const written = writeValues(preset.text, network, { [id]: wanted });
      if (written === undefined) continue;
      const found = valuesOf(read(written)).find((one) => one.id === id);
      expect(found?.value).toBe(wanted);
    }
  },
);

test.each(presets.map((preset) => [preset.name, preset] as const))(
  'the preset %s runs to its end',
  async (_, preset) => {
    const solution = await simulate(read(preset.text));
    expect(solution.status).toBe('done');
    expect(solution.stats.steps).toBeLessThan(20_000);
  },
);

test('a slider has the own value in the middle, three decades to each side, and 0 at its end', () => {
  for (const own of [1, 0.04, 3e7, 7.89e-10, -2]) {
    const { last, valueAt, placeOf } = sliderRange(own);
    expect(valueAt((last + 1) / 2)).toBe(own);
    expect(placeOf(own)).toBe((last + 1) / 2);
    expect(valueAt(0)).toBe(0);
    expect(placeOf(0)).toBe(0);
    expect(valueAt(1) / own).toBeCloseTo(1e-3, 5);
    expect(valueAt(last) / own).toBeCloseTo(1e3, -1);
    for (let place = 0; place <= last; place++) expect(placeOf(valueAt(place))).toBe(place);
    expect(placeOf(own * 1e9)).toBe(last);
    expect(placeOf(own * 1e-9)).toBe(1);
    expect(placeOf(-own)).toBe(0);
  }
  const zero = sliderRange(0, 5);
  expect([zero.valueAt(0), zero.valueAt(zero.last), zero.placeOf(99)]).toEqual([0, 5, zero.last]);
});
