import type { Circuit } from 'neural-crn/circuits';
import {
  type Checkpoint,
  loadCheckpoint,
  loadModel,
  type Samples,
  type Task,
  tasks,
} from 'neural-crn/learning';
import type { Setup } from '../setup';
import { PIXELS } from '../subset';
import type { Description, Images, RecipeName } from './protocol';

let known: RecipeName[] | undefined;

/** Circuits that one schedule of two phases drives, by which an image is drawn. */
function recipeNames(): RecipeName[] {
  const { recipes, standard, create } = tasks.digits;
  known ??= Object.entries(recipes)
    .filter(([recipe]) => create({ recipe }).clock === undefined)
    .map(([name, { title }]) => ({ name, title, standard: name === standard }));
  return known;
}

/** The task that a setup describes, of the images that are offered. @throws RangeError or DataError for what cannot be */
export const taskOf = ({ recipe, seed }: Setup): Task =>
  tasks.digits.create({ seed, ...(recipe !== null && { recipe }) });

/** What a file has in it that a pot can begin with: the weights of a model, or a run to be continued. */
export type Begin = { task: Task; resume?: Checkpoint };

/**
 * A model or a checkpoint as the command line writes them.
 * @throws TypeError or RangeError when it is neither, or not of digits
 */
export function beginWith(text: string, setup: Setup): Begin {
  const format = formatOf(text);
  if (format === 'neural-crn-checkpoint') {
    const checkpoint = loadCheckpoint(text);
    refuseOthers(checkpoint.task);
    return { task: checkpoint.task, resume: checkpoint };
  }
  if (format !== 'neural-crn-model')
    throw new TypeError(
      'the file is neither a model nor a checkpoint of neural-crn: model.json or checkpoint.json',
    );
  const model = loadModel(text);
  refuseOthers(model);
  const { theta, W } = model.parameters;
  const task = taskOf(setup);
  return {
    task: {
      ...task,
      circuit: { ...model.circuit.options, theta, ...(W && { readoutWeights: W }) },
      scaling: model.scaling,
    },
  };
}

function formatOf(text: string): unknown {
  try {
    return (JSON.parse(text) as { format?: unknown } | null)?.format;
  } catch {
    return undefined;
  }
}

/** A pot that reads something else than 64 pixels, or decides something else than ten digits. */
function refuseOthers({ features, labels, clock }: Pick<Task, 'features' | 'labels' | 'clock'>): void {
  const classes = labels?.kind === 'oneHot' ? labels.classes.length : 0;
  if (features.length !== PIXELS || classes !== 10)
    throw new RangeError(
      `it reads ${features.length} features and decides between ${classes} classes; digits have ${PIXELS} pixels and ten`,
    );
  if (clock !== undefined) throw new RangeError('it has a clock inside, which this view cannot draw');
}

const imagesOf = ({ inputs, targets }: Samples): Images => ({
  pixels: Float32Array.from(inputs.flat()),
  labels: Uint8Array.from(targets),
});

/** What the page says of a run before anything is learned. */
export function describe(
  task: Task,
  circuit: Circuit,
  setup: Setup,
): Omit<Description, 'images' | 'pot' | 'resumed'> {
  const recipes = recipeNames();
  const { options, phases, counts, digital } = circuit;
  return {
    recipes,
    recipe: setup.recipe ?? tasks.digits.standard,
    title: task.notes[0],
    classes: task.labels?.kind === 'oneHot' ? task.labels.classes : [],
    train: imagesOf(task.train),
    validation: imagesOf(task.validation),
    test: task.grid?.inputs.length ?? 0,
    nodes: options.hidden,
    epochs: task.epochs,
    counts,
    phases: [
      { name: phases.feed, duration: options.horizon },
      { name: phases.learn, duration: options.learnTime },
    ],
    digital,
    notes: task.notes.slice(1),
  };
}
