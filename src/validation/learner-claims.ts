import type { LearnerReport } from '../learning/index.js';
import type { Claim } from './claim.js';
import { exactly, inPart } from './validation.js';

/** A claim on runs of a learner's task, with where its number is in a report. */
export interface LearnerClaim extends Claim {
  /** `null` where the run has none. */
  value: (report: LearnerReport) => number | null;
}

/** Part of the examples or points that must be decided rightly to count as learned. */
export const LEARNED = 0.9;

const size = (species: number, reactions: number): LearnerClaim[] => [
  { ...exactly('species', species, 'specification'), value: ({ circuit }) => circuit.species },
  { ...exactly('reactions', reactions, 'specification'), value: ({ circuit }) => circuit.reactions },
];

/** Learned from at least this part of the starts. */
const learned = (part: number, by: Claim['by']): LearnerClaim => ({
  ...inPart('learns', part, by),
  value: ({ metrics: { accuracy } }) => (accuracy === null ? null : Number(accuracy >= LEARNED)),
});

/** As often as its ideal: chemistry loses nothing that the algorithm has. */
const asIdeal: LearnerClaim = {
  ...inPart('learns where its ideal does', 1, 'mathematics'),
  value: ({ metrics: { accuracy, twinAccuracy } }) =>
    accuracy === null ? null : Number(accuracy >= LEARNED || twinAccuracy < LEARNED),
};

const stops = (part: number): LearnerClaim => ({
  ...inPart('stops itself', part, 'authors'),
  value: ({ stoppedAfter }) => Number(stoppedAfter !== null),
});

/** The weights' largest difference from the ideal's, at most ten times what an independent simulation has from one start. */
const off = (wanted: number): LearnerClaim => ({
  name: 'off by',
  by: 'specification',
  wanted: 10 * wanted,
  tolerance: { kind: 'atMost' },
  value: ({ metrics: { difference } }) => difference,
});

/** Outputs for the examples at the end, beside the ideal's: alike to three decimals. */
const outputsAsIdeal: LearnerClaim = {
  name: 'outputs off by',
  by: 'specification',
  wanted: 5e-4,
  tolerance: { kind: 'atMost' },
  value: ({ metrics: { outputDifference } }) => outputDifference,
};

const agrees: LearnerClaim = {
  ...inPart('decides all as the digital network', 1, 'authors'),
  value: ({ metrics: { agreement } }) => (agreement === null ? null : Number(agreement === 1)),
};

/** What runs of learners' tasks must come to, by task and recipe; `*` stands for all recipes of a task that have none of their own. */
export const learnerClaims: Readonly<Record<string, Readonly<Record<string, readonly LearnerClaim[]>>>> = {
  'bfcnn-xor': {
    '2-4-1': [learned(0.95, 'specification'), asIdeal, stops(0.95)],
    '2-4-1-majority': [learned(0.95, 'specification'), asIdeal, stops(0.95)],
    '2-2-1': [...size(200, 565), asIdeal],
    '2-2-1-ring': [...size(303, 738), asIdeal],
  },
  'bfcnn-or': {
    '2-2-1': [...size(200, 565), learned(1, 'specification'), stops(1)],
    '*': [learned(1, 'specification'), stops(1)],
  },
  'bfcnn-phases': { T10: [off(2e-3)], T20: [off(1.5e-6)], T30: [off(4e-9)], T40: [off(3e-10)] },
  'lakin-xor': {
    '2-6-1': [asIdeal],
    // With rails that annihilate slowly a sum that passes zero may part chemistry and ideal.
    '2-2-1': size(80, 203),
  },
  'one-pot-xor': {
    '2-6-1': [asIdeal, outputsAsIdeal],
    '2-3-1': [...size(194, 597), asIdeal, outputsAsIdeal],
  },
  'perceptron-gates': { '*': [learned(1, 'authors')] },
  'perturbation-gates': { '*': [learned(1, 'authors')] },
  'rate-independent-iris': {
    ternary: [agrees],
    unreduced: [...size(54, 40), agrees],
    quarters: [agrees],
    'quarters-divided': [agrees],
  },
};

/** The claims on a recipe of a task. */
export function claimsOn(experiment: string, recipe: string): readonly LearnerClaim[] {
  const own = Object.hasOwn(learnerClaims, experiment) ? learnerClaims[experiment] : {};
  return own[recipe] ?? own['*'] ?? [];
}
