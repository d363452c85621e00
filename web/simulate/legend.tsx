import type { ReadonlySignal } from '@preact/signals';
import { lineColor, lineDash } from '../design/lines';
import { shortNumber } from './axis';
import type { Curves } from './protocol';

/** The lines with their values, where the pointer is or at the end; each a switch of its line. */
export function LineSwitches({
  curves,
  hidden,
  dark,
  cursor,
  logTime,
  at: where = 't',
  onChange,
}: {
  curves: Curves;
  hidden: ReadonlySet<string>;
  dark: boolean;
  cursor: ReadonlySignal<number | undefined>;
  logTime: boolean;
  /** What the axis counts. */
  at?: string;
  onChange: (hidden: ReadonlySet<string>) => void;
}) {
  const { times, names, columns, others, spans } = curves;
  const phases = [...new Set(spans.map(({ name }) => name))];
  const skip = logTime
    ? Math.max(
        0,
        times.findIndex((time) => time > 0),
      )
    : 0;
  const at = cursor.value === undefined ? times.length - 1 : Math.min(times.length - 1, cursor.value + skip);
  const toggle = (name: string) => {
    const next = new Set(hidden);
    if (!next.delete(name)) next.add(name);
    onChange(next);
  };
  const only = (name: string) => onChange(new Set(names.filter((one) => one !== name)));
  return (
    <div class="lines">
      <p class="small muted number">
        {cursor.value === undefined ? `At the end, ${where} = ` : `At ${where} = `}
        {shortNumber(times[at])}
      </p>
      <ul aria-label="Lines">
        {names.map((name, k) => (
          <li key={name}>
            <button
              type="button"
              aria-pressed={!hidden.has(name)}
              title={`Show or hide ${name}; twice: show it alone`}
              onClick={() => toggle(name)}
              onDblClick={() => only(name)}
            >
              <svg width="18" height="8" aria-hidden="true">
                <line
                  x1="0"
                  x2="18"
                  y1="4"
                  y2="4"
                  stroke={lineColor(k, dark)}
                  stroke-width="2.5"
                  stroke-dasharray={lineDash(k)?.join(' ')}
                />
              </svg>
              <span class="name">{name}</span>
              <span class="value number">{shortNumber(columns[k][at])}</span>
            </button>
          </li>
        ))}
      </ul>
      {phases.length > 0 ? (
        <p class="phases small muted">
          Phases:
          {phases.map((name, k) => (
            <span key={name}>
              <i style={{ background: `var(--phase-${(k % 4) + 1})` }} />
              {name}
            </span>
          ))}
        </p>
      ) : null}
      {hidden.size > 0 || others > 0 ? (
        <p class="small muted">
          {others > 0 ? `${others} more species change less and are not drawn. ` : ''}
          {names.some((name) => hidden.has(name)) ? (
            <button type="button" class="link" onClick={() => onChange(new Set())}>
              Show all lines
            </button>
          ) : null}
        </p>
      ) : null}
    </div>
  );
}
