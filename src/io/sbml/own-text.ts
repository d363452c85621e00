import { evaluateExpression, parameterValues } from '../../network/expression.js';
import type { Network } from '../../network/model.js';
import { parseNetwork } from '../../network/parse.js';
import { ExportError } from '../format.js';
import { ownText, readDocument } from './document.js';
import { identify } from './identify.js';
import type { Meaning, Translation } from './network.js';
import { Source } from './source.js';
import { writeSbml } from './write.js';
import type { XmlElement } from './xml.js';

/**
 * The network whose text stands in the model's annotation, provided that the model is what is written for it, element by
 * element: then nothing of it is lost, its schedule and its directives included. Null when there is none, or another.
 */
export function readOwnText(model: XmlElement): Translation | null {
  const text = ownText(model);
  const network = text === undefined ? null : parseNetwork(text).network;
  if (network === null) return null;
  const written = writtenModel(network, model.attributes.get('name'));
  if (written === null || !sameElements(model, written)) return null;
  for (const part of partsWithSpans(network)) delete part.span;
  return { network, meanings: meaningsOf(network) };
}

function writtenModel(network: Network, name: string | undefined): XmlElement | null {
  try {
    const text = writeSbml(network, name === undefined ? {} : { name });
    return readDocument(new Source(text), text);
  } catch (error) {
    if (error instanceof RangeError || error instanceof ExportError) return null;
    throw error;
  }
}

/** True for the same elements in the same order, words and annotations aside. */
function sameElements(one: XmlElement, other: XmlElement): boolean {
  const parts = ({ children }: XmlElement) =>
    children.filter(({ name }) => name !== 'notes' && name !== 'annotation');
  const [mine, theirs] = [parts(one), parts(other)];
  return (
    one.name === other.name &&
    one.space === other.space &&
    one.text.trim() === other.text.trim() &&
    one.attributes.size === other.attributes.size &&
    [...one.attributes].every(([name, value]) => other.attributes.get(name) === value) &&
    mine.length === theirs.length &&
    mine.every((part, i) => sameElements(part, theirs[i]!))
  );
}

/** Places in the annotation's text are none in the file. */
const partsWithSpans = ({ species, parameters, reactions, phases, doses, ...more }: Network) => [
  ...species,
  ...parameters,
  ...reactions,
  ...phases,
  ...doses,
  ...(more.compartments ?? []),
  ...(more.observables ?? []),
];

function meaningsOf(network: Network): Map<string, Meaning> {
  const { species, parameters, observables = [], compartments = [] } = network;
  const ids = identify(network);
  const values = parameterValues(network);
  const meanings = new Map<string, Meaning>();
  const sizes = ids.compartments.map((_, c) =>
    c < compartments.length ? evaluateExpression(compartments[c]!.size, values) : 1,
  );
  for (const [c, id] of ids.compartments.entries()) meanings.set(id, { kind: 'constant', value: sizes[c]! });
  for (const { name } of parameters) {
    meanings.set(ids.parameters.get(name)!, { kind: 'constant', value: values.get(name)! });
  }
  for (const index of observables.keys())
    meanings.set(ids.observables[index]!, { kind: 'observable', index });
  for (const [index, { quantity = 'concentration', compartment }] of species.entries()) {
    const size = sizes[compartment ?? sizes.length - 1]!;
    const substanceOnly = quantity === 'amount';
    meanings.set(ids.species[index]!, { kind: 'species', index, quantity, size, substanceOnly });
  }
  return meanings;
}
