import { expect, test } from 'vitest';
import { formatIssues } from '../../src/cli/issues.js';
import { wrap } from '../../src/cli/tables.js';
import { type Issue, parseNetwork } from '../../src/network/index.js';

const at = (line: number, column: number, more: Partial<Issue> = {}): Issue => ({
  severity: 'error',
  code: 'x',
  message: 'wrong',
  line,
  column,
  ...more,
});

test('place, source line, caret and hint', () => {
  const text = 'init A = 1\r\n\tA -x> B\n';
  expect(formatIssues('a.crn', text, [at(2, 4, { hint: 'write ->' })])).toBe(
    'a.crn:2:4: error: wrong\n   A -x> B\n     ^\n  hint: write ->',
  );
});

test('what has no place has no line', () => {
  expect(formatIssues('a.crn', 'A', [at(0, 0)])).toBe('a.crn: error: wrong');
  expect(formatIssues('a.crn', '', [at(3, 0)])).toBe('a.crn:3: error: wrong');
});

test('a column behind the end of the line', () => {
  expect(formatIssues('f', 'A -> ', [at(1, 6)])).toBe('f:1:6: error: wrong\n  A -> \n       ^');
});

test('a long line is cut around its column', () => {
  const text = `${'x'.repeat(1000)}!${'y'.repeat(1000)}`;
  const [, line, caret] = formatIssues('f', text, [at(1, 1001)]).split('\n');
  expect(line.length).toBeLessThan(80);
  expect(line[caret.indexOf('^')]).toBe('!');
  expect(line).toMatch(/^ {2}…x+!y+…$/);
});

test('nothing in a text moves the cursor or paints', () => {
  const shown = formatIssues('f', 'A \u001b[31m\u202e B', [at(1, 3, { message: 'odd \u001b[2J' })]);
  expect(shown).toBe('f:1:3: error: odd ·[2J\n  A ·[31m· B\n    ^');
});

test('the caret stands under what the parser means', () => {
  const text = 'init A = 1\n# 𝒜 is no name\nA -> B; B -x> C\n';
  const { issues } = parseNetwork(text);
  const [first] = issues;
  expect(first).toMatchObject({ line: 3, severity: 'error' });
  const [, line, caret] = formatIssues('f', text, [first]).split('\n');
  expect(line.slice(caret.indexOf('^'))).toBe(`  ${text.split('\n')[2]}`.slice(first.column + 1));
});

test('wrapping', () => {
  expect(wrap('one two three four', 9)).toEqual(['one two', 'three', 'four']);
  expect(wrap('incomprehensible word', 5)).toEqual(['incomprehensible', 'word']);
});
