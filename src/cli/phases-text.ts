import { type Circuit, phaseCounts } from '../circuits/index.js';
import { short } from './numbers.js';

/** What the phases of a circuit do, in lines: of a staged circuit also their sizes, and what is done by hand. */
export function phasesText({ options, network, stages, digital }: Circuit): string[] {
  const { horizon, learnTime, rate } = options;
  if (!stages) {
    return [
      `Phase feed (${short(horizon)}) predicts; phase learn (${short(learnTime)}) updates the weights with learning rate ${short(rate)}.`,
    ];
  }
  return [
    ...stages.map(({ phase, duration, does }) => {
      const { reactions, species } = phaseCounts(network, phase);
      return `Stage ${phase} (${short(duration)}): ${does}; ${reactions} reactions of ${species} species.`;
    }),
    `The learning rate is ${short(rate)}. Not chemistry:`,
    ...digital.map((act) => `  ${act}`),
  ];
}
