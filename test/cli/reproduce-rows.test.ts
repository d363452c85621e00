import { expect, test } from 'vitest';
import { markdown, pageTable } from '../../src/cli/reproduce-page-table.js';
import { chooseSettings, type PlannedRun, planRuns, readSeeds } from '../../src/cli/reproduce-plan.js';
import { publishedFigure } from '../../src/cli/reproduce-published.js';
import { rowsOf } from '../../src/cli/reproduce-rows.js';
import type { StoredRun } from '../../src/cli/reproduce-stored.js';
import { csvRows, tableText } from '../../src/cli/reproduce-tables.js';
import { openTerminal } from '../../src/cli/terminal.js';
import { learnerTasks, tasks } from '../../src/learning/index.js';

/** A run that ended with this accuracy or loss; `null` for one whose chemistry failed. */
function stored(run: PlannedRun, value: number | null, measure: 'loss' | 'accuracy'): StoredRun {
  const loss = measure === 'loss' ? (value ?? 9) : 0.1;
  const last = {
    epoch: 1,
    trainLoss: loss,
    validationLoss: loss,
    idealValidationLoss: loss / 1.01,
    ...(measure === 'accuracy' && { validationAccuracy: value ?? 0.5 }),
  };
  return {
    seed: run.seed,
    seconds: 60 * (run.seed + 1),
    result: {
      report: {
        history: [last],
        metrics: measure === 'accuracy' && value !== null ? { gridAccuracy: value } : {},
      },
      ...(value === null && { failure: { code: 'diverged', message: 'it diverged', hint: '' } }),
    },
  } as unknown as StoredRun;
}

/** Rows of runs whose values are listed by seed; there is no run where none is. */
function made(
  words: string[],
  values: (number | null | undefined)[],
  measure: 'loss' | 'accuracy',
  seeds = String(values.length),
) {
  const plan = planRuns(chooseSettings(words, undefined), readSeeds('--seeds', seeds), 'o', {});
  const runs = new Map<PlannedRun, StoredRun>();
  for (const run of plan.runs) {
    const value = values[run.seed];
    if (value !== undefined) runs.set(run, stored(run, value, measure));
  }
  return rowsOf(plan, runs);
}

test('losses: median, range, twin; a run that failed is the worst there can be', () => {
  const [row] = made(['linear-regression:authors'], [0.3, null, 0.1, 0.2, undefined], 'loss');
  expect(row).toMatchObject({ best: 0.1, worst: null, successRate: null, missing: 1, epochs: 5 });
  expect(row.median).toBeCloseTo(0.25, 12);
  expect(row.twinRatio).toBeCloseTo(1.01, 12);
  expect(row.seconds).toBe(150);
  expect(row.runs[1]).toEqual({ seed: 1, value: null, failure: 'it diverged' });
  const text = tableText(openTerminal({ color: false }), [row]);
  expect(text).toContain('0.250 (0.100–∞)');
  expect(text).toContain('authors: 1 of 5 seeds are missing');
  expect(text).toContain('authors: the chemistry failed on 1 of 4 seeds');
  expect(csvRows([row])[1].slice(-3)).toEqual(['4', '1', '1']);
  expect(made(['linear-regression:authors'], [null, null], 'loss')[0].median).toBeNull();
});

test('accuracies: the success rate counts failures, and the range runs upwards', () => {
  const [row] = made(['xor:rectified'], [0.97, 0.9, 0.89, null], 'accuracy');
  expect(row).toMatchObject({ best: 0.97, worst: 0, successRate: 0.5, measure: 'grid accuracy' });
  expect(tableText(openTerminal({ color: false }), [row])).toContain('89.5 (0.0–97.0)   2/4');
  expect(markdown([row])).toContain('| 89.5 (0.0–97.0) | ×1.010 | 2/4 |');
});

test('the page says of how many seeds a figure is, where not all have been run', () => {
  const losses = made(['linear-regression:authors'], [0.3, undefined, null, 0.1, undefined], 'loss');
  // One that failed was run.
  expect(markdown(losses)).toContain('| 0.3000 (0.1000–∞), 3 of 5 seeds | ×1.010 |');
  expect(markdown(made(['linear-regression:authors'], [0.3, 0.2], 'loss'))).not.toContain(' of 2 seeds');

  const values = [0.97, undefined, 0.8, 1, 0.95];
  const groups = made(['xor:rectified', 'xor:relu'], values, 'accuracy', '0-1,2-4,8-9');
  const { columns, rows } = pageTable(groups);
  expect(columns).toEqual(expect.arrayContaining(['seeds 0–1', 'seeds 2–4']));
  // No run, no row, no column.
  expect(columns).not.toContain('seeds 8–9');
  const [relu] = rows.filter(([, model]) => model === 'relu*');
  const cell = (name: string) => relu[columns.indexOf(name)];
  expect(cell('seeds 0–1')).toBe('97.0 (97.0–97.0), 1 of 2 seeds');
  expect(cell('seeds 2–4')).toBe('95.0 (80.0–100)');
  expect(cell('success')).toBe('3/4');
});

test('the page leaves a cell empty where a model was not run on a group of seeds', () => {
  const first = made(['xor:rectified'], [0.97], 'accuracy', '0-0');
  const second = made(['xor:relu'], [undefined, 0.96], 'accuracy', '1-1');
  const { columns, rows } = pageTable([...first, ...second]);
  const groups = [columns.indexOf('seeds 0'), columns.indexOf('seeds 1')];
  expect(rows.map((row) => groups.map((at) => row[at]))).toEqual([
    ['97.0 (97.0–97.0)', '–'],
    ['–', '96.0 (96.0–96.0)'],
  ]);
});

test('the table of every experiment with all its recipes fits 80 columns', () => {
  expect(publishedFigure('xor', 'cubic-leaky')).toBe(0.847);
  expect(publishedFigure('xor', 'quadratic-exact')).toBe(0.788);
  expect(publishedFigure('nor', 'relu')).toBeUndefined();
  for (const [experiment, task] of Object.entries(tasks)) {
    // Those of digits are made from another package's data: test/learning/digits.test.ts.
    if ('apart' in task) continue;
    const { recipes } = task;
    const lossy = /regression/.test(experiment);
    const rows = made(
      [`${experiment}:all`],
      lossy ? [0.0612, 0.1499] : [1, 0.5],
      lossy ? 'loss' : 'accuracy',
    );
    expect(rows).toHaveLength(Object.keys(recipes).length);
    const text = tableText(openTerminal({ color: false }), rows);
    expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
  }
});

test('authors and improved recipes by default, all or one when asked for, each once', () => {
  const names = (...words: string[]) => chooseSettings(words, undefined).map(({ recipe }) => recipe);
  const { recipes } = tasks.xor;
  expect(names('xor')).toEqual(Object.keys(recipes).filter((name) => recipes[name].settings !== 'other'));
  expect(names('xor')).toContain('cubic-exact');
  expect(names('xor')).not.toContain('quadratic-leaky');
  expect(names('xor:all')).toEqual(Object.keys(tasks.xor.recipes));
  expect(names('xor', 'xor:all', 'xor')).toHaveLength(Object.keys(tasks.xor.recipes).length);
  const apart = Object.keys(tasks).filter((name) => 'apart' in tasks[name as keyof typeof tasks]);
  expect(apart).toEqual(['digits', 'digits-14', 'optdigits']);
  expect(new Set(chooseSettings([], undefined).map(({ experiment }) => experiment))).toEqual(
    new Set([...Object.keys(tasks).filter((name) => !apart.includes(name)), ...Object.keys(learnerTasks)]),
  );
});

test('the fingerprint follows everything that decides the result, and nothing else', () => {
  const print = (choices: { epochs?: number; engine?: 'js' }, seed = '1', out = 'o') => {
    const settings = chooseSettings(['linear-regression:improved'], choices.epochs);
    return planRuns(settings, readSeeds('--seeds', `${seed}-${seed}`), out, choices).runs[0].fingerprint;
  };
  const own = print({});
  expect(print({ engine: 'js' })).toBe(own);
  expect(print({ epochs: 10 })).toBe(own);
  expect(print({}, '1', 'elsewhere')).toBe(own);
  expect(print({ epochs: 9 })).not.toBe(own);
  expect(print({}, '2')).not.toBe(own);
});
