import type { Dialect } from '../../reading/tokens.js';

/** Words of Antimony that name nothing of a model. */
export const reservedWords: ReadonlySet<string> = new Set(
  (
    'model module end function import species compartment formula reaction event operator DNA gene const var ext in is has at ' +
    'after unit delete substanceOnly constraint priority persistent t0 fromTrigger maximize minimize and or not xor true false ' +
    'time pi avogadro exponentiale infinity INF inf NaN nan notanumber default_compartment identity created modified creator ' +
    'exp ln log log10 log2 sqrt sqr root pow power abs ceil floor factorial piecewise delay rateOf sin cos tan sec csc cot ' +
    'arcsin arccos arctan sinh cosh tanh min max quotient rem implies'
  ).split(' '),
);

export const words: Dialect = {
  name: /[A-Za-z_][A-Za-z0-9_]*/y,
  symbols: [
    '->',
    '=>',
    '-|',
    ':=',
    '>=',
    '<=',
    '==',
    '!=',
    '&&',
    '||',
    '+',
    '-',
    '*',
    '/',
    '^',
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    ',',
    ';',
    ':',
    '=',
    '<',
    '>',
    '$',
    "'",
    '!',
    '.',
    '%',
  ],
  comment: /(?:#|\/\/)[^\n\r]*/y,
  block: ['/*', '*/'],
  lines: true,
  strings: true,
};

/** Lines of comments that begin so keep the network's own text. */
export const ownTextMark = '//~';
