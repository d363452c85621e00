import {
  type EditorState,
  type Extension,
  RangeSet,
  StateEffect,
  StateField,
  type Text,
} from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, GutterMarker, gutter } from '@codemirror/view';
import type { Issue } from 'neural-crn';
import { tokensOf } from './tokens';

/** Says what was found in the text as it stands. */
export const setIssues = StateEffect.define<readonly Issue[]>();

interface Marks {
  /** Underlined places, with their messages. */
  places: DecorationSet;
  /** Marks beside their lines. */
  lines: RangeSet<GutterMarker>;
}

const words = ({ message, hint }: Issue): string => (hint ? `${message}: ${hint}` : message);

class LineMark extends GutterMarker {
  constructor(private readonly issue: Issue) {
    super();
  }

  override eq(other: LineMark): boolean {
    return other.issue === this.issue;
  }

  override toDOM(): HTMLElement {
    const mark = document.createElement('span');
    mark.className = `issue-mark ${this.issue.severity}`;
    mark.title = words(this.issue);
    return mark;
  }
}

/** Where an issue is underlined: the token that it stands at, or the rest of the line. */
function placeOf(doc: Text, { line, column }: Issue): { from: number; to: number } {
  const at = doc.line(Math.min(Math.max(1, line), doc.lines));
  const from = Math.min(at.from + Math.max(0, column - 1), at.to);
  const token = tokensOf(at.text).find((one) => at.from + one.from <= from && from < at.from + one.to);
  const to = token ? at.from + token.to : at.to;
  return { from: to === from && from > at.from ? from - 1 : from, to };
}

function marksOf({ doc }: EditorState, issues: readonly Issue[]): Marks {
  const placed = issues.map((issue) => ({ issue, ...placeOf(doc, issue) }));
  const underlined = placed
    .filter(({ from, to }) => from < to)
    .map(({ issue, from, to }) =>
      Decoration.mark({ class: `issue ${issue.severity}`, attributes: { title: words(issue) } }).range(
        from,
        to,
      ),
    );
  // One mark a line, of the first error there is.
  const ofLines = new Map<number, Issue>();
  for (const { issue, from } of placed) {
    const start = doc.lineAt(from).from;
    const known = ofLines.get(start);
    if (known === undefined || (known.severity === 'warning' && issue.severity === 'error'))
      ofLines.set(start, issue);
  }
  const lines = [...ofLines].map(([start, issue]) => new LineMark(issue).range(start));
  return { places: Decoration.set(underlined, true), lines: RangeSet.of(lines, true) };
}

const marks = StateField.define<Marks>({
  create: () => ({ places: Decoration.none, lines: RangeSet.empty }),
  update(value, { effects, changes, state }) {
    const told = effects.find((effect) => effect.is(setIssues));
    if (told) return marksOf(state, told.value);
    return { places: value.places.map(changes), lines: value.lines.map(changes) };
  },
  provide: (field) => EditorView.decorations.from(field, ({ places }) => places),
});

/** Issues underlined and marked beside their lines. They move with the text until others are said. */
export const issueMarks: Extension = [
  marks,
  gutter({ class: 'issue-gutter', markers: ({ state }) => state.field(marks).lines }),
];
