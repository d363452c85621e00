/**
 * Stands in for `@codemirror/language` and `@lezer/common`, which `@codemirror/commands` imports: a text that has an indent
 * and no syntax tree. Networks are read and coloured by `tokens.ts`, and parsers would make the editor a quarter larger.
 */
import { type EditorState, Facet } from '@codemirror/state';

export const indentUnit = Facet.define<string, string>({ combine: ([first = '  ']) => first });

/** Columns of one indent. */
export const getIndentUnit = (state: EditorState): number => state.facet(indentUnit).length;

export const indentString = (_: EditorState, columns: number): string => ' '.repeat(columns);

/** What `keys.ts` leaves out. */
const none = (): never => {
  throw new Error('a command asked for a syntax tree, and networks have none');
};

export {
  none as getIndentation,
  none as IndentContext,
  none as matchBrackets,
  none as NodeProp,
  none as syntaxTree,
};
