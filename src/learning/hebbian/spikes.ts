import type { HebbianCircuit } from '../../circuits/index.js';
import type { Network } from '../../network/index.js';
import type { SchedulePhase } from '../../simulate/types.js';
import { createRandom } from '../random.js';

/** A spike in a channel, which count from 1. */
export interface Spike {
  time: number;
  channel: number;
}

/** A stretch of Poisson trains, and channels that follow others. */
export interface SpikePattern {
  /** Spikes per unit of time, channel by channel; 0 for one that only follows. */
  rates: readonly number[];
  /** Channels whose spikes repeat those of another after so long. */
  follow?: readonly { channel: number; leader: number; after: number }[];
  /** Until when. */
  to: number;
}

/**
 * Draws spike trains: Poisson in each channel, from a stream of its own of the seed, so that channels do not depend on each
 * other but where they follow.
 * @param patterns one after the other
 * @returns in order of time
 * @throws RangeError for rates, times or channels that cannot be
 */
export function poissonSpikes(patterns: readonly SpikePattern[], seed = 0): Spike[] {
  const spikes: Spike[] = [];
  let from = 0;
  for (const [p, { rates, follow = [], to }] of patterns.entries()) {
    if (!(to > from && Number.isFinite(to))) {
      throw new RangeError(`patterns[${p + 1}].to must be above ${from}, got ${to}`);
    }
    const trains = rates.map((rate, n) => {
      if (!(rate >= 0 && Number.isFinite(rate))) {
        throw new RangeError(`patterns[${p + 1}].rates[${n + 1}] must be a finite number ≥ 0, got ${rate}`);
      }
      return rate === 0 ? [] : train(rate, from, to, seed, `spikes ${p} ${n}`);
    });
    for (const { channel, leader, after } of follow) {
      const known = (n: number) => Number.isInteger(n) && n >= 1 && n <= rates.length;
      if (!known(channel) || !known(leader) || !(after > 0 && Number.isFinite(after))) {
        throw new RangeError(
          `patterns[${p + 1}].follow: a channel from 1 to ${rates.length} follows another after a time > 0, got ` +
            JSON.stringify({ channel, leader, after }),
        );
      }
      trains[channel - 1].push(...trains[leader - 1].map((time) => time + after).filter((time) => time < to));
    }
    trains.forEach((times, n) => {
      for (const time of times) spikes.push({ time, channel: n + 1 });
    });
    from = to;
  }
  return spikes.sort((a, b) => a.time - b.time || a.channel - b.channel);
}

function train(rate: number, from: number, to: number, seed: number, stream: string): number[] {
  const random = createRandom(seed, stream);
  const times: number[] = [];
  for (let t = from + random.exponential() / rate; t < to; t += random.exponential() / rate) times.push(t);
  return times;
}

/**
 * Spikes as a schedule, for `simulate` and `simulateStochastic`: all reactions all the time, and a dose at each spike.
 * @throws RangeError for a spike in a channel that the neuron does not have, or out of order
 */
export function spikeSchedule(
  circuit: HebbianCircuit,
  spikes: readonly Spike[],
  to: number,
): SchedulePhase[] {
  const { inputs, settings } = circuit;
  const phases: SchedulePhase[] = [];
  let at = 0;
  let doses: NonNullable<SchedulePhase['doses']> = [];
  const close = (end: number) => {
    if (end === at) return;
    phases.push({ name: `spike${phases.length}`, duration: end - at, active: '*', doses });
    at = end;
    doses = [];
  };
  spikes.forEach(({ time, channel }, k) => {
    if (!(time >= at && time < to)) {
      throw new RangeError(`spikes[${k + 1}].time must be from ${at} to below ${to}, got ${time}`);
    }
    if (inputs[channel - 1] === undefined) {
      throw new RangeError(`spikes[${k + 1}].channel must be from 1 to ${inputs.length}, got ${channel}`);
    }
    close(time);
    doses.push({ species: inputs[channel - 1], amount: settings.spike });
  });
  close(to);
  return phases;
}

/**
 * A neuron's network with the spikes as phases and doses of its own, to print or to simulate.
 * @throws RangeError as `spikeSchedule`
 */
export function withSpikes(circuit: HebbianCircuit, spikes: readonly Spike[], to: number): Network {
  const { network } = circuit;
  const number = (value: number) => ({ kind: 'number' as const, value });
  const place = new Map(network.species.map(({ name }, s) => [name, s]));
  const schedule = spikeSchedule(circuit, spikes, to);
  return {
    ...network,
    phases: schedule.map(({ name, duration, active }) => ({ name, duration: number(duration), active })),
    doses: schedule.flatMap(({ name, doses = [] }) =>
      doses.map(({ species, amount }) => ({
        species: place.get(species) as number,
        amount: number(amount),
        mode: 'add' as const,
        at: { kind: 'phase' as const, phase: name },
      })),
    ),
    simulation: {
      ...network.simulation,
      to: number(to),
      save: { kind: 'uniform' as const, intervals: Math.ceil(to) },
    },
  };
}
