/**
 * Dual rail: a signed quantity is the difference of two concentrations, v = [V+] − [V−]. A quantity known to be
 * non-negative needs one species only.
 */

/** Which rails a circuit's inputs, weights and output have. */
export type Rails = 'positive' | 'dual';

/** +1 or −1: the rail, and the sign with which its concentration counts. */
export type Sign = 1 | -1;

/** A quantity held in one species (`minus` is `null`) or in the difference of two. */
export interface Signal {
  plus: string;
  minus: string | null;
}

/** One rail of a signal: a species and the sign with which it counts. */
export interface Rail {
  species: string;
  sign: Sign;
  /** `p` or `n` in the labels of reactions; empty for a signal with one rail. */
  letter: '' | 'p' | 'n';
}

/** A signal in two species, `X[1]+` and `X[1]-`. */
export function dual(name: string): Signal {
  return { plus: `${name}+`, minus: `${name}-` };
}

/** A non-negative signal in one species. */
export function single(name: string): Signal {
  return { plus: name, minus: null };
}

/** The signal −a: the rails of a dual signal exchanged. @throws RangeError for a signal with one rail */
export function turned(signal: Signal): Signal {
  return { plus: railOf(signal, -1), minus: signal.plus };
}

/** The rails of a signal, positive first. */
export function rails(signal: Signal): Rail[] {
  if (signal.minus === null) return [{ species: signal.plus, sign: 1, letter: '' }];
  return [
    { species: signal.plus, sign: 1, letter: 'p' },
    { species: signal.minus, sign: -1, letter: 'n' },
  ];
}

/** The rail of a product: + · + and − · − are +, the others −. */
export function signProduct(a: Sign, b: Sign): Sign {
  return a === b ? 1 : -1;
}

/**
 * The species of `signal` that counts with `sign`.
 * @throws RangeError when the signal has no such rail
 */
export function railOf(signal: Signal, sign: Sign): string {
  if (sign === 1) return signal.plus;
  if (signal.minus === null) throw new RangeError(`${signal.plus} has no negative rail`);
  return signal.minus;
}

/** The signed value of a signal, given its concentrations. */
export function signedValue(signal: Signal, concentration: (species: string) => number): number {
  return signal.minus === null
    ? concentration(signal.plus)
    : concentration(signal.plus) - concentration(signal.minus);
}
