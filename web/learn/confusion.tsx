import { useRef } from 'preact/hooks';
import { useWidth } from '../design/use-width';
import type { Description } from './worker/protocol';

/** Classes up to which cells have counts in them, and names beside them. */
const FEW = 10;
const ROOM = { top: 8, bottom: 40, right: 10 };

const clip = (name: string) => (name.length > 14 ? `${name.slice(0, 13)}…` : name);

/** Unseen examples by true and predicted class. */
export function Confusion({
  described,
  predicted,
  height,
}: {
  described: Pick<Description, 'classes' | 'validation' | 'threshold'>;
  predicted: ArrayLike<number> | undefined;
  height: number;
}) {
  const host = useRef<HTMLDivElement>(null);
  const width = useWidth(host);
  const { classes, validation, threshold } = described;
  const classOf = (value: number) => (threshold === null ? value : value >= threshold ? 1 : 0);
  const counts = classes.map(() => classes.map(() => 0));
  if (predicted)
    validation.targets.forEach((target, k) => {
      const [truth, decided] = [classOf(target), classOf(predicted[k])];
      if (counts[truth]?.[decided] !== undefined) counts[truth][decided]++;
    });
  const few = classes.length <= FEW;
  const left = few ? 30 + 7 * Math.max(...classes.map((name) => clip(name).length)) : 40;
  const [w, h] = [
    Math.max(40, width - left - ROOM.right) / classes.length,
    (height - ROOM.top - ROOM.bottom) / classes.length,
  ];
  const says = counts.flatMap((row, truth) =>
    row.flatMap((count, decided) =>
      count > 0 ? [`${count} of ${classes[truth]} as ${classes[decided]}`] : [],
    ),
  );
  return (
    <div ref={host} style={{ minHeight: `${height}px` }}>
      <svg
        class="chart"
        role="img"
        aria-label={`Unseen examples by class: ${says.join(', ')}`}
        height={height}
      >
        {counts.map((row, truth) => {
          const all = Math.max(
            1,
            row.reduce((sum, count) => sum + count, 0),
          );
          return row.map((count, decided) => (
            <g key={`${classes[truth]} as ${classes[decided]}`}>
              <rect
                x={left + decided * w + 1}
                y={ROOM.top + truth * h + 1}
                width={Math.max(1, w - 2)}
                height={Math.max(1, h - 2)}
                rx="3"
                fill={`var(--series-${truth === decided ? 1 : 2})`}
                fill-opacity={0.06 + (0.5 * count) / all}
              />
              {few ? (
                <text
                  class="count"
                  x={left + (decided + 0.5) * w}
                  y={ROOM.top + (truth + 0.5) * h + 5}
                  text-anchor="middle"
                >
                  {count}
                </text>
              ) : null}
            </g>
          ));
        })}
        {few
          ? classes.map((name, k) => (
              <g key={name}>
                <text x={left - 6} y={ROOM.top + (k + 0.5) * h + 4} text-anchor="end">
                  {clip(name)}
                </text>
                <text x={left + (k + 0.5) * w} y={height - ROOM.bottom + 16} text-anchor="middle">
                  {clip(name)}
                </text>
              </g>
            ))
          : null}
        <text x={left + (w * classes.length) / 2} y={height - 4} text-anchor="middle">
          predicted class
        </text>
        <text transform={`translate(12 ${height / 2}) rotate(-90)`} text-anchor="middle">
          true class
        </text>
      </svg>
    </div>
  );
}
