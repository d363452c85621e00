/** Roles of species by the letters of neural circuits, in the order in which a reader thinks of them. */
export const ROLES: readonly { title: string; letters: readonly string[] }[] = [
  { title: 'Inputs and label', letters: ['X', 'X0', 'Y'] },
  { title: 'Nodes and output', letters: ['O', 'D', 'Z', 'U'] },
  {
    title: 'Errors, sensitivities and gradients',
    letters: ['E', 'L', 'A', 'F', 'G', 'V', 'M', 'N', 'K', 'S', 'Q'],
  },
  { title: 'Clock', letters: ['C', 'C1', 'C2', 'C3', 'C4', 'C5', 'C6', 'C7', 'C8'] },
];

/** Weights have a panel of their own. */
const WEIGHTS = /^[PWBH]$/;

/** The letters that a species' name begins with: `Z` of `Z[1,2]+`. */
export const letters = (name: string): string => name.replace(/\[.*$/, '').replace(/[+-]$/, '');

/** What the two rails of a signal share: `Z[1]` of `Z[1]+`. */
export const signalName = (name: string): string => name.replace(/[+-]$/, '');

export interface SignalRows {
  name: string;
  /** Places of its rails among the species; one where it has no second. */
  rails: { place: number; sign: '+' | '-' | '' }[];
}

export interface Role {
  title: string;
  signals: SignalRows[];
}

/** Species by role, the rails of a signal together. */
export function roles(species: readonly string[]): Role[] {
  const signals = new Map<string, SignalRows>();
  species.forEach((name, place) => {
    const own = signalName(name);
    const sign = name.endsWith('+') ? '+' : name.endsWith('-') ? '-' : '';
    const signal = signals.get(own) ?? { name: own, rails: [] };
    signal.rails.push({ place, sign });
    signals.set(own, signal);
  });
  const all = [...signals.values()].sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
  // A clock's species come with dimers, which else would be outputs.
  const clocked = all.some(({ name }) => letters(name) === 'C');
  const groups = ROLES.map(({ title, letters: own }) => ({
    title,
    letters: !clocked ? own : own.includes('C') ? [...own, 'D'] : own.filter((letter) => letter !== 'D'),
  }));
  const named = groups.map(({ title, letters: own }) => ({
    title,
    signals: own.flatMap((letter) => all.filter(({ name }) => letters(name) === letter)),
  }));
  const told = new Set(named.flatMap(({ signals }) => signals));
  const others = all.filter((signal) => !told.has(signal) && !WEIGHTS.test(letters(signal.name)));
  return [...named, { title: 'Other species', signals: others }].filter(({ signals }) => signals.length > 0);
}
