import { history } from '@codemirror/commands';
import { Annotation, EditorState, RangeSetBuilder } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  drawSelection,
  EditorView,
  highlightActiveLine,
  keymap,
  lineNumbers,
  placeholder,
  ViewPlugin,
  type ViewUpdate,
} from '@codemirror/view';
import type { Issue } from 'neural-crn';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { issueMarks, setIssues } from './issue-marks';
import { comments, keys } from './keys';
import { type TokenClass, tokensOf } from './tokens';

/** Colours for what is in sight; a line's tokens depend on that line alone. */
function colours(view: EditorView): DecorationSet {
  const marks = new RangeSetBuilder<Decoration>();
  for (const { from, to } of view.visibleRanges) {
    for (let at = from; at <= to; ) {
      const line = view.state.doc.lineAt(at);
      for (const token of tokensOf(line.text)) {
        marks.add(line.from + token.from, line.from + token.to, colour[token.class]);
      }
      at = line.to + 1;
    }
  }
  return marks.finish();
}

const classes: readonly TokenClass[] = [
  ...(['keyword', 'label', 'species', 'part', 'parameter', 'name', 'function', 'method'] as const),
  ...(['number', 'arrow', 'nothing', 'symbol', 'separator', 'comment', 'invalid'] as const),
];
const colour = Object.fromEntries(
  classes.map((name) => [name, Decoration.mark({ class: `tok-${name}` })]),
) as Record<TokenClass, Decoration>;

const colouring = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;

    constructor(view: EditorView) {
      this.decorations = colours(view);
    }

    update({ docChanged, viewportChanged, view }: ViewUpdate): void {
      if (docChanged || viewportChanged) this.decorations = colours(view);
    }
  },
  { decorations: ({ decorations }) => decorations },
);

/** Marks what was put in from outside, which is no typing. */
const given = Annotation.define<boolean>();

/** The text of a network, coloured, its issues underlined. */
export function Editor({
  text,
  issues,
  onChange,
  label,
  goTo,
}: {
  text: string;
  issues: readonly Issue[];
  onChange: (text: string) => void;
  label: string;
  /** A place to put the cursor at, counted from 1; a new object goes there again. */
  goTo?: { line: number; column: number } | undefined;
}) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | undefined>(undefined);
  const changed = useRef(onChange);
  changed.current = onChange;
  useLayoutEffect(() => {
    const made = new EditorView({
      parent: host.current as HTMLDivElement,
      state: EditorState.create({
        doc: text,
        extensions: [
          lineNumbers(),
          history(),
          drawSelection(),
          highlightActiveLine(),
          EditorView.lineWrapping,
          colouring,
          issueMarks,
          placeholder('A -> B'),
          keymap.of(keys),
          comments,
          EditorView.contentAttributes.of({
            'aria-label': label,
            spellcheck: 'false',
            autocapitalize: 'off',
          }),
          EditorView.updateListener.of((update) => {
            const typed = update.docChanged && !update.transactions.some((one) => one.annotation(given));
            if (typed) changed.current(update.state.doc.toString());
          }),
        ],
      }),
    });
    // What scrolls must be within reach of keys.
    made.scrollDOM.tabIndex = 0;
    view.current = made;
    return () => made.destroy();
  }, []);
  // Layout effects end before the next key: a later one would put back what was there before it.
  useLayoutEffect(() => {
    const made = view.current;
    if (!made || made.state.doc.toString() === text) return;
    made.dispatch({
      changes: { from: 0, to: made.state.doc.length, insert: text },
      selection: { anchor: 0 },
      annotations: given.of(true),
    });
  }, [text]);
  useLayoutEffect(() => view.current?.dispatch({ effects: setIssues.of(issues) }), [issues]);
  useLayoutEffect(() => {
    const made = view.current;
    if (!made || !goTo) return;
    const line = made.state.doc.line(Math.min(Math.max(1, goTo.line), made.state.doc.lines));
    const anchor = Math.min(line.to, line.from + Math.max(0, goTo.column - 1));
    made.dispatch({ selection: { anchor }, scrollIntoView: true });
    made.focus();
  }, [goTo]);
  return <div ref={host} class="editor" />;
}
