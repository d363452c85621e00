import type { Issue } from 'neural-crn';

const SHOWN = 5;

/** What is wrong with a text; a press goes to the place. */
export function IssueList({
  issues,
  onGo,
}: {
  issues: readonly Issue[];
  onGo?: (place: { line: number; column: number }) => void;
}) {
  const more = issues.length - SHOWN;
  return (
    <div class="issues" role="status" aria-label="Issues of the text">
      {issues.slice(0, SHOWN).map(({ severity, message, hint, line, column }) => (
        <button
          key={`${line}:${column}:${message}`}
          type="button"
          class={severity}
          onClick={() => onGo?.({ line, column })}
        >
          <span class="place number">
            {line}:{column}
          </span>
          <span>
            {severity === 'warning' ? 'Warning: ' : ''}
            {message}
            {hint === undefined ? null : <span class="hint">{hint}</span>}
          </span>
        </button>
      ))}
      {more > 0 ? <p class="small muted">and {more} more</p> : null}
    </div>
  );
}
