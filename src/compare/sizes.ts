import { lab } from '../lab/index.js';
import { parameterValues, rateConstants } from '../network/index.js';
import { entrantOf } from './entrant.js';

/** What a system's answer to a problem is made of, before anything is simulated. Plain data. */
export interface CompareSize {
  /** The network, in a few words; whose reactions. */
  network: string;
  origin: string;
  chemical: string;
  /** What is done from outside. */
  digital: string[];
  species: number;
  reactions: number;
  /** Reactions by the number of their reactant molecules, from 0 on. */
  molecularity: number[];
  /** Phases of a step. */
  phases: number;
  /** What switches them. */
  clock: 'outside' | 'inside' | 'none';
  /** Different rate constants that are not 0, and largest over smallest. */
  constants: number;
  range: number;
  /** Seconds in one unit of the network's time, at 100 nM and 1e6 /M/s for the largest constant of second order. */
  timeUnit: number;
  trainedElsewhere: string | null;
}

/** Constants that agree to so many digits are one. */
const DIGITS = 9;

/** @throws RangeError for names that there are not, or a system that has no answer to the problem */
export function compareSize(system: string, problem: string): CompareSize {
  const { compared, entry, circuit } = entrantOf(system, problem, 0);
  const { network } = circuit;
  const molecularity: number[] = [];
  for (const { reactants } of network.reactions) {
    const molecules = reactants.reduce((sum, { value }) => sum + value, 0);
    while (molecularity.length <= molecules) molecularity.push(0);
    molecularity[molecules]++;
  }
  const rates = [...rateConstants(network, parameterValues(network))].filter((rate) => rate > 0);
  const { timeUnit, range } = lab(network);
  const phases = circuit.clock?.measure.phases.length ?? circuit.phases.length;
  return {
    network: entry.network,
    origin: circuit.origin,
    chemical: compared.chemical,
    digital: circuit.digital,
    species: circuit.counts.species,
    reactions: circuit.counts.reactions,
    molecularity,
    phases,
    clock: circuit.clock ? 'inside' : phases > 1 ? 'outside' : 'none',
    constants: new Set(rates.map((rate) => rate.toPrecision(DIGITS))).size,
    range,
    timeUnit,
    trainedElsewhere: entry.trainedElsewhere ?? null,
  };
}
