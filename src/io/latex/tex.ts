import type { Expression } from '../../network/model.js';

const special: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  $: '\\$',
  '&': '\\&',
  '#': '\\#',
  '%': '\\%',
  _: '\\_',
  '^': '\\textasciicircum{}',
  '~': '\\textasciitilde{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
  '|': '\\textbar{}',
  '"': "''",
};

/** Names of Greek letters from α on; ς has none, ο is an o. */
const greek =
  'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi o pi rho varsigma sigma tau upsilon phi chi psi omega'.split(
    ' ',
  );

/** A text in a text of LaTeX, whatever the engine. */
export function texText(text: string): string {
  let written = '';
  for (const character of text) {
    const code = character.codePointAt(0)!;
    if (Object.hasOwn(special, character)) written += special[character];
    else if (code >= 32 && code < 127) written += character;
    else if (code >= 0x3b1 && code <= 0x3c9 && code !== 0x3bf)
      written += `\\ensuremath{\\${greek[code - 0x3b1]}}`;
    else if (character === '∅') written += '\\ensuremath{\\varnothing}';
    else written += `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  }
  return written;
}

/** A name in mathematics: an index list as an index, a rail as a sign above. */
export function texName(name: string): string {
  const parts = /^([^[\]']+)('*)(?:\[([^[\]]+)\])?([+-])?$/.exec(name);
  if (!parts) return `\\text{${texText(name)}}`;
  const [, base, primes, index, rail] = parts as unknown as [string, string, string, string?, string?];
  const below = index === undefined ? '' : `_{\\text{${texText(index)}}}`;
  const above = `${'\\prime'.repeat(primes.length)}${rail ?? ''}`;
  return `\\text{${texText(base)}}${below}${above === '' ? '' : `^{${above}}`}`;
}

export function texNumber(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? '\\infty' : '-\\infty';
  const [mantissa, exponent] = String(Object.is(value, -0) ? 0 : value).split('e');
  if (exponent === undefined) return mantissa!;
  const power = `10^{${Number(exponent)}}`;
  return mantissa === '1' ? power : `${mantissa} \\times ${power}`;
}

const strength = { sum: 1, product: 2, whole: 3 };

/** A constant in mathematics. */
export const texFormula = (expression: Expression): string => part(expression, strength.sum);

/** The same as a factor. */
export const texFactor = (expression: Expression): string => part(expression, strength.product);

function part(expression: Expression, least: number): string {
  const [text, holds] = node(expression);
  return holds < least ? `\\left(${text}\\right)` : text;
}

function node(expression: Expression): [string, number] {
  switch (expression.kind) {
    case 'number': {
      const { value } = expression;
      const text = texNumber(value);
      if (value < 0 || Object.is(value, -0)) return [text, strength.sum];
      return [text, text.includes('times') ? strength.product : strength.whole];
    }
    case 'parameter':
      return [texName(expression.name), strength.whole];
    case 'negate':
      return [`-${part(expression.operand, strength.product)}`, strength.sum];
    case 'call': {
      const argument = part(expression.argument, strength.sum);
      if (expression.name === 'sqrt') return [`\\sqrt{${argument}}`, strength.whole];
      return [`\\${expression.name}\\left(${argument}\\right)`, strength.whole];
    }
    case 'binary': {
      const { operator, left, right } = expression;
      if (operator === '^')
        return [`{${part(left, strength.whole)}}^{${part(right, strength.sum)}}`, strength.product];
      if (operator === '/')
        return [`\\frac{${part(left, strength.sum)}}{${part(right, strength.sum)}}`, strength.product];
      if (operator === '*') {
        return [`${part(left, strength.product)}\\,${part(right, strength.product)}`, strength.product];
      }
      return [`${part(left, strength.sum)} ${operator} ${part(right, strength.product)}`, strength.sum];
    }
  }
}
