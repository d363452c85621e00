import { join } from 'node:path';
import type { Experiment } from '../fit/index.js';
import { printNetwork } from '../network/index.js';
import type { Network } from '../network/model.js';
import { renderSvg } from '../plot/index.js';
import { fitFigure, measuredPoints } from './fit-figure.js';
import { writeAtomically } from './output.js';
import type { Terminal } from './terminal.js';

/** The network that was found, so that it runs as the first experiment did. */
export function runnable(network: Network, { initial = {}, times, values }: Experiment): Network {
  const first = Array.from(times).indexOf(0);
  const startOf = (name: string): number => {
    const measured = first < 0 ? undefined : values[name]?.[first];
    return initial[name] ?? measured ?? 0;
  };
  return {
    ...network,
    species: network.species.map((species) => ({
      ...species,
      initial: { kind: 'number', value: startOf(species.name) },
    })),
    simulation: { ...network.simulation, to: { kind: 'number', value: Math.max(...Array.from(times)) } },
  };
}

/** Writes `network.crn`, `report.json` and `courses.svg`. */
export async function writeFound(
  terminal: Terminal,
  folder: string,
  found: { network: Network; experiments: readonly Experiment[]; report: object },
  { title, words, to }: { title: string; words: string; to?: number },
): Promise<void> {
  const { network, experiments, report } = found;
  const files: [string, () => string | Promise<string>][] = [
    ['network.crn', () => printNetwork(runnable(network, experiments[0]))],
    ['report.json', () => `${JSON.stringify(report, null, 2)}\n`],
    [
      'courses.svg',
      async () => {
        const points = measuredPoints(experiments);
        return renderSvg(await fitFigure(title, { network, points }, experiments, {}, words, to));
      },
    ],
  ];
  for (const [name, make] of files) await writeAtomically(join(folder, name), await make());
  terminal.say(`wrote ${files.map(([name]) => name).join(', ')} to ${folder}`);
}
