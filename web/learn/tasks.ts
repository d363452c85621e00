import type { Choice } from '../design/fields';
import { CSV } from './setup';

/** Tasks as they stand in the list, with what they are called in the table of results. */
export const TASKS: readonly (Choice<string> & { says: string })[] = [
  {
    value: 'linear-regression',
    title: 'E1 · Linear regression',
    group: 'Regression',
    says: 'y = x1 + 2·x2 + 1, with noise',
  },
  {
    value: 'product-regression',
    title: 'E3 · x1·x2 + x2²',
    group: 'Regression',
    says: 'y = x1·x2 + x2², with noise',
  },
  {
    value: 'sine-regression',
    title: 'E4 · sin x1 + x2²',
    group: 'Regression',
    says: 'y = sin x1 + x2², with noise',
  },
  {
    value: 'linear-classification',
    title: 'E2 · Straight line',
    group: 'Classification',
    says: 'on which side of x1 + 2·x2 = 2 a point lies',
  },
  { value: 'xor', title: 'E5–E7 · XOR', group: 'Classification', says: 'XOR of two numbers cut at ½' },
  { value: 'rings', title: 'E5–E7 · Rings', group: 'Classification', says: 'a disc in a ring' },
  { value: 'and', title: 'E5–E7 · AND', group: 'Classification', says: 'AND of two numbers cut at ½' },
  { value: 'or', title: 'E5–E7 · OR', group: 'Classification', says: 'OR of two numbers cut at ½' },
  {
    value: 'iris',
    title: 'E8 · Iris',
    group: 'Classification',
    says: 'three species of iris by four lengths',
  },
  { value: CSV, title: 'Your own table (CSV)', group: 'Your data', says: 'numbers or names in a column' },
];
