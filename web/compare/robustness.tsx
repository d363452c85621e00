import { useRef } from 'preact/hooks';
import { useWidth } from '../design/use-width';
import type { StoredRow } from './columns';

const HEIGHT = 250;
const ROOM = { top: 10, right: 10, bottom: 44, left: 44 };

interface Place {
  title: string;
  at: (row: StoredRow) => { rate: number; interval: readonly [number, number] } | null | undefined;
}

/** Everything under which a problem was tried. */
function placesOf(rows: readonly StoredRow[]): Place[] {
  const sigmas = new Set(rows.flatMap(({ mismatch = [] }) => mismatch.map(({ sigma }) => sigma)));
  const volumes = new Set(rows.flatMap(({ volumes = [] }) => volumes.map(({ volume }) => volume)));
  return [
    { title: 'as designed', at: (row) => row.success },
    ...[...sigmas]
      .sort((a, b) => a - b)
      .map(
        (sigma): Place => ({
          title: `±${Math.round(100 * sigma)} %`,
          at: ({ mismatch = [] }) => mismatch.find((one) => one.sigma === sigma),
        }),
      ),
    ...[...volumes]
      .sort((a, b) => b - a)
      .map(
        (volume): Place => ({
          title: `N ${volume.toLocaleString('en')}`,
          at: ({ volumes = [] }) => volumes.find((one) => one.volume === volume),
        }),
      ),
  ];
}

/** Part of the starts that learn, with intervals of 95 %, as constants are further off. */
export function Robustness({
  problem,
  rows,
  color,
}: {
  problem: string;
  rows: readonly StoredRow[];
  color: (system: string) => string;
}) {
  const host = useRef<HTMLDivElement>(null);
  const width = useWidth(host);
  const own = rows.filter((row) => row.problem === problem && row.success);
  const places = placesOf(own);
  const each = Math.max(10, width - ROOM.left - ROOM.right) / places.length;
  const y = (rate: number) => ROOM.top + (1 - rate) * (HEIGHT - ROOM.top - ROOM.bottom);
  const x = (place: number, k: number) =>
    ROOM.left + each * (place + 0.5 + (0.76 * (k + 0.5)) / own.length - 0.38);
  const says = own.map(
    (row) =>
      `${row.title}: ${places
        .flatMap(({ title, at }) => {
          const found = at(row);
          return found ? [`${Math.round(100 * found.rate)} % ${title}`] : [];
        })
        .join(', ')}`,
  );
  return (
    <figure class="robust">
      <h3>{problem}</h3>
      <div ref={host} style={{ minHeight: `${HEIGHT}px` }}>
        <svg
          class="chart"
          role="img"
          height={HEIGHT}
          aria-label={`Starts that learn ${problem}. ${says.join('. ')}`}
        >
          {[0, 0.5, 1].map((rate) => (
            <g key={rate}>
              <line x1={ROOM.left} x2={width - ROOM.right} y1={y(rate)} y2={y(rate)} stroke="var(--border)" />
              <text x={ROOM.left - 6} y={y(rate) + 4} text-anchor="end">
                {100 * rate} %
              </text>
            </g>
          ))}
          {places.map(({ title, at }, place) => (
            <g key={title}>
              <text x={ROOM.left + each * (place + 0.5)} y={HEIGHT - 22} text-anchor="middle">
                {title}
              </text>
              {own.map((row, k) => {
                const found = at(row);
                if (!found) return null;
                const [low, high] = found.interval;
                return (
                  <g key={row.system} stroke={color(row.system)} fill={color(row.system)}>
                    <title>{`${row.title}, ${title}: ${Math.round(100 * found.rate)} %`}</title>
                    <line
                      x1={x(place, k)}
                      x2={x(place, k)}
                      y1={y(low)}
                      y2={y(high)}
                      stroke-width="2"
                      stroke-opacity="0.45"
                    />
                    <circle cx={x(place, k)} cy={y(found.rate)} r="4" stroke="none" />
                  </g>
                );
              })}
            </g>
          ))}
          <text x={(width + ROOM.left) / 2} y={HEIGHT - 4} text-anchor="middle">
            {places.some(({ title }) => title.startsWith('N'))
              ? 'rate constants off by; N: whole molecules, to a concentration of 1'
              : 'rate constants off by'}
          </text>
        </svg>
      </div>
    </figure>
  );
}
