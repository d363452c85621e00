import type { Term } from '../network/assemble-parts.js';
import type { Token, Tokens } from './tokens.js';

/** How a language writes the sides of reactions. */
export interface SideRules {
  /** True where a token ends a side. */
  ends(token: Token): boolean;
  /** Words and signs for an empty side. */
  nothing: readonly string[];
}

/** `A + 2 B`, in which a species may occur repeatedly; a number may have a `*` behind it. */
export function readSide(tokens: Tokens, { ends, nothing }: SideRules): Term[] {
  const terms = new Map<string, Term>();
  if (ends(tokens.token)) return [];
  if (nothing.includes(tokens.token.text) && tokens.token.kind !== 'string' && followsNothing(tokens, ends)) {
    tokens.advance();
    return [];
  }
  do {
    let value = 1;
    if (tokens.token.kind === 'number') {
      value = tokens.advance().value;
      tokens.take('*');
    }
    const { token } = tokens;
    if (token.kind !== 'name' && token.kind !== 'string') tokens.expected('a species');
    tokens.advance();
    const same = terms.get(token.text);
    if (same) same.value += value;
    else terms.set(token.text, { name: token.text, value, at: tokens.placeOf(token) });
  } while (tokens.take('+'));
  return [...terms.values()];
}

/** `0` alone is nothing, `0 A` is a species. */
function followsNothing(tokens: Tokens, ends: (token: Token) => boolean): boolean {
  return ends(tokens.peek());
}
