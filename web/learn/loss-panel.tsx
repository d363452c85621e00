import type { EpochRecord } from 'neural-crn/learning';
import { Legend, type LineSeries, LivePlot } from '../design/live-plot';
import { Panel } from '../design/panel';
import { description, history } from './store';

const SERIES: readonly LineSeries[] = [
  { name: 'training', color: '--series-1' },
  { name: 'validation', color: '--series-2' },
  { name: 'ideal gradient descent, validation', color: '--series-7', dash: [6, 4] },
];

const part = (value: number | undefined) => (value === undefined ? '–' : `${(100 * value).toFixed(1)} %`);
const short = (value: number | undefined) =>
  value === undefined || !Number.isFinite(value) ? '–' : value.toPrecision(3);

/** Losses by epoch, beside those of the ideal twin. */
export function LossPanel() {
  const records = history.value;
  const last = records[records.length - 1];
  const classes = (description.value?.classes.length ?? 0) > 0;
  const hinge = description.value?.settings.error === 'hinge';
  // A logarithmic axis has no zero.
  const positive = (value: number | undefined) => (value !== undefined && value > 0 ? value : null);
  const losses = (record: EpochRecord | undefined) =>
    hinge
      ? [record?.trainHinge, record?.validationHinge, record?.idealValidationHinge]
      : [record?.trainLoss, record?.validationLoss, record?.idealValidationLoss];
  const data = [
    records.map(({ epoch }) => epoch),
    ...[0, 1, 2].map((k) => records.map((record) => positive(losses(record)[k]))),
  ];
  const [trained, unseen, ideal] = losses(last).map(short);
  const epochs = Math.max(description.value?.epochs ?? 1, last?.epoch ?? 1, 1);
  const says = last
    ? `Loss at epoch ${last.epoch}: training ${trained}, validation ${unseen}, ideal ${ideal}`
    : 'Loss by epoch, nothing measured yet';
  return (
    <Panel
      title="Loss"
      tools={
        <span class="reading number">
          {classes ? part(last?.validationAccuracy) : short(last?.validationLoss)}
          <span class="muted small"> {classes ? 'right, of unseen examples' : 'on unseen examples'}</span>
        </span>
      }
    >
      <LivePlot
        label={says}
        series={SERIES}
        data={data}
        height={270}
        xLabel="epoch"
        yLabel={hinge ? 'hinge loss, ½·max(0, 1 − yŷ)²' : 'loss, mean of ½e²'}
        logY
        xRange={[0, epochs]}
        {...(records.length === 0 && { yRange: [0.01, 1] as const })}
      />
      <Legend series={SERIES} />
    </Panel>
  );
}
