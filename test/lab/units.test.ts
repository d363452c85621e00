import { describe, expect, it } from 'vitest';
import {
  concentrationText,
  durationText,
  parseConcentration,
  parseRate,
  parseTime,
  rateText,
} from '../../src/lab/index.js';

describe('quantities of a laboratory', () => {
  it.each([
    ['100 nM', 1e-7],
    ['100nM', 1e-7],
    ['0.5 uM', 5e-7],
    ['0.5 \u00b5M', 5e-7],
    ['0.5 \u03bcM', 5e-7],
    ['2e-3 mM', 2e-6],
    [' .1 M ', 0.1],
    ['3 pM', 3e-12],
  ])('%s is a concentration', (text, molar) => {
    expect(parseConcentration(text) / molar).toBeCloseTo(1, 12);
  });

  it.each([
    ['1e6 /M/s', 1e6],
    ['1e6/M/s', 1e6],
    ['1e6 1/(M s)', 1e6],
    ['1e6 1/M/s', 1e6],
    ['1e6 1/(M*s)', 1e6],
    ['1e6 1/(s·M)', 1e6],
    ['1e6 M^-1 s^-1', 1e6],
    ['1e6 M-1 s-1', 1e6],
    ['1e-3 /nM/s', 1e6],
    ['0.06 /nM/min', 1e6],
    ['3.6 /nM/h', 1e6],
  ])('%s is a rate constant', (text, value) => {
    expect(parseRate(text) / value).toBeCloseTo(1, 12);
  });

  it.each([
    ['90 s', 90],
    ['1.5 min', 90],
    ['2 h', 7200],
    ['1 day', 86_400],
    ['3 d', 259_200],
  ])('%s is a time', (text, value) => {
    expect(parseTime(text)).toBeCloseTo(value, 9);
  });

  it.each([
    [parseConcentration, '100', /it has no unit/],
    [parseConcentration, 'nM', /it does not begin with a number/],
    [parseConcentration, '', /it does not begin with a number/],
    [parseConcentration, '5 kM', /there is no unit "kM"/],
    [parseConcentration, '5 s', /its unit is that of something else/],
    [parseConcentration, '-5 nM', /must be greater than 0 and finite, not "-5 nM"/],
    [parseConcentration, '1e400 nM', /greater than 0 and finite/],
    [parseRate, '1e6 /s', /its unit is that of something else/],
    [parseRate, '1e6 /M s', /its unit is that of something else/],
    [parseRate, '1e6 1/(M s', /a parenthesis is not closed/],
    [parseRate, '1e6 /M/s!', /"!" cannot be read/],
    [parseRate, '1e6 /M/s 2', /cannot be read/],
    [parseRate, 7 as never, /it is no text/],
    [parseTime, '3 M', /its unit is that of something else/],
  ])('%# is refused: %s', (parse, text, message) => {
    expect(() => parse(text)).toThrow(RangeError);
    expect(() => parse(text)).toThrow(message);
  });

  it('errors name the option, and say how it is written', () => {
    expect(() => parseRate('fast', 'qMax')).toThrow(
      /^qMax must be a rate constant of the second order such as "1e6 \/M\/s", .*, not "fast": it does not/,
    );
  });

  it('writes them in units that suit', () => {
    expect([1, 0.02, 1e-5, 1e-7, 3.456e-12, 2e-16].map(concentrationText)).toEqual([
      '1 M',
      '20 mM',
      '10 µM',
      '100 nM',
      '3.46 pM',
      '0.2 fM',
    ]);
    expect([0.5, 60, 100, 6e6, 1e8].map(durationText)).toEqual([
      '0.5 s',
      '60 s',
      '1.7 min',
      '69 days',
      '3.2 years',
    ]);
    expect(rateText(1e6, 2)).toBe('1e6 /M/s');
    expect(rateText(0.01, 1)).toBe('0.01 /s');
    expect(rateText(1e-9, 0)).toBe('1e-9 M/s');
    expect(rateText(1e12, 3)).toBe('1e12 /M²/s');
    expect(rateText(2, 1.5)).toBe('2 M^-0.5/s');
  });
});
