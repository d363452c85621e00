import { type HebbianCircuit, type HebbianOptions, hebbian } from '../circuits/index.js';
import { type HebbianRun, hebbianTasks, runHebbian, type Spike } from '../learning/index.js';
import type { Claim } from './claim.js';
import {
  inPart,
  type Measurement,
  sizeClaims,
  type Validation,
  type ValidationContext,
  type ValidationRecipe,
  yes,
} from './validation.js';

/** One run, thinned. */
export interface ShownNeuron {
  title: string;
  spikes: Spike[];
  times: number[];
  membrane: number[];
  signal: number[];
  weights: number[][];
}

type TaskName = keyof typeof hebbianTasks;

/** Runs of the specification's independent simulation. */
const RUNS = 5;
const sampled = (name: string, wanted: Claim['wanted']): Claim => ({
  name,
  by: 'specification',
  wanted,
  tolerance: { kind: 'sampled', runs: RUNS },
  over: 'mean',
});

/** The m that is drawn. */
const SHOWN = 3;
const CHANNELS = 3;
/** Of the weights, a row in so many units of time; of membrane and signal, every row of the last stretch. */
const SPARSE = 10;
const STRETCH = 100;

const rounded = (value: number) => Number(value.toPrecision(5));

function shownOf(title: string, run: HebbianRun): ShownNeuron {
  const times = [...run.times];
  const end = times[times.length - 1];
  const rows = [...times.keys()].filter((k) => k % SPARSE === 0 || times[k] >= end - STRETCH);
  const kept = (values: ArrayLike<number>) => rows.map((k) => rounded(values[k]));
  return {
    title,
    spikes: run.spikes.filter(({ time }) => time >= end - STRETCH),
    times: rows.map((k) => times[k]),
    membrane: kept(run.membrane),
    signal: kept(run.signal),
    weights: run.weights.map(kept),
  };
}

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

interface Settings {
  task: TaskName;
  /** Values of m, one neuron each. */
  cooperativities: readonly number[];
  reversible?: boolean;
  volume?: number;
}

/** A task for neurons of several m under the same spikes. */
function recipe(
  title: string,
  settings: Settings,
  claims: readonly Claim[],
  values: (run: HebbianRun, m: number) => Readonly<Record<string, number>>,
): ValidationRecipe<ShownNeuron> {
  const { task, cooperativities, reversible = false, volume } = settings;
  return {
    title,
    settings,
    claims,
    seconds: volume === undefined ? 0.2 * cooperativities.length : 2,
    async measure(seed, { engine, signal, onProgress }: ValidationContext) {
      const found: Record<string, number> = {};
      let shown: { circuit: HebbianCircuit; run: HebbianRun } | undefined;
      for (const [k, m] of cooperativities.entries()) {
        const options: HebbianOptions = { channels: CHANNELS, cooperativity: m, reversible };
        const circuit = hebbian(options);
        const run = await runHebbian(circuit, hebbianTasks[task], {
          seed,
          ...(volume !== undefined && { volume }),
          ...(engine && { engine }),
          ...(signal && { signal }),
          onProgress: ({ fraction }) => onProgress?.((k + fraction) / cooperativities.length),
        });
        Object.assign(found, values(run, m));
        if (m === SHOWN) shown = { circuit, run };
      }
      const { circuit, run } = shown as { circuit: HebbianCircuit; run: HebbianRun };
      const { counts } = circuit;
      const measurement: Measurement<ShownNeuron> = {
        values: { ...found, species: counts.species, reactions: counts.reactions },
        size: counts,
        shown: shownOf(hebbianTasks[task].title, run),
      };
      return measurement;
    },
  };
}

const isLargest = (weights: readonly number[], channel: number) =>
  weights.every((weight, n) => n === channel || weight < weights[channel]);

/** Formulas of the specification, with three channels and m = 3. */
const minimalSize = sizeClaims(3 * CHANNELS + SHOWN + 2, 6 * CHANNELS + 2 * SHOWN + 1);

const biasValues = ({ ratios, settled }: HebbianRun, m: number) => ({
  [`m = ${m}: H1 over the others`]: ratios[0],
  [`m = ${m}: channel 1 ahead`]: yes(isLargest(settled[0], 0)),
});

/** When, after the bias has swapped, weights must have swapped, too. */
const SWAPPED_AFTER = 1000;

function swapValues({ times, weights, settled }: HebbianRun) {
  const swapped = hebbianTasks.swap.patterns[0].to;
  const rows = [...times.keys()].filter(
    (k) => times[k] > swapped + 0.75 * SWAPPED_AFTER && times[k] <= swapped + SWAPPED_AFTER,
  );
  const then = weights.map((values) => mean(rows.map((k) => values[k])));
  return {
    'channel 1 ahead before': yes(isLargest(settled[0], 0)),
    'channel 2 over channel 1 after 1000': yes(then[1] > then[0]),
    'channel 2 ahead at the end': yes(isLargest(settled[1], 1)),
  };
}

/** A Hebbian neuron under spikes. */
export const hebbianNeuron: Validation<ShownNeuron> = {
  title: 'a spiking neuron that learns by itself, after Fil et al., our reactions',
  system: 'hebbian',
  origin: 'reconstruction',
  source: 'Fil, Dalchau & Chu, ACS Synth. Biol. 2022, arXiv 2206.02519',
  seedOf: 'spike trains',
  standard: 'bias',
  recipes: {
    bias: recipe(
      'channel 1 spikes twice as often as 2 and 3; m = 1, 3 and 5',
      { task: 'bias', cooperativities: [1, 3, 5] },
      [
        sampled('m = 1: H1 over the others', 1.43),
        sampled('m = 3: H1 over the others', 1.44),
        sampled('m = 5: H1 over the others', 1.5),
        ...[1, 3, 5].map((m) => inPart(`m = ${m}: channel 1 ahead`, 1, 'specification')),
        ...minimalSize,
      ],
      biasValues,
    ),
    correlation: recipe(
      'channel 2 follows channel 1 after 2 time units, channel 3 spikes as often by itself; m = 1, 3 and 5',
      { task: 'correlation', cooperativities: [1, 3, 5] },
      [
        sampled('m = 1: H1 and H2 over H3', 1.06),
        sampled('m = 3: H1 and H2 over H3', 1.15),
        sampled('m = 5: H1 and H2 over H3', 1.18),
        ...[1, 3, 5].map((m) => sampled(`m = ${m}: leading over lagging`, [0.87, 0.92])),
        ...[1, 3, 5].map((m) => inPart(`m = ${m}: the later one ahead`, 1, 'specification')),
      ],
      ({ ratios, settled: [[leading, lagging]] }, m) => ({
        [`m = ${m}: H1 and H2 over H3`]: ratios[0],
        [`m = ${m}: leading over lagging`]: leading / lagging,
        [`m = ${m}: the later one ahead`]: yes(lagging > leading),
      }),
    ),
    swap: recipe(
      'channel 1 spikes twice as often, after half of the time channel 2; m = 3',
      { task: 'swap', cooperativities: [SHOWN] },
      [
        inPart('channel 1 ahead before', 1, 'specification'),
        inPart('channel 2 over channel 1 after 1000', 1, 'specification'),
        inPart('channel 2 ahead at the end', 1, 'specification'),
      ],
      swapValues,
    ),
    reversible: recipe(
      'bias, every reaction with its reverse, 8 kT a rung; m = 3',
      { task: 'bias', cooperativities: [SHOWN], reversible: true },
      [
        sampled('m = 3: H1 over the others', 1.44),
        inPart('m = 3: channel 1 ahead', 1, 'specification'),
        ...sizeClaims(5 * CHANNELS + SHOWN + 2, 16 * CHANNELS + 2 * SHOWN + 2, 'mathematics'),
      ],
      biasValues,
    ),
    molecules: recipe(
      'bias, 1000 molecules a unit of concentration; m = 3',
      { task: 'bias', cooperativities: [SHOWN], volume: 1000 },
      [sampled('m = 3: H1 over the others', 1.44), inPart('m = 3: channel 1 ahead', 1, 'specification')],
      biasValues,
    ),
  },
};
