import { existsSync, readFileSync } from 'node:fs';

/**
 * Cases of the SBML stochastic suite written by hand as networks of molecules (volume 1). What the suite publishes of them
 * is read from the shared data, where they are there.
 */
export const suiteCases: Record<string, string> = {
  '00002': 'init X = 100; X ->{0.1} 2 X; X ->{0.11} ∅',
  '00004': 'init X = 10; X ->{0.1} 2 X; X ->{0.11} ∅',
  '00006': 'init X = 100; const Sink = 0; X ->{0.1} 2 X; X ->{0.11} Sink',
  // Concentrations in a compartment of size 2: the laws take half of the number.
  '00011': 'init X = 100; X ->{0.1/2} 2 X; X ->{0.11/2} ∅',
  '00020': '-> X; X ->{0.1} ∅',
  '00023': '->{1000} X; X ->{0.1} ∅',
  // A constant law whatever there is of the source, which the environment holds.
  '00024': 'const Source = 0; const Sink = 0; Source -> X [rate 10]; X ->{0.1} Sink',
  '00025': 'const Source = 0; Source -> X [rate 10]; X ->{0.1} Sink',
  '00030': 'init P = 100; 2 P ->{0.001/2} P2; P2 ->{0.01} 2 P',
  '00031': 'init P = 1000; 2 P ->{0.0002/2} P2; P2 ->{0.004} 2 P',
  '00038': '-> 10 X; X ->{0.4} ∅',
  '00039': '-> 100 X; X ->{4} ∅',
};

/** Mean and standard deviation of one species at the times 0, 1 … 50. */
export interface Published {
  species: string;
  mean: number[];
  sd: number[];
}

const folder = new URL('../../../shared/data/sbml-suite/stochastic/', import.meta.url);

/** Whether the suite lies beside the checkout. */
export const hasSuite = existsSync(folder);

export function published(id: string): Published[] {
  const text = readFileSync(new URL(`${id}/${id}-results.csv`, folder), 'utf8');
  const [head, ...rows] = text
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(',').map((cell) => cell.trim()));
  const column = (name: string) => rows.map((row) => Number(row[head.indexOf(name)]));
  const species = head.filter((name) => name.endsWith('-mean')).map((name) => name.slice(0, -'-mean'.length));
  return species.map((name) => ({ species: name, mean: column(`${name}-mean`), sd: column(`${name}-sd`) }));
}
