import { existsSync, readFileSync } from 'node:fs';

/** A reference network kept beside the checkout as JSON, with reactions by species index. */
export interface StoredNetwork {
  species: string[];
  y0: number[];
  reactions: { reactants: [number, number][]; products: [number, number][]; k: number }[];
  tspan: [number, number];
  /** Absolute tolerances are multiplied by it. */
  atolScale: number;
  reference: { y: number[] };
}

/** The stored network of this name in the folder `shared` beside the checkout, or `null` where there is none. */
export function storedNetwork(name: string, checkout: URL): StoredNetwork | null {
  const file = new URL(`../shared/data/problems/${name}.json`, checkout);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
}

/** In the package's text syntax. */
export function storedText({ species, y0, reactions }: StoredNetwork): string {
  const quoted = species.map((name) => `\`${name}\``);
  const side = (terms: [number, number][]) => terms.map(([s, n]) => `${n} ${quoted[s]}`).join(' + ') || '∅';
  return [
    ...y0.map((value, s) => `init ${quoted[s]} = ${value}`),
    ...reactions.map(({ reactants, products, k }) => `${side(reactants)} ->{${k}} ${side(products)}`),
  ].join('\n');
}
