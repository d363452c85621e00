/** Small models in SBML, written for these tests, and formulas for them. */

const spaces: Record<string, string> = {
  '2.1': 'http://www.sbml.org/sbml/level2',
  '2.2': 'http://www.sbml.org/sbml/level2/version2',
  '2.3': 'http://www.sbml.org/sbml/level2/version3',
  '2.4': 'http://www.sbml.org/sbml/level2/version4',
  '2.5': 'http://www.sbml.org/sbml/level2/version5',
  '3.1': 'http://www.sbml.org/sbml/level3/version1/core',
  '3.2': 'http://www.sbml.org/sbml/level3/version2/core',
};

export const editions = Object.keys(spaces);

/** A file with these parts of a model. */
export function sbmlFile(model: string, edition = '3.2', attributes = ''): string {
  const [level, version] = edition.split('.');
  return `<?xml version="1.0" encoding="UTF-8"?>
<sbml xmlns="${spaces[edition]}" level="${level}" version="${version}">
  <model id="m"${attributes}>
${model}
  </model>
</sbml>
`;
}

/** A list with its items, or nothing for none. */
export const list = (name: string, ...items: string[]): string =>
  items.length === 0
    ? ''
    : `    <listOf${name}>\n${items.map((item) => `      ${item}\n`).join('')}    </listOf${name}>`;

const attributesText = (attributes: Record<string, unknown>): string =>
  Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${value}"`)
    .join('');

export const compartment = (id: string, attributes: Record<string, unknown> = {}): string =>
  `<compartment${attributesText({ id, spatialDimensions: 3, size: 1, constant: true, ...attributes })}/>`;

/** In the compartment `c` and of amount 1, unless the attributes say otherwise. */
export function species(id: string, attributes: Record<string, unknown> = {}): string {
  const initial = 'initialConcentration' in attributes ? {} : { initialAmount: 1 };
  const usual = {
    compartment: 'c',
    ...initial,
    hasOnlySubstanceUnits: false,
    boundaryCondition: false,
    constant: false,
  };
  return `<species${attributesText({ id, ...usual, ...attributes })}/>`;
}

export const parameter = (
  id: string,
  value: number | undefined,
  attributes: Record<string, unknown> = {},
): string => `<parameter${attributesText({ id, value, constant: true, ...attributes })}/>`;

/** MathML of a formula in the form `times(k, plus(A, 2))`. */
export const math = (formula: string): string =>
  `<math xmlns="http://www.w3.org/1998/Math/MathML">${mathPart(formula)}</math>`;

const operators =
  /^(plus|minus|times|divide|power|root|exp|ln|log|floor|abs|sin|gt|lt|geq|leq|and|or|piecewise)$/;

/** The same without `<math>`. */
export function mathPart(formula: string): string {
  const text = formula.trim();
  const call = /^(\w+)\((.*)\)$/s.exec(text);
  if (call) {
    const [, name, inside] = call;
    const parts = splitTop(inside!).map(mathPart).join('');
    return `<apply>${operators.test(name!) ? `<${name}/>` : `<ci>${name}</ci>`}${parts}</apply>`;
  }
  if (/^-?[\d.]/.test(text)) return `<cn>${text}</cn>`;
  if (text.startsWith('<')) return text;
  return `<ci>${text}</ci>`;
}

function splitTop(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '(') depth++;
    else if (text[i] === ')') depth--;
    else if (text[i] === ',' && depth === 0) {
      parts.push(text.slice(start, i));
      start = i + 1;
    }
  }
  const last = text.slice(start);
  return last.trim() === '' && parts.length === 0 ? [] : [...parts, last];
}

/** Reactants or products: `A`, `2 B`. */
function side(name: string, terms: readonly string[], level: number): string {
  if (terms.length === 0) return '';
  const references = terms.map((term) => {
    if (/^¦?</.test(term)) return term;
    const [species, stoichiometry] = term.split(' ').reverse();
    const fixed = level > 2 ? ' constant="true"' : '';
    return `<speciesReference species="${species}" stoichiometry="${stoichiometry ?? 1}"${fixed}/>`;
  });
  return `<listOf${name}>${references.join('')}</listOf${name}>`;
}

export interface ReactionParts {
  level?: number;
  reversible?: boolean;
  locals?: string;
  attributes?: string;
  law?: string;
}

/** A reaction on one line: `reaction('R', ['A', '2 B'], ['C'], 'times(k, A)')`. */
export function reaction(
  id: string,
  reactants: readonly string[],
  products: readonly string[],
  formula: string,
  parts: ReactionParts = {},
): string {
  const { level = 3, reversible = false, locals = '', attributes = '', law = '' } = parts;
  const sides = side('Reactants', reactants, level) + side('Products', products, level);
  const inside = `<kineticLaw${law}>${math(formula)}${locals}</kineticLaw>`;
  return `<reaction id="${id}" reversible="${reversible}"${attributes}>${sides}${inside}</reaction>`;
}
