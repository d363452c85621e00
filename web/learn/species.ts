/** Roles of species by the letters of neural circuits, as the rows of a picture. */
export const ROLES = [
  { title: 'Inputs and label', letters: /^(X0?|Y)$/ },
  { title: 'Nodes and output', letters: /^[ZOUD]$/ },
  { title: 'Errors, sensitivities and gradients', letters: /^[EAFGVMNKSQL]$/ },
  { title: 'Clock', letters: /^[CD]\d+$|^C$/ },
] as const;

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
  const named = ROLES.map(({ title, letters: own }) => ({
    title,
    signals: all.filter(({ name }) => own.test(letters(name))),
  }));
  const told = new Set(named.flatMap(({ signals }) => signals));
  const others = all.filter((signal) => !told.has(signal) && !WEIGHTS.test(letters(signal.name)));
  return [...named, { title: 'Other species', signals: others }].filter(({ signals }) => signals.length > 0);
}
