import * as Q from '../../assembly/stochastic/layout';
import { RecordWriter } from '../compile/record.js';
import type { Network } from '../network/model.js';
import { type Channel, type Circumstances, channelsOf, type Factor } from './channels.js';
import { type Dependencies, dependenciesOf } from './dependencies.js';
import { type ReactantOrders, reactantOrders } from './orders.js';

/** A network compiled for one phase: a flat record that the kernel runs, and whom its channels belong to. */
export interface StochasticProblem {
  record: ArrayBuffer;
  channels: readonly Channel[];
  /** Propensities that an event changes, on average over channels. */
  dependents: number;
}

/** The form c·n[a]·(n[b] − less) of a propensity, if it has it. The slot after the species holds 1. */
function pairOf(
  { terms }: Channel,
  one: number,
): { coefficient: number; a: number; b: number; less: number } | undefined {
  if (terms.length !== 1 || terms[0].coefficient < 0) return undefined;
  const [{ coefficient, factors }] = terms;
  const [first, second] = factors;
  if (factors.length === 0) return { coefficient, a: one, b: one, less: 0 };
  if (factors.length === 1) {
    const { species, order, falls } = first;
    if (order === 1) return { coefficient, a: species, b: one, less: 0 };
    return order === 2 ? { coefficient, a: species, b: species, less: falls ? 1 : 0 } : undefined;
  }
  if (factors.length > 2 || first.order !== 1 || second.order !== 1) return undefined;
  return { coefficient, a: first.species, b: second.species, less: 0 };
}

/**
 * Compiles the active reactions of a network into channels in molecules.
 * @throws RangeError as `channelsOf`
 */
export function compileStochastic(
  network: Network,
  active: readonly number[],
  given: Circumstances,
): StochasticProblem {
  const species = network.species.length;
  const all = channelsOf(network, active, given);
  const simple = all.filter((channel) => pairOf(channel, species) !== undefined);
  const general = all.filter((channel) => pairOf(channel, species) === undefined);
  const channels = [...simple, ...general];
  const dependencies = dependenciesOf(channels, species);
  const writer = new RecordWriter();
  writer.set(Q.Q_SPECIES, species);
  writer.set(Q.Q_CHANNELS, channels.length);
  writer.set(Q.Q_PAIR_END, simple.length);
  writer.bytes(Q.Q_CHANNEL_OFFSET, channelTable(channels, dependencies, species));
  writeTerms(writer, general);
  writer.bytes(Q.Q_CHANGE_OFFSET, changeTable(channels));
  writer.words(Q.Q_DEPENDENT_OFFSET, dependencies.dependents);
  if (dependencies.readers !== undefined) writer.words(Q.Q_READER_OFFSET, dependencies.readers);
  writeOrders(writer, reactantOrders(channels, species));
  writer.words(
    Q.Q_TIMID_OFFSET,
    channels.map(({ terms }) => (terms.some((term) => term.coefficient < 0) ? 1 : 0)),
  );
  return { record: writer.finish(), channels, dependents: dependencies.mean };
}

function channelTable(channels: readonly Channel[], { start }: Dependencies, one: number): ArrayBuffer {
  const buffer = new ArrayBuffer((channels.length + 1) * Q.C_BYTES);
  const doubles = new Float64Array(buffer);
  const words = new Int32Array(buffer);
  let changes = 0;
  for (let c = 0; c <= channels.length; c++) {
    const d = (c * Q.C_BYTES) / 8;
    const w = (c * Q.C_BYTES) / 4;
    words[w + Q.C_CHANGES] = changes;
    words[w + Q.C_DEPENDENTS] = start[c];
    if (c === channels.length) break;
    changes += channels[c].change.length;
    const pair = pairOf(channels[c], one);
    if (pair === undefined) continue;
    doubles[d + Q.C_COEFFICIENT] = pair.coefficient;
    doubles[d + Q.C_LESS] = pair.less;
    words[w + Q.C_A] = pair.a;
    words[w + Q.C_B] = pair.b;
  }
  return buffer;
}

function changeTable(channels: readonly Channel[]): ArrayBuffer {
  const all = channels.flatMap(({ change }) => change);
  const buffer = new ArrayBuffer(all.length * Q.V_BYTES);
  const doubles = new Float64Array(buffer);
  const words = new Int32Array(buffer);
  all.forEach(({ species, value }, i) => {
    doubles[(i * Q.V_BYTES) / 8 + Q.V_VALUE] = value;
    words[(i * Q.V_BYTES) / 4 + Q.V_SPECIES] = species;
  });
  return buffer;
}

function writeTerms(writer: RecordWriter, general: readonly Channel[]): void {
  const terms = general.flatMap((channel) => channel.terms);
  const factors: Factor[] = terms.flatMap((term) => term.factors);
  writer.words(Q.Q_TERM_START_OFFSET, edges(general.map((channel) => channel.terms.length)));
  writer.doubles(
    Q.Q_TERM_COEFFICIENT_OFFSET,
    terms.map(({ coefficient }) => coefficient),
  );
  writer.words(Q.Q_FACTOR_START_OFFSET, edges(terms.map((term) => term.factors.length)));
  writer.words(
    Q.Q_FACTOR_SPECIES_OFFSET,
    factors.map(({ species }) => species),
  );
  writer.doubles(
    Q.Q_FACTOR_ORDER_OFFSET,
    factors.map(({ order }) => order),
  );
  writer.words(
    Q.Q_FACTOR_FALLS_OFFSET,
    factors.map(({ falls }) => (falls ? 1 : 0)),
  );
}

function writeOrders(writer: RecordWriter, { species, start, weights, members }: ReactantOrders): void {
  writer.set(Q.Q_REACTANTS, species.length);
  writer.words(Q.Q_REACTANT_OFFSET, species);
  writer.words(Q.Q_ORDER_START_OFFSET, start);
  writer.doubles(Q.Q_ORDER_WEIGHT_OFFSET, weights);
  writer.words(Q.Q_ORDER_MEMBERS_OFFSET, members);
}

/** Running sums from 0. */
function edges(lengths: readonly number[]): number[] {
  const sums = [0];
  for (const length of lengths) sums.push(sums[sums.length - 1] + length);
  return sums;
}
