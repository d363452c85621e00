import { describe, expect, it } from 'vitest';
import { simulate } from '../../../src/index.js';
import { writeSbml } from '../../../src/io/sbml/index.js';
import { read } from '../../network/helpers.js';
import { Interpreter } from './interpreter.js';

/**
 * Runs a network, and what is written for it by the rules of SBML, and compares them at times of which all edges of
 * phases are multiples. At the end the network begins no further phase, so that is left out.
 */
async function compare(text: string, to: number, tolerance: number, every = 0.25): Promise<void> {
  const network = read(text);
  const times = Array.from({ length: Math.round(to / every) + 1 }, (_, i) => i * every);
  const solution = await simulate(network, { to, saveAt: times, rtol: 1e-9, atol: 1e-12 });
  for (const last of [false, true]) {
    const model = new Interpreter(writeSbml(network), last);
    for (const [i, time] of times.slice(0, -1).entries()) {
      if (i > 0) model.run(every, every / 512);
      const row = solution.row(i);
      for (const [s, id] of model.species.entries()) {
        expect(Math.abs(model.values.get(id)! - row[s]!), `${id} at ${time}`).toBeLessThan(tolerance);
      }
    }
  }
}

describe('phases and doses as events', () => {
  it('phases take turns, each with its own reactions', async () => {
    const text = `init A = 1
grow: -> A
fade[1]: A ->{0.5} B
fade[2]: B ->{0.25} ∅
-> C
phase on 0.75: grow
phase off 0.5: fade[*]
phase rest 0.25:`;
    await compare(text, 4, 1e-7);
  });

  it('doses come at the start of their phases, one after the other, the first ones too', async () => {
    const text = `init A = 3
A ->{1} B
phase p 0.5: *
phase q 0.75: *
dose A = 1 at p
dose A += 0.5 at p
dose B += 2 at q
dose A += 1 at q`;
    await compare(text, 5, 1e-7);
  });

  it('a single phase begins again and again', async () => {
    await compare('init A = 1\nf: A ->{1} B\ng: A -> C\nphase p 0.5: f\ndose A += 1 at p', 3, 1e-7);
  });

  it('a held species may be dosed', async () => {
    await compare(
      'const F = 1\nF -> F + A\nphase p 0.5: *\nphase q 0.5: *\ndose F = 3 at q\ndose F = 1 at p',
      3,
      1e-7,
    );
  });

  it('doses come when a level is crossed, again and again', async () => {
    // The crossing is found within a step of the comparison, so that what follows is late by as much.
    await compare(
      'param full = 1\nA ->{0.1} ∅\n-> A\ninit B = 0\ndose A = 0.2 when A rises full\ndose B += 1 when A rises full',
      4,
      0.01,
    );
    await compare(
      'init A = 2\nA ->{0.7} ∅\ndose A += 1 when A falls 1\ndose A += 0.5 when A falls 1',
      4,
      0.01,
    );
  });

  it('a phase begins at a crossing, or when the one before is over', async () => {
    const text = (level: number) => `-> A
fade: A ->{4} B
phase fill 1: f
phase drain 0.5 when A rises ${level}: fade
f: -> C
init B = 0
dose B += 1 at drain`;
    await compare(text(0.55), 4, 0.01);
    await compare(text(5), 4, 1e-7);
  });

  it('what is above a level at the start has not crossed it', async () => {
    await compare(
      'init A = 2\ninit B = 0\n-> A\ndose B += 1 when A rises 1\ndose B += 2 when A rises 2.55',
      2,
      0.01,
    );
  });

  it('nor does it end a phase', async () => {
    const text = `init A = 2
init B = 0
-> A
phase one 1: *
phase two 1 when A rises 1: *
dose B += 1 at two`;
    await compare(text, 1.5, 1e-7);
  });

  it('a crossing as the phase ends begins one phase, not two', async () => {
    const text = `-> A
phase fill 0.5: *
phase drain 0.25 when A rises 0.4999: *
phase rest 1: *
init B = 0
dose B += 1 at drain
dose B += 10 at rest`;
    await compare(text, 1.5, 0.01);
  });

  it('doses at a crossing come before those of the phase that it begins', async () => {
    const text = `-> A
phase fill 1: *
phase drain 0.5 when A rises 0.55: *
init B = 0
dose B += 1 at drain
dose B = 5 when A rises 0.55`;
    await compare(text, 1, 0.01);
  });

  it('a level that is crossed in another phase changes nothing', async () => {
    const text = `init A = 0.5
-> A
phase one 0.5: *
phase two 0.5: *
phase three 0.5 when A rises 0.8: *
init B = 0
dose B += 1 at three`;
    await compare(text, 3, 0.01);
  });
});
