import { beforeAll, describe, expect, it } from 'vitest';
import { buildTime, neuralCrn, ready } from './command.js';

beforeAll(ready, buildTime);

const circuit = (...flags: string[]) => neuralCrn(['circuit', '--pipeline', 'staged', ...flags]);

describe('circuit --pipeline staged', () => {
  it('prints the stages, their sizes and what is done by hand, above a network that simulates', async () => {
    const { code, stdout, stderr } = await circuit(
      ...['--inputs', '3', '--dynamics', 'cubic', '--x', '0.3,0.8,0.2', '--y', '1'],
    );
    expect(code).toBe(0);
    expect(stdout).toContain(
      '# Stage forward (0.9): the nodes flow from z(0) to z(T); 45 reactions of 30 species.',
    );
    expect(stdout).toContain(
      '# Stage backward (0.9): the adjoint flows back and makes the gradients; 102 reactions',
    );
    expect(stdout).toMatch(/# The learning rate is 0\.1\. Not chemistry:\n# {3}dosing: /);
    expect(stdout).toMatch(/^phase update Tupdate: updateP\[\*\], discardP\[\*\]$/m);
    expect(stderr).toMatch(/^217 reactions, 66 species, at most 3 molecules/);
    const ran = await neuralCrn(['simulate', '-'], { input: stdout });
    expect(ran.code).toBe(0);
  });

  it('has the published reactions and the update by hand', async () => {
    const published = await circuit('--dynamics', 'relu', '--backward', 'published', '--update', 'digital');
    expect(published.code).toBe(0);
    expect(published.stdout).toMatch(/# Stage backward .* 130 reactions/);
    expect(published.stdout).toContain('update: P^s += 0.1·[G^−s]');
    expect(published.stdout).not.toContain('phase update');
  });

  it('refuses what it cannot be', async () => {
    const fast = await circuit('--rate', '1');
    expect([fast.code, fast.stderr]).toEqual([2, expect.stringContaining('--rate 1 is out of reach')]);
    const leaky = await circuit('--dynamics', 'cubic', '--adjoint', 'leaky');
    expect([leaky.code, leaky.stderr]).toEqual([
      2,
      expect.stringContaining("belongs to pipeline 'two-phase'"),
    ]);
    const two = await neuralCrn(['circuit', '--update', 'digital']);
    expect([two.code, two.stderr]).toEqual([2, expect.stringContaining("belongs to pipeline 'staged'")]);
    const clock = await circuit('--clock', 'ring');
    expect([clock.code, clock.stderr]).toEqual([
      2,
      expect.stringContaining('digital acts between its stages'),
    ]);
  });
});
