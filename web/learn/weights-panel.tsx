import { useMemo } from 'preact/hooks';
import { Legend, type LineSeries, LivePlot } from '../design/live-plot';
import { Panel } from '../design/panel';
import { description, weights } from './store';

/** Lines that a legend names. */
const NAMED = 8;
const color = (k: number) => `--series-${1 + (k % 8)}`;

/** Weights by examples learned. Those of a node have its colour. */
export function WeightsPanel() {
  const { value } = weights;
  const described = description.value;
  const names = described?.weightNames ?? [];
  const rows =
    described && described.settings.wiring !== 'diagonal' ? described.settings.hidden : names.length;
  const columns = Math.max(1, names.length / Math.max(1, rows));
  const series = useMemo<LineSeries[]>(
    () =>
      names.map((name, k) => ({
        name,
        color: color(Math.floor(k / columns)),
        width: names.length > NAMED ? 1.25 : 1.75,
      })),
    [names.join(' '), columns],
  );
  const data = useMemo(() => {
    const ready = value !== null && value.width === names.length;
    const count = ready ? value.steps.length : 0;
    return [
      ready ? value.steps : [],
      ...names.map((_, w) => Array.from({ length: count }, (_, k) => value!.values[k * names.length + w])),
    ];
  }, [value, names.join(' ')]);
  return (
    <Panel title="Weights" tools={<span class="muted small">{names.length} of them</span>}>
      <LivePlot
        label={`${names.length} weights by examples learned`}
        series={series}
        data={data}
        height={220}
        xLabel="examples learned"
        yLabel="weight"
      />
      {names.length <= NAMED ? (
        <Legend series={series} />
      ) : (
        <p class="muted small">
          The {columns} weights of a node share its colour ({rows} nodes).
        </p>
      )}
    </Panel>
  );
}
