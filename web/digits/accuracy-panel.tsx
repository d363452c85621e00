import { useMemo } from 'preact/hooks';
import { Legend, type LineSeries, LivePlot } from '../design/live-plot';
import { Panel } from '../design/panel';
import { accuracyCurves } from './curves';
import { description, history, progress, running } from './store';

const SERIES: readonly LineSeries[] = [
  { name: 'while it learns, of the last 200', color: '--series-4', width: 1.25 },
  { name: 'training images', color: '--series-1' },
  { name: 'unseen images', color: '--series-2' },
  { name: 'ideal twin, unseen images', color: '--series-7', dash: [6, 4] },
];

const percent = (part: number | undefined) => (part === undefined ? '–' : `${(100 * part).toFixed(1)} %`);

/** Right answers by epoch, beside those of the same rule on plain numbers. */
export function AccuracyPanel() {
  const records = history.value;
  const { rows } = progress.value;
  const data = useMemo(() => accuracyCurves(records, running.value, rows), [records, running.value, rows]);
  const last = records[records.length - 1];
  const epochs = Math.max(description.value?.epochs ?? 1, last?.epoch ?? 1, 1);
  return (
    <Panel
      title="Accuracy"
      tools={
        <span class="reading number">
          {percent(last?.validationAccuracy)}
          <span class="muted small"> of unseen images; ideal {percent(last?.idealValidationAccuracy)}</span>
        </span>
      }
    >
      <LivePlot
        label={
          last
            ? `Right answers at epoch ${last.epoch}: training ${percent(last.trainAccuracy)}, unseen ${percent(last.validationAccuracy)}, ideal twin ${percent(last.idealValidationAccuracy)}`
            : 'Right answers by epoch, nothing measured yet'
        }
        series={SERIES}
        data={data}
        height={270}
        xLabel="epoch"
        yLabel="right, %"
        xRange={[0, epochs]}
        yRange={[0, 100]}
      />
      <Legend series={SERIES} />
    </Panel>
  );
}
