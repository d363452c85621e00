import type { Circuit, CircuitClock } from '../circuits/index.js';
import { wholeFrom } from '../network/limits.js';
import type { SolverOptions } from '../simulate/types.js';
import { ClockedPot } from './clocked-pot.js';
import { createPhasedPot } from './create-pot.js';
import { type Model, modelCircuit } from './model.js';
import { prepare } from './prepare.js';

/** Concentrations through one example, all phases. */
export interface ExampleTrace {
  species: readonly string[];
  /** From 0, the start of phase 1. The edge between two phases occurs twice: before and after its end. */
  times: number[];
  /** `concentrations[k]` belongs to `times[k]`: all species, in order. */
  concentrations: number[][];
  phases: { name: string; from: number; to: number }[];
  /** Of the first output, in concentration units. */
  prediction: number;
}

export interface TraceOptions extends SolverOptions {
  /** Intervals in each phase. Default 200. */
  intervals?: number;
}

/**
 * Runs one example through all phases in a fresh pot with the model's weights and keeps the concentrations, for a
 * picture. Times are evenly spaced in phase 1 and quadratically where everything relaxes, since most happens early.
 * Under a clock inside they are evenly spaced over one turn of it, from one dose to the next, and the edge between the
 * phases is where predictions are read.
 *
 * @param row one row of features and its label, in the data's own units
 */
export async function traceExample(
  model: Model,
  row: { inputs: readonly number[]; target: number },
  options: TraceOptions = {},
): Promise<ExampleTrace> {
  const { intervals = 200, ...solver } = options;
  wholeFrom('intervals', intervals, 1);
  const circuit = modelCircuit(model);
  const { x, y } = prepare(
    circuit,
    model.scaling,
    { inputs: [row.inputs], targets: [row.target] },
    model,
    'example',
    model.labels,
  );
  const settings = { ...model.solver, ...solver };
  if (circuit.clock)
    return traceTurn(circuit, circuit.clock, model, { x: x[0], y: y[0] }, intervals, settings);
  const pot = await createPhasedPot(circuit, settings);
  try {
    pot.load(model.parameters.concentrations);
    const loaded = pot.snapshot();
    const [prediction] = pot.predict(x[0]);
    pot.restore(loaded);
    pot.start(x[0], y[0]);
    const trace: ExampleTrace = {
      species: pot.species,
      times: [],
      concentrations: [],
      phases: [],
      prediction,
    };
    const record = (name: string, from: number, duration: number, spacing: (part: number) => number) => {
      const grid = Array.from({ length: intervals + 1 }, (_, k) => duration * spacing(k / intervals));
      const rows = pot.record(name, grid);
      const width = pot.species.length;
      grid.forEach((time, k) => {
        trace.times.push(from + time);
        trace.concentrations.push([...rows.subarray(k * width, (k + 1) * width)]);
      });
      trace.phases.push({ name, from, to: from + duration });
    };
    let from = 0;
    for (const { name, duration, relaxes } of pot.phases) {
      record(name, from, duration, (part) => (relaxes ? part * part : part));
      from += duration;
    }
    return trace;
  } finally {
    pot.dispose();
  }
}

/** One example through a turn of the clock inside. */
async function traceTurn(
  circuit: Circuit,
  clock: CircuitClock,
  model: Model,
  { x, y }: { x: readonly number[]; y: readonly number[] },
  intervals: number,
  solver: SolverOptions,
): Promise<ExampleTrace> {
  const pot = await ClockedPot.create(circuit, solver);
  try {
    pot.load(model.parameters.concentrations);
    const loaded = pot.snapshot();
    const [prediction] = pot.predict(x);
    pot.restore(loaded);
    const { period } = clock.measure;
    const times = Array.from({ length: 2 * intervals + 1 }, (_, k) => (period.mean * k) / (2 * intervals));
    const rows = pot.record(x, y, times);
    const width = pot.species.length;
    const concentrations = times.map((_, k) => [...rows.subarray(k * width, (k + 1) * width)]);
    const place = pot.species.indexOf(clock.read.species);
    const levels = concentrations.map((row) => row[place]);
    const { direction, level: edgeLevel } = clock.read;
    const peak = levels.indexOf(Math.max(...levels));
    const isPast = (level: number, k: number) =>
      direction === 'rises' ? level >= edgeLevel : k > peak && level < edgeLevel;
    const edge = times[levels.findIndex(isPast)];
    return {
      species: pot.species,
      times,
      concentrations,
      phases: [
        { name: circuit.phases.feed, from: 0, to: edge },
        { name: circuit.phases.learn, from: edge, to: period.mean },
      ],
      prediction,
    };
  } finally {
    pot.dispose();
  }
}
