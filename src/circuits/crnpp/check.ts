import { surveyExpression } from '../../network/expression.js';
import type { Finding, IssueList } from '../../network/issues.js';
import type { Expression, SourceSpan } from '../../network/model.js';
import { showName } from '../../network/names.js';
import type { Command, CrnppProgram } from './program.js';

/** Which species a command writes, and under which condition. */
interface Target {
  species: string;
  condition: string;
}

/**
 * What a program must keep so that its reactions compute what it says.
 * @param wanted names that only whoever calls the program gives a number
 */
export function checkProgram(program: CrnppProgram, wanted: ReadonlySet<string>, issues: IssueList): void {
  const { steps, always, values, concentrations } = program;
  if (steps.length === 0 && always.length === 0) {
    issues.error({
      code: 'emptyProgram',
      message: 'the program has no commands',
      at: { line: 1, column: 1 },
    });
  }
  const known = new Set(values.map(({ name }) => name));
  const checkValue = (value: Expression, at: SourceSpan | undefined) => {
    for (const { name } of surveyExpression(value).parameters) {
      if (known.has(name)) continue;
      const message = wanted.has(name)
        ? `${showName(name)} is an argument of the program and has no number`
        : `${showName(name)} has no number`;
      issues.error({ code: 'unknownValue', message, hint: `write \`${name} = 1;\` before the program`, at });
    }
  };
  for (const { value, at } of [...values, ...concentrations]) checkValue(value, at);
  const compares = (commands: readonly Command[]) => commands.some(({ kind }) => kind === 'cmp');
  const compared = steps.some(compares);
  for (const [i, commands] of [always, ...steps].entries()) {
    const inStep = i > 0;
    const targets: Target[] = [];
    const comparisons = commands.filter(({ kind }) => kind === 'cmp');
    const isComparing = inStep && comparisons.length > 0;
    const visit = (list: readonly Command[], condition: string): void => {
      for (const command of list) {
        const finding = fault(command, { mayCompare: inStep && condition === '', compared, isComparing });
        if (finding) issues.error({ ...finding, at: command.at });
        if (command.kind === 'reaction') {
          checkValue(command.rate, command.at);
          if (command.reverse) checkValue(command.reverse, command.at);
        }
        const target = targetOf(command);
        if (target !== null) {
          const other = targets.find((one) => one.species === target && mayMeet(one.condition, condition));
          if (other) {
            const message = `${showName(target)} is written twice ${inStep ? 'in one step' : 'at the same time'}`;
            issues.warning({ code: 'writtenTwice', message, at: command.at });
          }
          targets.push({ species: target, condition });
        }
        if ('body' in command)
          visit(command.body, condition + (command.kind === 'if' ? command.condition : '?'));
      }
    };
    visit(commands, '');
    if (comparisons.length > 1) {
      const message = 'a step compares once: there is one set of flags';
      issues.error({ code: 'secondComparison', message, at: comparisons[1]!.at });
    }
  }
}

/** Where a command stands. */
interface Place {
  /** In a step, and under no condition. */
  mayCompare: boolean;
  /** Whether the program compares anywhere. */
  compared: boolean;
  /** Whether its own step does. */
  isComparing: boolean;
}

function fault(command: Command, { mayCompare, compared, isComparing }: Place): Finding | null {
  switch (command.kind) {
    case 'module': {
      const { module, species } = command;
      const target = species.at(-1)!;
      if (!species.slice(0, -1).includes(target)) return null;
      const message = `\`${module}\` cannot write ${showName(target)}, which it also reads`;
      const hint = 'write to another species, and load it back in the next step';
      return { code: 'sameSpecies', message, hint };
    }
    case 'am':
    case 'cmp': {
      const [one, other] = command.species;
      if (one === other) {
        return {
          code: 'sameSpecies',
          message: `\`${command.kind}\` takes two different species, not ${showName(one)} twice`,
        };
      }
      if (command.kind === 'am' || mayCompare) return null;
      return { code: 'misplacedComparison', message: '`cmp` stands in a step, and under no condition' };
    }
    case 'if':
      if (isComparing) {
        const message = `\`${command.condition}\` stands in a step that compares, whose flags are decided only after it`;
        return { code: 'earlyCondition', message, hint: 'put it into a later step' };
      }
      if (compared) return null;
      return {
        code: 'nothingCompared',
        message: `\`${command.condition}\` depends on a comparison, but the program makes none`,
        hint: 'compare in a step before: `step[{ cmp[a, b] }]`',
      };
    default:
      return null;
  }
}

const targetOf = (command: Command): string | null =>
  command.kind === 'module' ? command.species.at(-1)! : null;

/** Conditions of one comparison that are never true together. */
const apart = [
  ['ifGT', 'ifEQ'],
  ['ifGT', 'ifLE'],
  ['ifGT', 'ifLT'],
  ['ifEQ', 'ifLT'],
  ['ifGE', 'ifLT'],
];

function mayMeet(one: string, other: string): boolean {
  return !apart.some(
    ([a, b]) => (one.startsWith(a!) && other.startsWith(b!)) || (one.startsWith(b!) && other.startsWith(a!)),
  );
}
