import type { NeuralCrnSettings } from '../options.js';
import { rails, type Signal } from '../rails.js';
import type { DigitalAct, Stage } from '../stage.js';
import type { StagedSettings } from './options.js';
import type { StagedParts } from './parts.js';
import type { Trained } from './trained.js';

/**
 * The stages in order, each with what is done by hand when it ends, as in the authors' code. What is trained, and what
 * never changes, outlives an example; all else is emptied after it.
 *
 * @param species all names of the network
 */
export function stagesOf(
  settings: NeuralCrnSettings,
  parts: StagedParts,
  trained: readonly Trained[],
  species: readonly string[],
): Stage[] {
  const { times, update } = settings.staged as StagedSettings;
  const chemical = update === 'chemical';
  const weights = trained.flatMap((one) => one.weights);
  const kept = new Set([...weights, ...parts.W.flat(), ...(parts.H ?? [])].flatMap(speciesOf));
  const writes = trained.map(
    (one): DigitalAct => ({
      kind: 'write',
      what: one.letter,
      gradients: one.gradients,
      weights: one.weights,
      rate: one.rate,
    }),
  );
  const finish: DigitalAct[] = [
    ...(chemical ? [] : writes),
    { kind: 'normalise', what: trained.map(({ letter }) => letter).join(', '), signals: weights },
    {
      kind: 'empty',
      what: 'all species but weights and drift',
      species: species.filter((name) => !kept.has(name)),
    },
  ];
  // Changes nothing but the size of E's rails, which annihilate; the authors' linear code does without.
  const cleanO: DigitalAct[] =
    settings.dynamics === 'linear' ? [] : [{ kind: 'normalise', what: 'O', signals: parts.O }];
  const stages: Stage[] = [
    {
      phase: 'forward',
      does: 'the nodes flow from z(0) to z(T)',
      duration: settings.horizon,
      relaxes: false,
      after: [],
    },
    {
      phase: 'readout',
      does: 'O becomes Σ w·z(T), the prediction',
      duration: times.readout,
      relaxes: true,
      after: cleanO,
    },
    { phase: 'error', does: 'O and Y become the error E', duration: times.error, relaxes: true, after: [] },
    { phase: 'adjoint', does: 'A becomes Σ w·e', duration: times.adjoint, relaxes: true, after: [] },
    {
      phase: 'backward',
      does: 'the adjoint flows back and makes the gradients',
      duration: times.backward,
      relaxes: false,
      after: chemical ? [] : finish,
    },
  ];
  if (chemical) {
    stages.push({
      phase: 'update',
      does: 'gradients change the weights',
      duration: settings.learnTime,
      relaxes: true,
      after: finish,
    });
  }
  return stages;
}

function speciesOf(signal: Signal): string[] {
  return rails(signal).map(({ species }) => species);
}
