import type { SolverOptions } from '../simulate/types.js';
import { type Model, modelCircuit } from './model.js';
import { prepare } from './prepare.js';
import { ScheduledPot } from './scheduled-pot.js';

/** Concentrations through one example, both phases. */
export interface ExampleTrace {
  species: readonly string[];
  /** From 0, the start of phase 1. The edge between the phases occurs twice: before and after its end. */
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
 * Runs one example through both phases in a fresh pot with the model's weights and keeps the concentrations, for a
 * picture. Times are evenly spaced in phase 1 and quadratically in phase 2, where most happens early.
 *
 * @param row one row of features and its label, in the data's own units
 */
export async function traceExample(
  model: Model,
  row: { inputs: readonly number[]; target: number },
  options: TraceOptions = {},
): Promise<ExampleTrace> {
  const { intervals = 200, ...solver } = options;
  if (!Number.isInteger(intervals) || intervals < 1) {
    throw new RangeError(`intervals must be an integer ≥ 1, got ${intervals}`);
  }
  const circuit = modelCircuit(model);
  const { x, y } = prepare(
    circuit,
    model.scaling,
    { inputs: [row.inputs], targets: [row.target] },
    model,
    'example',
    model.labels,
  );
  const pot = await ScheduledPot.create(circuit, { ...model.solver, ...solver });
  try {
    pot.load(model.parameters.concentrations);
    const loaded = pot.snapshot();
    const [prediction] = pot.predict(x[0]);
    pot.restore(loaded);
    pot.start(x[0], y[0]);
    const { horizon, learnTime } = circuit.options;
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
    record(circuit.phases.feed, 0, horizon, (part) => part);
    record(circuit.phases.learn, horizon, learnTime, (part) => part * part);
    return trace;
  } finally {
    pot.dispose();
  }
}
