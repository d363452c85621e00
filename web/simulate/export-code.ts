import type { RunRequest } from './protocol';

/** A text as a template literal. */
const literal = (text: string): string =>
  `\`${text.replace(/\\/g, '\\\\').replace(/`/g, '\\`').replace(/\$\{/g, '\\${')}\``;

const key = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));

function record(entries: readonly [string, number][]): string {
  return `{ ${entries.map(([name, value]) => `${key(name)}: ${value}`).join(', ')} }`;
}

/**
 * The TypeScript that does the same as a run of the page.
 * @param until where the run ends when neither text nor settings say it
 * @param attempts steps that the run tried; the library allows a million unless it is told otherwise
 */
export function exportCode(
  { text, changes, settings, logTime }: Pick<RunRequest, 'text' | 'changes' | 'settings' | 'logTime'>,
  { until, attempts = 0 }: { until?: number | undefined; attempts?: number } = {},
): string {
  const of = (kind: string) =>
    Object.entries(changes)
      .filter(([id]) => id.startsWith(`${kind}:`))
      .map(([id, value]): [string, number] => [id.slice(2), value]);
  const [parameters, initial, constants] = [of('p'), of('i'), of('r')];
  const to = settings.to ?? until;
  const options = [
    to !== undefined && `to: ${to}`,
    settings.rtol !== undefined && `rtol: ${settings.rtol}`,
    settings.method !== undefined && `method: ${JSON.stringify(settings.method)}`,
    attempts > 1e6 && `maxSteps: ${attempts * 2}`,
    parameters.length > 0 && `parameters: ${record(parameters)}`,
    initial.length > 0 && `initial: ${record(initial)}`,
  ].filter((option) => option !== false);
  const axis = logTime ? 'logTime: true' : 'logTime: false';
  return `import { parseNetwork, simulate } from 'neural-crn';
import { renderSvg, timeCourseFigure } from 'neural-crn/plot';

const text = ${literal(text)};

const { network, issues } = parseNetwork(text);
if (network === null) {
  throw new Error(issues.map(({ line, message }) => \`line \${line}: \${message}\`).join('\\n'));
}
${constants.map(([k, value]) => `network.reactions[${k}].rate = { kind: 'number', value: ${value} };\n`).join('')}
const solution = await simulate(network${options.length > 0 ? `, {\n${options.map((option) => `  ${option},\n`).join('')}}` : ''});

console.log(solution.final, solution.stats);
export const csv = solution.toCSV();

/** The picture, in a page; in Node take \`figureToSvg\` of 'neural-crn/plot'. */
export const picture = () =>
  renderSvg(
    timeCourseFigure({
      species: solution.species,
      times: solution.times,
      columns: solution.species.map((name) => solution.column(name)),
      ${axis},
    }),
  );
`;
}
