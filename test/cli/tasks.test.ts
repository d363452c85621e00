import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildTime, neuralCrn, ready, Workplace } from './command.js';

const scratch = new Workplace();
beforeAll(ready, buildTime);
afterAll(() => scratch.remove());

describe('train TASK --recipe', () => {
  it('learns a classification and reports accuracies', async () => {
    const args = [
      'train',
      'xor',
      '--recipe',
      'cubic-leaky',
      '--epochs',
      '8',
      '--seed',
      '1',
      '--json',
      '-',
      '--quiet',
    ];
    const { code, stdout } = await neuralCrn(args);
    expect(code).toBe(0);
    const report = JSON.parse(stdout);
    expect(report.circuit).toMatchObject({ species: 60, reactions: 174, maxMolecularity: 3 });
    expect(report.parameters.theta.length).toBe(9);
    expect(report.history.length).toBe(9);
    expect(report.metrics.gridAccuracy).toBeGreaterThan(0.6);
    expect(report.history[8].validationLoss).toBeLessThan(report.history[0].validationLoss / 2);
    expect(report.digital.join(' ')).toMatch(/decision: whether label is at least 0.5/);
  });

  it('takes the tolerances of the recipe, each unless a flag gives it', async () => {
    const args = [
      'train',
      'linear-classification',
      '--recipe',
      'hinge',
      '--epochs',
      '0',
      '--json',
      '-',
      '--quiet',
    ];
    const settings = async (...flags: string[]) =>
      JSON.parse((await neuralCrn([...args, ...flags])).stdout).settings;
    expect(await settings()).toMatchObject({ rtol: 1e-3, atol: 1e-6 });
    expect(await settings('--rtol', '1e-5')).toMatchObject({ rtol: 1e-5, atol: 1e-6 });
    expect(await settings('--atol', '1e-8')).toMatchObject({ rtol: 1e-3, atol: 1e-8 });
  });

  it('writes a model that predicts', async () => {
    const out = scratch.at('and');
    const trained = await neuralCrn(
      ['train', 'and', '--recipe', 'cubic-leaky', '--epochs', '2', '--no-plots', '--out', out, '--quiet'],
      { cwd: scratch.path },
    );
    expect(trained.code).toBe(0);
    scratch.write('points.csv', 'x1,x2\n0.1,0.2\n0.9,0.95\n');
    const { code, stdout } = await neuralCrn([
      'predict',
      scratch.at('and/model.json'),
      scratch.at('points.csv'),
      '--json',
      '-',
    ]);
    expect(code).toBe(0);
    const { predictions } = JSON.parse(stdout);
    expect(predictions[1]).toBeGreaterThan(predictions[0]);
  });

  it('refuses unknown recipes and recipes for regressions from tables', async () => {
    const unknown = await neuralCrn(['train', 'xor', '--recipe', 'cubik']);
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toMatch(/no recipe "cubik".*cubic-leaky/);
    scratch.write('t.csv', 'x,y\n1,2\n2,3\n3,5\n');
    const table = await neuralCrn(['train', scratch.at('t.csv'), '--target', 'y', '--recipe', 'relu']);
    expect(table.code).toBe(2);
    expect(table.stderr).toMatch(/--recipe is for classifications/);
  });
});

describe('circuit with another kind', () => {
  it.each([
    [['--inputs', '3', '--dynamics', 'cubic', '--adjoint', 'leaky'], 60, 174, 3],
    [['--inputs', '3', '--dynamics', 'cubic', '--adjoint', 'frozen', '--stages', '2'], 72, 210, 3],
    [['--inputs', '2', '--wiring', 'recurrent'], 32, 159, 2],
    // 9mn+2n+4m³+14m²+8m+4 reactions and 2mn+2n+4m²+4m+4 species, and L with its decay.
    [['--dynamics', 'quadratic', '--coupling', '0,0.5,-0.5,0', '--fuel', '2000'], 41, 149, 2],
    [['--dynamics', 'cubic', '--start', '0', '--hidden', '3', '--kappa', '0.2'], 35, 102, 3],
    [['--inputs', '3', '--dynamics', 'rectified', '--bias', 'none', '--hidden', '8'], 92, 297, 2],
    [['--readout', 'trained', '--input-rails', 'dual', '--readout-rate', '0.02', '--hidden', '2'], 36, 94, 2],
    [['--inputs', '3', '--dynamics', 'rectified', '--hidden', '8'], 91, 264, 2],
    [
      ['--inputs', '3', '--dynamics', 'quadratic', '--wiring', 'diagonal', '--adjoint', 'constant'],
      28,
      65,
      2,
    ],
    [['--inputs', '3', '--dynamics', 'quadratic', '--wiring', 'full', '--adjoint', 'exact'], 43, 131, 2],
  ])('%j', async (flags, species, reactions, maxMolecularity) => {
    const { code, stdout } = await neuralCrn(['circuit', ...flags, '--json', '-']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ species, reactions, maxMolecularity });
  });

  it('refuses impossible combinations with the reason', async () => {
    const { code, stderr } = await neuralCrn([
      'circuit',
      '--inputs',
      '3',
      '--dynamics',
      'relu',
      '--adjoint',
      'leaky',
    ]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/built for the adjoints 'exact' and 'constant'/);
  });
});
