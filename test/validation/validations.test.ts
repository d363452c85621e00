import { describe, expect, it } from 'vitest';
import { chooseSettings, readSeeds } from '../../src/cli/reproduce-plan.js';
import { planValidationRuns } from '../../src/cli/reproduce-validation-plan.js';
import { learnerTasks } from '../../src/learning/index.js';
import {
  claimsOn,
  judge,
  learnerClaims,
  runValidation,
  type Validation,
  validationRecipe,
  validations,
} from '../../src/validation/index.js';

const all: Readonly<Record<string, Validation>> = validations;
/** Those that take a minute and more have tests of their own. */
const LONG = 5;
const recipes = Object.entries(all).flatMap(([experiment, { recipes: own }]) =>
  Object.entries(own).map(([recipe, { seconds, claims }]) => ({ experiment, recipe, seconds, claims })),
);

describe('validations', () => {
  it('have plain names, a standard recipe, and claims that are told apart', () => {
    for (const [name, { recipes: own, standard }] of Object.entries(all)) {
      expect(name).toMatch(/^[a-z]+(-[a-z]+)+$/);
      expect(Object.keys(own)).toContain(standard);
      for (const { claims, settings } of Object.values(own)) {
        expect(new Set(claims.map((claim) => claim.name)).size).toBe(claims.length);
        expect(JSON.parse(JSON.stringify(settings))).toEqual(settings);
      }
    }
  });

  it.each(recipes.filter(({ seconds }) => seconds < LONG))(
    '$experiment $recipe: a seed has a number for every claim, plain data, and what must always hold holds',
    async ({ experiment, recipe, claims }) => {
      const told: number[] = [];
      const result = await runValidation(
        { experiment, recipe, seed: 7 },
        { onProgress: (fraction) => told.push(fraction) },
      );
      expect(result.failure).toBeUndefined();
      expect(JSON.parse(JSON.stringify(result))).toEqual(result);
      for (const claim of claims) {
        expect(result.values[claim.name], claim.name).toEqual(expect.any(Number));
        if (claim.over === 'every') {
          expect(judge(claim, [result.values[claim.name]]).verdict, claim.name).toBe('within');
        }
      }
      expect(told.every((fraction, k) => fraction >= (told[k - 1] ?? 0) && fraction <= 1)).toBe(true);
    },
  );

  it('are cancelled', async () => {
    const reason = new Error('enough');
    await expect(
      runValidation(
        { experiment: 'hebbian-neuron', recipe: 'bias', seed: 0 },
        { signal: AbortSignal.abort(reason) },
      ),
    ).rejects.toBe(reason);
  });

  it('refuse names that there are not', () => {
    expect(() => validationRecipe('hebbian', 'bias')).toThrow(/there is no experiment "hebbian"; there are /);
    expect(() => validationRecipe('hebbian-neuron', 'sway')).toThrow(
      /there is no recipe "sway" for hebbian-neuron; it has bias, /,
    );
  });
});

describe('claims on learners', () => {
  it('are on tasks and recipes that there are, and on every task', () => {
    expect(Object.keys(learnerClaims).sort()).toEqual(Object.keys(learnerTasks).sort());
    for (const [name, { recipes: own }] of Object.entries(learnerTasks)) {
      for (const recipe of Object.keys(learnerClaims[name]))
        expect([...Object.keys(own), '*']).toContain(recipe);
      for (const recipe of Object.keys(own)) expect(claimsOn(name, recipe).length, recipe).toBeGreaterThan(0);
    }
  });
});

describe('what takes longer', () => {
  it('the adder: designed from its start, exported, and adding what it was not trained on', async () => {
    const { values } = await runValidation({ experiment: 'design-targets', recipe: 'adder', seed: 0 });
    expect(values).toMatchObject({ 'comes within the tolerance': 1, reactions: 2 });
    expect(values['off by, of sums not trained']).toBeLessThan(0.01);
  });

  it('a trainer that chooses its engine is given none', () => {
    const plan = () =>
      planValidationRuns(chooseSettings(['design-targets'], undefined), readSeeds('--seeds', '1'), 'o', {
        engine: 'js',
      });
    expect(plan).toThrow(/--engine is not for design-targets/);
  });
});
