/** What a piece of a network's text is, for colouring it. */
export type TokenClass =
  | 'keyword'
  | 'label'
  | 'species'
  /** The name of a compartment, an observable or a channel. */
  | 'part'
  | 'parameter'
  /** A name in a rate law, where species and parameters look alike. */
  | 'name'
  | 'function'
  | 'method'
  | 'number'
  | 'arrow'
  | 'nothing'
  | 'symbol'
  | 'separator'
  | 'comment'
  | 'invalid';

export interface Token {
  class: TokenClass;
  /** Offsets into the line. */
  from: number;
  to: number;
}

const SPACE = '[ \\t\\v\\f\\u00a0\\ufeff\\u1680\\u2000-\\u200a\\u202f\\u205f\\u3000]';
const PART = "[\\p{L}\\p{M}\\p{Nd}_']";
const pattern = (source: string) => new RegExp(source, 'uy');

const space = pattern(`${SPACE}+`);
const comment = pattern('(?:#|//)[^\\n\\r\\u2028\\u2029\\u0085]*');
const word = pattern(
  `[\\p{L}_]${PART}*(?:\\[${SPACE}*${PART}+${SPACE}*(?:,${SPACE}*${PART}+${SPACE}*)*\\])?`,
);
const rail = pattern(`[+-](?=$|${SPACE}|[\\n\\r\\u2028\\u2029\\u0085,;|)\\]}=*^#]|//)`);
const number = pattern('(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?');
const separator = pattern('\\r\\n|[;|\\n\\r\\u2028\\u2029\\u0085]');
const quoted = pattern('`[^`\\n\\r\\u2028\\u2029\\u0085]*`?');
const arrow = pattern('->|<->');
const far = pattern('[→⟶⇒⟹➔←⟵⇐↔⟷⇔⇌⇋⇄⇆]');
const dashes = pattern('[-=<>~]{1,6}');
const symbol = pattern('\\+=|[-+*/^()\\[\\]{},:=]');
const nothing = pattern('∅');
const other = pattern('[^]');

type Shape = 'name' | 'number' | 'arrow' | 'symbol' | 'nothing' | 'separator' | 'comment' | 'invalid';

interface Piece {
  shape: Shape;
  from: number;
  to: number;
  text: string;
}

/** Cuts a line as the library's reader does. */
function cut(line: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  const match = (expression: RegExp): number => {
    expression.lastIndex = at;
    return expression.test(line) ? expression.lastIndex : -1;
  };
  const take = (): [Shape, number] => {
    let end = match(comment);
    if (end >= 0) return ['comment', end];
    end = match(word);
    if (end >= 0) {
      at = end;
      const after = match(rail);
      return ['name', after < 0 ? end : after];
    }
    end = match(number);
    if (end >= 0) return ['number', end];
    end = match(separator);
    if (end >= 0) return ['separator', end];
    end = match(quoted);
    if (end >= 0) return [end > at + 2 && line[end - 1] === '`' ? 'name' : 'invalid', end];
    end = match(arrow);
    if (end >= 0) return ['arrow', end];
    end = match(far);
    if (end >= 0) return ['invalid', end];
    end = match(dashes);
    if (end >= 0 && /^~|[<>]/.test(line.slice(at, end))) return ['invalid', end];
    end = match(symbol);
    if (end >= 0) return ['symbol', end];
    end = match(nothing);
    if (end >= 0) return ['nothing', end];
    return ['invalid', match(other)];
  };
  while (at < line.length) {
    const spaced = match(space);
    if (spaced >= 0) at = spaced;
    if (at >= line.length) break;
    const from = at;
    const [shape, to] = take();
    pieces.push({ shape, from, to, text: line.slice(from, to) });
    at = to;
  }
  return pieces;
}

const keywords = new Set(
  'param init const phase dose simulate save rtol atol method compartment amount observable'.split(' '),
);
const clauses = new Set('to save rtol atol method'.split(' '));
const functions = new Set(['exp', 'ln', 'sqrt']);

/** The names of one statement told apart by where they stand. */
function classify(pieces: readonly Piece[]): TokenClass[] {
  const is = (k: number, text: string) => pieces[k]?.text === text;
  const [first, second] = pieces;
  const statement =
    first?.shape === 'name' &&
    keywords.has(first.text) &&
    second?.shape !== 'arrow' &&
    !(second?.shape === 'symbol' && ['+', ':', '{'].includes(second.text)) &&
    !(second?.shape === 'invalid' && /[<>~→⟶⇒⟹➔←⟵⇐↔⟷⇔⇌⇋⇄⇆]/.test(second.text))
      ? first.text
      : undefined;
  // Where the reader is inside the statement; what a name then means.
  let place = '';
  let awaiting: TokenClass | undefined;
  if (statement === 'init' || statement === 'const' || statement === 'dose') awaiting = 'species';
  if (statement === 'phase') awaiting = 'label';
  if (statement === 'compartment' || statement === 'observable') awaiting = 'part';
  const expression = (k: number): TokenClass =>
    functions.has(pieces[k].text) && is(k + 1, '(') ? 'function' : 'parameter';
  const nameOf = (k: number): TokenClass => {
    const { text } = pieces[k];
    if (statement === undefined) {
      if (k === 0 && is(1, ':')) return 'label';
      if (place === '{') return expression(k);
      if (place === 'law') return functions.has(text) && is(k + 1, '(') ? 'function' : 'name';
      if (place === 'channel') return 'part';
      if (place === '[') {
        place = text === 'channel' ? 'channel' : 'law';
        return 'keyword';
      }
      return 'species';
    }
    if (k === 0) {
      place = statement;
      return 'keyword';
    }
    if (awaiting) {
      const given = awaiting;
      awaiting = undefined;
      return given;
    }
    if (statement === 'phase' || statement === 'dose') {
      if (place === 'active') return 'label';
      if (text === 'when') {
        awaiting = 'species';
        return 'keyword';
      }
      if (text === 'rises' || text === 'falls') return 'keyword';
      if (text === 'at') {
        awaiting = 'label';
        return 'keyword';
      }
      return expression(k);
    }
    if (statement === 'amount' || statement === 'observable') return 'species';
    if (statement === 'compartment') return place === 'inside' ? 'species' : expression(k);
    if (statement === 'param' || statement === 'init' || statement === 'const') return expression(k);
    if (place === 'method') {
      place = '';
      return 'method';
    }
    if (place === 'atol' && is(k + 1, '=')) return 'species';
    if (place === 'save' && text === 'log') return 'keyword';
    if (clauses.has(text)) {
      place = text;
      return 'keyword';
    }
    return expression(k);
  };
  return pieces.map(({ shape, text }, k) => {
    if (shape === 'name') return nameOf(k);
    if (shape === 'symbol') {
      if (statement === undefined && (text === '{' || text === '[')) place = text;
      if (statement === undefined && (text === '}' || text === ']')) place = '';
      if (statement === undefined && text === ',' && place === 'law') place = '[';
      if (text === ',' && (statement === 'init' || statement === 'const')) awaiting = 'species';
      if (text === ',' && statement === 'observable') awaiting = 'part';
      if (text === ':' && statement === 'compartment') place = 'inside';
      if (text === ':' && statement === 'phase') place = 'active';
    }
    return shape;
  });
}

/** The tokens of a line, white space left out. No token and no statement goes on in the next line. */
export function tokensOf(line: string): Token[] {
  const tokens: Token[] = [];
  let statement: Piece[] = [];
  const flush = () => {
    const classes = classify(statement);
    for (const [k, { from, to }] of statement.entries()) tokens.push({ class: classes[k], from, to });
    statement = [];
  };
  for (const piece of cut(line)) {
    if (piece.shape !== 'separator' && piece.shape !== 'comment') {
      statement.push(piece);
      continue;
    }
    flush();
    tokens.push({ class: piece.shape, from: piece.from, to: piece.to });
  }
  flush();
  return tokens;
}
