import { useMemo } from 'preact/hooks';
import { NumberField } from '../design/fields';
import { Legend, type LineSeries, LivePlot, type Span, type Tick } from '../design/live-plot';
import { Panel } from '../design/panel';
import { short } from '../run/numbers';
import { type Role, roles } from './species';
import { changeLook, description, look, trace } from './store';
import type { TraceFrame } from './worker/protocol';

/** Signals that a frame shows at most. */
const MOST = 8;
const color = (k: number) => `--series-${1 + (k % 8)}`;

const shown = (role: Role) => role.signals.slice(0, MOST);

const seriesOf = (role: Role): LineSeries[] =>
  shown(role).flatMap(({ name, rails }, k) =>
    rails.map(({ sign }) => ({
      name: rails.length > 1 ? `${name}±` : `${name}${sign}`,
      color: color(k),
      ...(sign === '-' && { dash: [5, 4] }),
    })),
  );

/** Every phase has the same width, whatever its length: where in the picture a time lies. */
function placesOf({ times, phases }: TraceFrame): Float64Array {
  const places = new Float64Array(times.length);
  let p = 0;
  for (let k = 0; k < times.length; k++) {
    // The edge between two phases occurs twice: before and after the doses.
    if (k > 0 && p + 1 < phases.length && times[k] === times[k - 1]) p++;
    else while (p + 1 < phases.length && times[k] > phases[p].to * (1 + 1e-6)) p++;
    const { from, to } = phases[p];
    places[k] = p + Math.min(1, Math.max(0, (times[k] - from) / (to - from)));
  }
  return places;
}

function ticksOf({ phases }: TraceFrame): Tick[] {
  const parts = phases.length > 3 ? [0] : [0, 0.25, 0.5, 0.75];
  const within = phases.flatMap(({ from, to }, p) =>
    parts.map((part) => ({ at: p + part, label: short(from + part * (to - from)) })),
  );
  const end = phases[phases.length - 1];
  return [...within, { at: phases.length, label: end ? short(end.to) : '' }];
}

function RoleFrame({ role }: { role: Role }) {
  const { value } = trace;
  const series = useMemo(() => seriesOf(role), [role]);
  const data = useMemo(() => {
    const places = shown(role).flatMap(({ rails }) => rails.map(({ place }) => place));
    if (value === null) return [[], ...places.map(() => [])];
    const count = value.times.length;
    return [
      placesOf(value),
      ...places.map((place) => Array.from(value.values.subarray(place * count, (place + 1) * count))),
    ];
  }, [role, value]);
  const spans = useMemo<Span[]>(
    () =>
      (value?.phases ?? []).map(({ name }, p) => ({
        name,
        from: p,
        to: p + 1,
        token: `--phase-${1 + (p % 4)}`,
      })),
    [value?.phases.length],
  );
  const ticks = value ? ticksOf(value) : [];
  const phases = value?.phases.length ?? 2;
  const hidden = role.signals.length - shown(role).length;
  return (
    <div class="role">
      <h3>{role.title}</h3>
      <LivePlot
        label={`Concentrations of ${role.title.toLowerCase()} through one example: ${[...new Set(series.map(({ name }) => name))].join(', ')}`}
        series={series}
        data={data}
        spans={spans}
        height={185}
        xRange={[0, phases]}
        xTicks={ticks}
        xLabel="time"
      />
      <Legend series={series} />
      {hidden > 0 ? <p class="muted small">and {hidden} more of this kind</p> : null}
    </div>
  );
}

/** The pot through one example: every phase shaded, the two rails of a signal in one colour. */
export function ConcentrationsPanel() {
  const described = description.value;
  const species = described?.network.species;
  const groups = useMemo(() => (species ? roles(species) : []), [species]);
  const { value } = trace;
  const most = (described?.train.targets.length ?? 1) - 1;
  const fixed = look.value.example;
  return (
    <Panel
      wide
      title="Concentrations of one example"
      tools={
        <span class="phases small">
          {(value?.phases ?? []).map(({ name }, p) => (
            <span key={name} class="phase" style={{ background: `var(--phase-${1 + (p % 4)})` }}>
              {name}
            </span>
          ))}
        </span>
      }
    >
      <div class="roles">
        {groups.map((role) => (
          <RoleFrame key={role.title} role={role} />
        ))}
      </div>
      <div class="row example">
        <label class="check">
          <input
            type="checkbox"
            checked={fixed === null}
            onChange={({ currentTarget }) =>
              changeLook({ example: currentTarget.checked ? null : (value?.example ?? 0) })
            }
          />
          <span>Follow the example just learned</span>
        </label>
        <NumberField
          label="Row of the training set"
          value={(fixed ?? value?.example ?? 0) + 1}
          disabled={fixed === null}
          check={(row) =>
            Number.isInteger(row) && row >= 1 && row <= most + 1 ? undefined : `from 1 to ${most + 1}`
          }
          onChange={(row) => changeLook({ example: row - 1 })}
        />
        <p class="muted small number">
          Solid: plus rail, dashed: minus rail. Times and concentrations in model units, every phase as wide.
          Output read: {value ? short(value.prediction) : '–'}.
        </p>
      </div>
    </Panel>
  );
}
