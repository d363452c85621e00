import type { Expression, Network } from 'neural-crn';
import { type Token, tokensOf } from './tokens';

/** A number of the network that a slider moves. */
export interface Value {
  /** `p:k1` a parameter, `r:0` the constant of the first reaction, `i:A` a start. */
  id: string;
  kind: 'parameter' | 'constant' | 'initial';
  /** The parameter, the species, or the reaction in short. */
  name: string;
  /** As the text has it. */
  value: number;
}

/** Values that differ from the text's, by `Value.id`. */
export type Changes = Readonly<Record<string, number>>;

/** A number written out, perhaps behind a minus sign; expressions are not for sliders. */
function plain(expression: Expression): number | undefined {
  if (expression.kind === 'number') return expression.value;
  if (expression.kind === 'negate' && expression.operand.kind === 'number') return -expression.operand.value;
  return undefined;
}

const side = (network: Network, terms: Network['reactions'][number]['reactants']): string =>
  terms.length === 0
    ? '∅'
    : terms
        .map(({ species, value }) => `${value === 1 ? '' : `${value} `}${network.species[species].name}`)
        .join(' + ');

const most = 40;
const cut = (text: string): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

/** Parameters, then starts above 0, constants in reactions, and the starts that are 0. */
export function valuesOf(network: Network): Value[] {
  const values: Value[] = [];
  for (const { name, value } of network.parameters) {
    const number = plain(value);
    if (number !== undefined) values.push({ id: `p:${name}`, kind: 'parameter', name, value: number });
  }
  const absent: Value[] = [];
  for (const { name, initial } of network.species) {
    const value = plain(initial);
    if (value === undefined) continue;
    (value === 0 ? absent : values).push({ id: `i:${name}`, kind: 'initial', name, value });
  }
  for (const [k, { reactants, products, rate }] of network.reactions.entries()) {
    const value = plain(rate);
    if (value === undefined) continue;
    const name = cut(`${side(network, reactants)} → ${side(network, products)}`);
    values.push({ id: `r:${k}`, kind: 'constant', name, value });
  }
  return [...values, ...absent];
}

const number = (value: number): Expression => ({ kind: 'number', value });

/** The network with other values; what has gone from the text meanwhile is passed over. */
export function withValues(network: Network, changes: Changes): Network {
  const of = (id: string): number | undefined => changes[id];
  return {
    ...network,
    parameters: network.parameters.map((parameter) => {
      const value = of(`p:${parameter.name}`);
      return value === undefined ? parameter : { ...parameter, value: number(value) };
    }),
    species: network.species.map((species) => {
      const value = of(`i:${species.name}`);
      return value === undefined ? species : { ...species, initial: number(value) };
    }),
    reactions: network.reactions.map((reaction, k) => {
      const value = of(`r:${k}`);
      return value === undefined ? reaction : { ...reaction, rate: number(value) };
    }),
  };
}

interface Line {
  start: number;
  text: string;
  tokens: Token[];
}

const lines = (text: string): Line[] => {
  let start = 0;
  return text.split('\n').map((line) => {
    const found = { start, text: line, tokens: tokensOf(line) };
    start += line.length + 1;
    return found;
  });
};

interface Edit {
  from: number;
  to: number;
  insert: string;
}

/** Where the number stands that is written after `name =`, or what is to be put in. */
function assignment(
  all: readonly Line[],
  name: string,
  wanted: 'parameter' | 'species',
): [number, number] | undefined {
  for (const { start, text, tokens } of all) {
    let keyword = '';
    for (const [k, token] of tokens.entries()) {
      const word = text.slice(token.from, token.to);
      if (token.class === 'separator') keyword = '';
      if (token.class === 'keyword') keyword = word;
      const assigns =
        wanted === 'parameter' ? keyword === 'param' : keyword === 'init' || keyword === 'const';
      if (!assigns || token.class !== wanted) continue;
      if (word.replace(/^`|`$/g, '').replace(/\s/g, '') !== name.replace(/\s/g, '')) continue;
      const equals = tokens[k + 1];
      if (equals === undefined || text.slice(equals.from, equals.to) !== '=') continue;
      let next = k + 2;
      const from = tokens[next]?.from;
      if (from !== undefined && text.slice(from, from + 1) === '-') next++;
      if (tokens[next]?.class !== 'number') continue;
      return [start + from, start + tokens[next].to];
    }
  }
  return undefined;
}

/** Where the constant stands of the `nth` arrow's direction in a statement that begins at a token. */
function constant(line: Line, column: number, second: boolean): [number, number] | number | undefined {
  const first = line.tokens.findIndex(({ from }) => from >= column - 1);
  if (first < 0) return undefined;
  const arrow = line.tokens.findIndex((token, k) => k >= first && token.class === 'arrow');
  if (arrow < 0) return undefined;
  const word = (k: number) => {
    const token = line.tokens[k];
    return token === undefined ? '' : line.text.slice(token.from, token.to);
  };
  let k = arrow + 1;
  if (second) {
    if (word(k) !== '{') return undefined;
    while (k < line.tokens.length && word(k) !== '}') k++;
    k++;
  }
  if (word(k) !== '{') return second ? undefined : line.start + line.tokens[arrow].to;
  if (line.tokens[k + 1]?.class !== 'number' || word(k + 2) !== '}') return undefined;
  return [line.start + line.tokens[k + 1].from, line.start + line.tokens[k + 1].to];
}

/**
 * The text with the values written into it, comments and order as they are.
 * @returns `undefined` when a value stands in no place of its own
 */
export function writeValues(text: string, network: Network, changes: Changes): string | undefined {
  if (Object.keys(changes).length === 0) return text;
  const all = lines(text);
  const edits: Edit[] = [];
  const added: string[] = [];
  for (const [id, value] of Object.entries(changes)) {
    const insert = String(value);
    const name = id.slice(2);
    if (id.startsWith('r:')) {
      const k = Number(name);
      const reaction = network.reactions[k];
      if (reaction === undefined) continue;
      const { span } = reaction;
      const line = span && all[span.line - 1];
      if (!span || !line || reaction.law === 'explicit') return undefined;
      const before = network.reactions[k - 1]?.span;
      const second = before !== undefined && before.line === span.line && before.column === span.column;
      const place = constant(line, span.column, second);
      if (place === undefined) return undefined;
      if (typeof place === 'number') {
        // An arrow without constants: of a reversible one both would be needed.
        const after = network.reactions[k + 1]?.span;
        if (second || (after && after.line === span.line && after.column === span.column)) return undefined;
        edits.push({ from: place, to: place, insert: `{${insert}}` });
      } else edits.push({ from: place[0], to: place[1], insert });
      continue;
    }
    const place = assignment(all, name, id.startsWith('p:') ? 'parameter' : 'species');
    if (place) edits.push({ from: place[0], to: place[1], insert });
    else if (id.startsWith('i:')) added.push(`init ${writtenName(name)} = ${insert}`);
    else return undefined;
  }
  edits.sort((a, b) => b.from - a.from);
  let written = text;
  for (const { from, to, insert } of edits) written = written.slice(0, from) + insert + written.slice(to);
  return added.length === 0 ? written : `${written.replace(/\n*$/, '\n')}${added.join('\n')}\n`;
}

function writtenName(name: string): string {
  const [token, ...more] = tokensOf(`init ${name} = 1`).slice(1);
  const whole = token?.class === 'species' && token.to - token.from === name.length && more.length === 2;
  return whole ? name : `\`${name}\``;
}
