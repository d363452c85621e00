import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { useWidth } from '../../design/use-width';
import type { Graph } from './graph';
import { improve, type Layout, ROUNDS, startLayout } from './layout';

/** Milliseconds of layout between two pictures. */
const SLICE = 7;
/** Levels of flux that are told apart, each four times the one below. */
const LEVELS = 6;
const STEP = 4;
const ROOM = 26;

/** A layout that improves a little with every picture until it is done. */
function useLayout(graph: Graph): { layout: Layout; round: number } {
  const layout = useMemo(() => startLayout(graph), [graph]);
  const [round, setRound] = useState(0);
  useEffect(() => {
    let next = 0;
    const work = () => {
      const until = performance.now() + SLICE;
      while (layout.round < ROUNDS && performance.now() < until) improve(layout);
      setRound(layout.round);
      if (layout.round < ROUNDS) next = requestAnimationFrame(work);
    };
    next = requestAnimationFrame(work);
    return () => cancelAnimationFrame(next);
  }, [layout]);
  return { layout, round };
}

/** The level of a flux: 0 for none to speak of. */
const levelOf = (flux: number, most: number): number =>
  flux > 0 && most > 0
    ? Math.max(0, LEVELS - Math.floor(Math.log(most / flux) / Math.log(STEP) + 1e-9) - 1)
    : 0;

const LEVEL_LIST = Array.from({ length: LEVELS }, (_, level) => level);

/** Species as circles, reactions as dots between them, wider and darker where more flows. */
export function NetworkDrawing({
  graph,
  flux,
  most,
  height,
  label,
}: {
  graph: Graph;
  /** Of every reaction of the graph. */
  flux: Float64Array;
  /** The largest flux of the whole example. */
  most: number;
  height: number;
  label: string;
}) {
  const host = useRef<HTMLDivElement>(null);
  const width = useWidth(host);
  const { layout, round } = useLayout(graph);
  const places = useMemo(() => {
    const [x, y] = [layout.x, layout.y];
    const bounds = (of: Float64Array) => [Math.min(...of), Math.max(...of)];
    const [left, right] = bounds(x);
    const [low, high] = bounds(y);
    const sx = (width - 2 * ROOM) / Math.max(1e-6, right - left);
    const sy = (height - 2 * ROOM) / Math.max(1e-6, high - low);
    return {
      x: Float64Array.from(x, (value) => ROOM + (value - left) * sx),
      y: Float64Array.from(y, (value) => ROOM + (value - low) * sy),
    };
  }, [layout, round, width, height]);
  const paths = useMemo(() => {
    const made = LEVEL_LIST.map(() => ({ uses: '', makes: '', needs: '', dots: '' }));
    const first = graph.species.length;
    const at = (k: number) => `${places.x[k].toFixed(1)} ${places.y[k].toFixed(1)}`;
    graph.reactions.forEach((reaction, r) => {
      const level = made[levelOf(flux[r], most)];
      const here = at(first + r);
      for (const node of reaction.uses) level.uses += `M${at(node)}L${here}`;
      for (const node of reaction.makes) level.makes += `M${here}L${at(node)}`;
      for (const node of reaction.needs) level.needs += `M${at(node)}L${here}`;
      level.dots += `M${here}h.01`;
    });
    return made;
  }, [graph, places, flux, most]);
  const few = graph.species.length <= 40;
  const radius = few ? 13 : 4.5;
  return (
    <div ref={host} style={{ height: `${height}px` }}>
      <svg class="chart network" role="img" aria-label={label} height={height}>
        {LEVEL_LIST.map((level) => {
          const opacity = level === 0 ? 0.16 : 0.25 + (0.65 * level) / (LEVELS - 1);
          const stroke = 0.75 + level * (few ? 0.85 : 0.5);
          const { uses, makes, needs, dots } = paths[level];
          return (
            <g key={level} fill="none" opacity={opacity} stroke-linecap="round">
              <path d={needs} stroke="var(--muted)" stroke-width={stroke} stroke-dasharray="2 4" />
              <path d={uses} stroke="var(--series-2)" stroke-width={stroke} />
              <path d={makes} stroke="var(--series-1)" stroke-width={stroke} />
              <path d={dots} stroke="var(--ink)" stroke-width={few ? 6 : 3.5} />
            </g>
          );
        })}
        {graph.species.map(({ name, members }, k) => (
          <g key={name}>
            <circle
              cx={places.x[k]}
              cy={places.y[k]}
              r={radius}
              fill="var(--surface)"
              stroke="var(--border-strong)"
            >
              <title>{members.length > 1 ? `${name}: ${members.length} species` : name}</title>
            </circle>
            {few ? (
              <text class="name" x={places.x[k]} y={places.y[k] + 4} text-anchor="middle">
                {name}
              </text>
            ) : (
              <text class="tiny" x={places.x[k] + 6} y={places.y[k] - 4}>
                {name}
              </text>
            )}
          </g>
        ))}
      </svg>
    </div>
  );
}
