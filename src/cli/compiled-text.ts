import type {
  CompileExplanation,
  DroppedReaction,
  FoldExplanation,
  KeptSum,
  PhaseExplanation,
} from '../simulate/explain.js';
import { plural } from './numbers.js';

/** Names and reactions in a list are cut after this many. */
const LISTED = 40;

export function list(names: readonly string[]): string {
  return names.length <= LISTED
    ? names.join(', ')
    : `${names.slice(0, LISTED).join(', ')}, … (${names.length} in all)`;
}

/** What compiling makes of a network, as labels and lines for people. */
export function compiledEntries({ phases }: CompileExplanation): [string, string[]][] {
  return phases.map((phase) => [
    phase.phase === '' ? 'compiled' : `compiled ${phase.phase}`,
    [...choiceLines(phase), ...phaseLines(phase)],
  ]);
}

function choiceLines({ method, other, linearSolver, kernels }: PhaseExplanation): string[] {
  return [
    `method ${method.name}: ${method.why}`,
    ...(other === undefined ? [] : [`and ${other.name}: ${other.why}`]),
    `linear solver ${linearSolver.name}: ${linearSolver.why}`,
    `kernels ${kernels.name}: ${kernels.why}`,
  ];
}

function phaseLines(phase: PhaseExplanation): string[] {
  const { unknowns, accumulators, held, reactions, dropped, merged, sums, blocks, operations } = phase;
  const number = (value: number) => value.toLocaleString('en-US');
  const listed = (what: string, names: readonly string[]) =>
    names.length === 0 ? [] : [`${what}: ${list(names)}`];
  const { derivative, jacobian, factorisation, solve, step } = operations;
  return [
    `${plural(unknowns, 'unknown')}, ${held.length} held; ${plural(reactions, 'reaction')}, ` +
      `${dropped.length} dropped, merged into ${merged}`,
    ...(phase.folded === undefined ? [] : foldedLines(phase.folded)),
    ...listed('held', held),
    ...listed('in no rate', accumulators),
    ...listed('dropped', dropped.map(droppedText)),
    ...(sums.length === 0 ? [] : [sumsText(sums)]),
    `${plural(blocks.count, 'block')}, the largest of ${number(blocks.largest)}; ` +
      `${number(phase.entries)} entries of the Jacobian, ${number(phase.fill)} of L + U`,
    `operations: derivative ${number(derivative)}, Jacobian ${number(jacobian)}, factorisation ` +
      `${number(factorisation)}, solve ${number(solve)}, a step ${number(step)}`,
    `${number(phase.bytes)} bytes, and ${number(phase.workspace)} for a run`,
  ];
}

function foldedLines({ changed, decays, gains, integrals, differences }: FoldExplanation): string[] {
  return [
    `folded: of ${plural(changed, 'species', 'species')} that change, ${gains.length} are found after the run from ` +
      `${plural(integrals, 'integral')}${differences > 0 ? `, ${plural(differences, 'pair')} of them by their difference` : ''}`,
    ...decays.map((members) => `decay alike: ${list(members)}`),
  ];
}

const droppedText = ({ reaction, label, because, species }: DroppedReaction): string =>
  `${label ?? `reaction ${reaction}`} (${because === 'constant' ? 'its constant is 0' : `never any ${species}`})`;

function sumsText(sums: readonly KeptSum[]): string {
  const eliminated = sums.flatMap(({ eliminated: species }) => species ?? []);
  const restored = sums.length - eliminated.length;
  return [
    ...(restored > 0 ? [`${plural(restored, 'conserved sum')} restored after each step`] : []),
    ...(eliminated.length > 0 ? [`eliminated by conserved sums: ${list(eliminated)}`] : []),
  ].join('; ');
}
