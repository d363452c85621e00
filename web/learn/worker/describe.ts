import {
  activeReactions,
  analyse,
  evaluateExpression,
  type Network,
  parameterValues,
  printNetwork,
  rateConstants,
} from 'neural-crn';
import {
  type Circuit,
  clockedCounts,
  type NeuralCrnOptions,
  neuralCrn,
  neuralSettings,
  phaseCounts,
} from 'neural-crn/circuits';
import { type NamedTask, type Samples, type Task, tasks } from 'neural-crn/learning';
import { type CircuitChanges, CSV, type Setup } from '../setup';
import { taskOf } from './plan';
import type { Plane } from './plane';
import type { Description, NetworkPicture, OptionChoice, Points, RecipeName } from './protocol';

/** The recipes of every task, for the lists of the page. */
export function recipeNames(): Record<string, RecipeName[]> {
  return Object.fromEntries(
    Object.entries(tasks as Readonly<Record<string, NamedTask>>)
      // Their data are in a package that the page does not have.
      .filter(([, { apart }]) => apart === undefined)
      .map(([task, { recipes, standard, create }]) => [
        task,
        Object.entries(recipes).map(([name, { title, settings }]) => ({
          name,
          title,
          settings,
          dynamics: create({ recipe: name }).circuit.dynamics ?? 'linear',
          standard: name === standard,
        })),
      ]),
  );
}

const points = ({ inputs, targets }: Samples): Points => ({
  inputs: Float64Array.from(inputs.flat()),
  targets: Float64Array.from(targets),
});

/** What the page says of a task and its circuit before anything is learned. */
export function describe(task: Task, circuit: Circuit, setup: Setup): Omit<Description, 'table' | 'resumed'> {
  const { labels, features } = task;
  const { options, network } = circuit;
  const values = parameterValues(network);
  const value = labels === undefined || labels.kind === 'value';
  const threshold = (labels?.kind === 'value' ? labels.threshold : undefined) ?? null;
  const classes = labels?.kind === 'oneHot' ? labels.classes : threshold === null ? [] : ['0', '1'];
  const named = setup.task === CSV ? undefined : tasks[setup.task as keyof typeof tasks];
  return {
    experiment: task.experiment,
    features,
    target: task.target,
    classes: value && threshold !== null ? binaryNames(task, threshold) : classes,
    threshold,
    epochs: task.epochs,
    order: task.order,
    train: points(task.train),
    validation: points(task.validation),
    plane: features.length === 2 && classes.length > 0 ? planeOf(task) : null,
    settings: options,
    recipe: named === undefined ? null : (setup.recipe ?? named.standard),
    clock: circuit.clock
      ? { kind: circuit.clock.options.kind, period: circuit.clock.measure.period.mean }
      : null,
    choices: choicesOf(setup, task, circuit),
    fixed: fixedOf(circuit),
    weightNames: circuit.weights.map(({ plus }) => `θ${plus.replace(/^P/, '').replace(/[+]$/, '')}`),
    counts: circuit.counts,
    moieties: analyse(network).moieties.length,
    phaseCounts: network.phases.map(({ name, duration }) => ({
      name,
      duration: evaluateExpression(duration, values),
      ...phaseCounts(network, name),
    })),
    digital: circuit.digital,
    notes: task.notes,
    network: pictureOf(network),
    networkText: printNetwork(network),
  };
}

/** Labels of two classes that one output tells apart: the values on either side. */
function binaryNames({ train, target }: Task, threshold: number): string[] {
  const below = train.targets.find((value) => value < threshold);
  const above = train.targets.find((value) => value >= threshold);
  return [`${target} = ${below ?? '0'}`, `${target} = ${above ?? '1'}`];
}

/** The part of the plane where there is data: all of it, without room that single rails could not hold. */
function planeOf({ train, validation, grid }: Task): Plane {
  const rows = [...train.inputs, ...validation.inputs, ...(grid?.inputs ?? [])];
  const span = (side: 0 | 1): [number, number] => [
    rows.reduce((least, row) => Math.min(least, row[side]), Number.POSITIVE_INFINITY),
    rows.reduce((most, row) => Math.max(most, row[side]), Number.NEGATIVE_INFINITY),
  ];
  return { x: span(0), y: span(1) };
}

const OPTIONS = {
  wiring: ['diagonal', 'full', 'recurrent'],
  adjoint: ['constant', 'leaky', 'frozen', 'exact'],
  readout: ['sum', 'signed', 'trained'],
  rails: ['dual', 'positive'],
} as const;

/** Reactions above which no circuit is even tried: they would take minutes to build, and hours to run. */
const MOST_RECURRENT = 6;

/** Which values each option could have in this circuit, and why not. */
function choicesOf(setup: Setup, task: Task, circuit: Circuit): Description['choices'] {
  const tried = (name: keyof typeof OPTIONS, value: string): OptionChoice => {
    if (circuit.options[name] === value) return { value };
    try {
      if (value === 'recurrent' && circuit.options.inputs > MOST_RECURRENT)
        throw new RangeError(`recurrent nodes take 4n⁴ reactions: at most ${MOST_RECURRENT} inputs here`);
      neuralSettings(settled(setup, task, { [name]: value }));
      return { value };
    } catch (error) {
      return { value, reason: (error as Error).message };
    }
  };
  const choices = Object.fromEntries(
    Object.entries(OPTIONS).map(([name, values]) => [
      name,
      values.map((value) => tried(name as keyof typeof OPTIONS, value)),
    ]),
  ) as Omit<Description['choices'], 'clock'>;
  return { ...choices, clock: clockChoices(task, setup) };
}

function settled(setup: Setup, task: Task, change: CircuitChanges): NeuralCrnOptions {
  if (setup.task === CSV) return { ...task.circuit, ...change };
  return taskOf({ ...setup, clock: 'none', circuit: { ...setup.circuit, ...change } }).circuit;
}

function clockChoices({ circuit }: Task, { gate }: Setup): OptionChoice[] {
  const plain = neuralCrn(circuit);
  const choice = (kind: 'coop' | 'ring'): OptionChoice => {
    try {
      clockedCounts(plain, { kind, gate });
      return { value: kind };
    } catch (error) {
      return { value: kind, reason: (error as Error).message };
    }
  };
  return [{ value: 'none' }, choice('coop'), choice('ring')];
}

/** Numbers that say nothing in this circuit. */
function fixedOf({ options, clock }: Circuit): Description['fixed'] {
  const { wiring, start, readout, error, dynamics } = options;
  return {
    ...(wiring === 'diagonal' && { hidden: 'diagonal wiring has one node for each input' }),
    ...(wiring === 'recurrent' && { hidden: 'recurrent nodes start at the inputs: one for each' }),
    ...(wiring === 'full' && start === 'input' && { hidden: 'nodes start at the inputs: one for each' }),
    ...(error === 'hinge' && dynamics === 'linear' && { hidden: 'linear nodes with the hinge: one' }),
    ...(readout !== 'trained' && { readoutRate: 'the read-out is not trained' }),
    ...(clock && { learnTime: 'the clock inside says how long phases last' }),
  };
}

function pictureOf(network: Network): NetworkPicture {
  const { species, phases } = network;
  const rates = rateConstants(network, parameterValues(network));
  const active = phases.map((phase) => new Set(activeReactions(network, phase.active)));
  const terms = (list: { species: number; value: number }[]) =>
    list.map(({ species, value }) => ({ species, count: value }));
  return {
    species: species.map(({ name }) => name),
    phases: phases.map(({ name }) => name),
    reactions: network.reactions.map((reaction, index) => ({
      label: reaction.label ?? '',
      reactants: terms(reaction.reactants),
      products: terms(reaction.products),
      orders: terms(reaction.orders),
      rate: rates[index],
      active: active.length === 0 ? [true] : active.map((set) => set.has(index)),
    })),
  };
}
