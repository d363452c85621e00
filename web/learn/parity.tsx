import { useRef } from 'preact/hooks';
import { ticks } from '../design/ticks';
import { useWidth } from '../design/use-width';
import { short } from '../run/numbers';
import type { Description, Frame } from './worker/protocol';

/** Examples of a set that are drawn at most. */
const MOST = 1500;
const ROOM = { left: 58, right: 12, top: 8, bottom: 38 };

/** Predictions against labels: on the diagonal they agree. */
export function Parity({
  described,
  predicted,
  height,
}: {
  described: Description;
  predicted: Frame['predictions'] | null;
  height: number;
}) {
  const host = useRef<HTMLDivElement>(null);
  const width = useWidth(host);
  const { train, validation, target } = described;
  const all = [...train.targets, ...validation.targets];
  const low = all.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const high = all.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const room = 0.06 * (high - low || 1);
  const [from, to] = [low - room, high + room];
  const side = Math.max(40, Math.min(width - ROOM.left - ROOM.right, height - ROOM.top - ROOM.bottom));
  const left = ROOM.left + Math.max(0, (width - ROOM.left - ROOM.right - side) / 2);
  const x = (value: number) => left + ((value - from) / (to - from)) * side;
  const y = (value: number) => ROOM.top + side - ((value - from) / (to - from)) * side;
  const inside = (value: number) => Math.min(to, Math.max(from, value));
  // One path for all: a line of no length with round ends is a dot.
  const dots = (targets: ArrayLike<number>, predictions: ArrayLike<number> | undefined) =>
    Array.from({ length: predictions ? Math.min(MOST, targets.length) : 0 }, (_, k) =>
      Number.isFinite(predictions![k])
        ? `M${x(targets[k]).toFixed(1)} ${y(inside(predictions![k])).toFixed(1)}h.01`
        : '',
    ).join('');
  const marks = ticks(from, to);
  const bottom = ROOM.top + side;
  return (
    <div ref={host} style={{ minHeight: `${height}px` }}>
      <svg
        class="chart"
        role="img"
        aria-label={`Predictions of ${target} against its labels, ${all.length} examples`}
        height={height}
      >
        {marks.map((mark) => (
          <g key={mark}>
            <line x1={x(mark)} x2={x(mark)} y1={ROOM.top} y2={bottom} stroke="var(--border)" />
            <line x1={left} x2={left + side} y1={y(mark)} y2={y(mark)} stroke="var(--border)" />
            <text x={x(mark)} y={bottom + 16} text-anchor="middle">
              {short(mark)}
            </text>
            <text x={left - 6} y={y(mark) + 4} text-anchor="end">
              {short(mark)}
            </text>
          </g>
        ))}
        <line
          x1={x(from)}
          y1={y(from)}
          x2={x(to)}
          y2={y(to)}
          stroke="var(--muted)"
          stroke-width="1.5"
          stroke-dasharray="6 4"
        />
        <g fill="none" stroke-linecap="round" stroke-width="5.5" opacity="0.75">
          <path d={dots(validation.targets, predicted?.validation)} stroke="var(--series-2)" />
          <path d={dots(train.targets, predicted?.train)} stroke="var(--series-1)" />
        </g>
        <text x={left + side / 2} y={bottom + 34} text-anchor="middle">
          label {target}
        </text>
        <text transform={`translate(${left - 44} ${ROOM.top + side / 2}) rotate(-90)`} text-anchor="middle">
          prediction
        </text>
      </svg>
      <ul class="legend">
        {(['training', 'validation'] as const).map((name, k) => (
          <li key={name}>
            <svg width="10" height="10" aria-hidden="true">
              <circle cx="5" cy="5" r="4" fill={`var(--series-${k + 1})`} />
            </svg>
            {name}
          </li>
        ))}
        <li>dashed: prediction and label agree</li>
      </ul>
    </div>
  );
}
