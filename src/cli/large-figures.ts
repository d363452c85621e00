import type { Circuit } from '../circuits/index.js';
import type { EpochRecord, ExampleTrace, Task } from '../learning/index.js';
import { accuracyCurveFigure, type Figure, imagesFigure, type Series } from '../plot/index.js';

/** Species that can be told apart in one figure, with the patience of the reader. */
const MOST_SPECIES = 300;

/** Pixels on each side of a task's images; `undefined` where its features are none. */
export function imageSide({ features }: Task): number | undefined {
  const side = Math.round(Math.sqrt(features.length));
  return features.length >= 16 && features[0].startsWith('pixel') && side * side === features.length
    ? side
    : undefined;
}

/** Weights θ of every node to the pixels, as images. */
export function imagesPicture(task: Task, theta: readonly number[], title: string): Figure | undefined {
  const side = imageSide(task);
  if (side === undefined) return undefined;
  const inputs = task.circuit.inputs;
  const images = Array.from({ length: theta.length / inputs }, (_, i) =>
    theta.slice(i * inputs, i * inputs + side * side),
  );
  return imagesFigure({ images, side, what: 'node', title });
}

/** Accuracies by epoch beside the ideal twin's; `undefined` where there are none. */
export function accuracyPicture(history: readonly EpochRecord[], title?: string): Figure | undefined {
  const values = (key: 'trainAccuracy' | 'validationAccuracy' | 'idealValidationAccuracy') =>
    history.flatMap((record) => record[key] ?? []);
  const validation = values('validationAccuracy');
  if (validation.length === 0 || validation.length < history.length) return undefined;
  const [train, ideal] = [values('trainAccuracy'), values('idealValidationAccuracy')];
  return accuracyCurveFigure({
    epochs: history.map(({ epoch }) => epoch),
    validation,
    ...(train.length === history.length && { train }),
    ...(ideal.length === history.length && { ideal }),
    ...(title !== undefined && { title }),
  });
}

/** Concentrations of all species or, of a large circuit, what its read-outs say: E⁺ − E⁻ of every output. */
export function tracedSeries(
  { species, concentrations }: Pick<ExampleTrace, 'species' | 'concentrations'>,
  { readouts, network }: Circuit,
  { labels, target }: Pick<Task, 'labels' | 'target'>,
): Series[] {
  const values = (name: string) => {
    const place = species.indexOf(name);
    return concentrations.map((row) => row[place]);
  };
  if (network.species.length <= MOST_SPECIES) return species.map((name) => ({ name, values: values(name) }));
  const names = labels?.kind === 'oneHot' ? labels.classes : undefined;
  return readouts.map((signals, k) => {
    const rails = signals.map(({ plus, minus }) => ({
      up: values(plus),
      down: minus === null ? undefined : values(minus),
    }));
    return {
      name: `E of ${names?.[k] ?? target}`,
      values: concentrations.map((_, row) =>
        rails.reduce((sum, { up, down }) => sum + up[row] - (down?.[row] ?? 0), 0),
      ),
    };
  });
}
