import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildTime, neuralCrn, ready, Workplace } from './command.js';

beforeAll(ready, buildTime);
const place = new Workplace();
afterAll(() => place.remove());

const run = (...more: string[]) => neuralCrn(['train', 'linear-regression', ...more], { cwd: place.path });
const few = ['--epochs', '1', '--no-plots'];

describe('train --volume', () => {
  it('learns with whole molecules, says so, and goes on to the same bits', async () => {
    const volume = ['--volume', '50', '--stochastic-seed', '3', '--seed', '1'];
    const whole = await run(...volume, '--epochs', '2', '--no-plots', '--out', 'whole', '--json', '-');
    expect(whole.code).toBe(0);
    const report = JSON.parse(whole.stdout);
    expect(report.settings.stochastic).toEqual({
      ...{ volume: 50, seed: 3, method: 'auto', evaluation: 'stochastic' },
    });
    expect((await run(...volume, ...few, '--out', 'parts')).stdout).toContain('50 to a concentration of 1');
    const resumed = await run('--resume', '--out', 'parts', '--epochs', '2', '--no-plots', '--json', '-');
    expect(resumed.code).toBe(0);
    expect(JSON.parse(resumed.stdout).history).toEqual(report.history);
    expect(readFileSync(place.at('parts/model.json'), 'utf8')).toBe(
      readFileSync(place.at('whole/model.json'), 'utf8'),
    );
    const changed = await run('--resume', '--out', 'parts', '--volume', '60');
    expect(changed.code).toBe(2);
    expect(changed.stderr).toContain('--volume cannot be changed when a run is resumed');
  });

  it.each([
    [['--epsilon', '0.1'], '--epsilon is for learning with whole molecules'],
    [['--method', 'tau'], '--method tau is for stochastic simulation'],
    [['--volume', '10', '--epsilon', '0.1'], '--epsilon is for --method tau'],
    [['--volume', '10', '--rtol', '1e-3'], '--rtol is for rate equations'],
    [['--volume', '10', '--method', 'tsit5'], '--method is for rate equations'],
    [['--volume', '0'], '--volume must be a number, greater than 0'],
  ])('refuses %j', async (flags, message) => {
    const { code, stderr } = await run(...flags, ...few, '--out', 'refused');
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });
});
