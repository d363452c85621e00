import { readNumbers } from './numbers.js';
import { numberOption, parsedOption } from './options.js';

/** Options of networks in layers, one-pot learners among them. */
export const sizesOption = () =>
  parsedOption('--sizes <a,b,…>', 'neurons per layer, inputs first and outputs last', (flag, text) =>
    readNumbers(flag, text, { atLeast: 1, below: 10_001, whole: true }),
  ).makeOptionMandatory();

export const startOption = () =>
  parsedOption('--weights <a,b,…>', "starting weights, a neuron's bias last (default: 0)", (flag, text) =>
    readNumbers(flag, text),
  );

export const startSeedOption = () =>
  numberOption('--seed <N>', 'random starting weights, in place of --weights', { atLeast: 0, whole: true });
