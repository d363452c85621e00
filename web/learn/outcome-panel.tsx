import { Panel } from '../design/panel';
import { PlotFigure } from '../design/plot-figure';
import { classColor, DecisionMap } from './decision-map';
import { description, history, last, map, predictions } from './store';
import type { Description } from './worker/protocol';

const HEIGHT = 286;

/** Examples that a parity plot draws at most. */
const MOST_POINTS = 1500;

function Parity({ described }: { described: Description }) {
  const { value } = predictions;
  const set = (name: string, targets: ArrayLike<number>, predicted: ArrayLike<number> | undefined) =>
    Array.from({ length: predicted ? Math.min(targets.length, MOST_POINTS) : 0 }, (_, k) => ({
      set: name,
      target: targets[k],
      prediction: predicted![k],
    }));
  const rows = [
    ...set('training', described.train.targets, value?.train),
    ...set('validation', described.validation.targets, value?.validation),
  ];
  const targets = [...described.train.targets, ...described.validation.targets].slice(0, 2 * MOST_POINTS);
  const low = targets.reduce((least, target) => Math.min(least, target), Number.POSITIVE_INFINITY);
  const high = targets.reduce((most, target) => Math.max(most, target), Number.NEGATIVE_INFINITY);
  const room = 0.06 * (high - low || 1);
  const domain: [number, number] = [low - room, high + room];
  return (
    <PlotFigure
      label={`Predictions against labels for ${rows.length} examples; on the diagonal they agree`}
      height={HEIGHT}
      depends={[value, described]}
      options={({ dot, line, frame }, width) => ({
        marginLeft: 48,
        marginBottom: 38,
        marginRight: Math.max(10, width - HEIGHT - 12),
        x: { domain, label: `label ${described.target}`, labelAnchor: 'center', labelArrow: 'none', ticks: 5 },
        y: { domain, label: `prediction`, labelAnchor: 'center', labelArrow: 'none', ticks: 5, grid: true },
        color: { domain: ['training', 'validation'], range: ['var(--series-1)', 'var(--series-2)'] },
        symbol: { domain: ['training', 'validation'], range: ['circle', 'square'] },
        marks: [
          frame({ stroke: 'var(--border)' }),
          line([domain[0], domain[1]], {
            x: (value: number) => value,
            y: (value: number) => value,
            stroke: 'var(--muted)',
            strokeDasharray: '6,4',
          }),
          dot(rows, {
            x: 'target',
            y: 'prediction',
            stroke: 'set',
            symbol: 'set',
            r: 2.6,
            strokeOpacity: 0.8,
            clip: true,
          }),
        ],
      })}
    />
  );
}

function Confusion({ described }: { described: Description }) {
  const { classes, validation } = described;
  const { value } = predictions;
  const counts = classes.flatMap((_, truth) => classes.map((_, predicted) => ({ truth, predicted, count: 0 })));
  validation.targets.forEach((target, k) => {
    const predicted = value?.validation[k];
    const cell = counts.find((cell) => cell.truth === target && cell.predicted === predicted);
    if (cell) cell.count++;
  });
  const of = classes.map((_, truth) =>
    Math.max(
      1,
      counts.reduce((sum, cell) => sum + (cell.truth === truth ? cell.count : 0), 0),
    ),
  );
  const few = classes.length <= 12;
  const name = (k: number) => (few ? classes[k] : String(k + 1));
  return (
    <PlotFigure
      label={`Unseen examples by true and predicted class: ${counts
        .filter(({ count }) => count > 0)
        .map(({ truth, predicted, count }) => `${count} of ${classes[truth]} as ${classes[predicted]}`)
        .join(', ')}`}
      height={HEIGHT}
      depends={[value, described]}
      options={({ cell, text }) => ({
        marginLeft: few ? 92 : 48,
        marginBottom: 40,
        x: { type: 'band', domain: classes.map((_, k) => k), tickFormat: name, label: 'predicted', padding: 0.04 },
        y: { type: 'band', domain: classes.map((_, k) => k), tickFormat: name, label: 'true', padding: 0.04 },
        marks: [
          cell(counts, {
            x: 'predicted',
            y: 'truth',
            fill: (cell: (typeof counts)[number]) =>
              cell.truth === cell.predicted ? 'var(--series-1)' : 'var(--series-2)',
            fillOpacity: (cell: (typeof counts)[number]) => 0.06 + (0.5 * cell.count) / of[cell.truth],
          }),
          text(few ? counts : [], {
            x: 'predicted',
            y: 'truth',
            text: (cell: (typeof counts)[number]) => String(cell.count),
            fill: 'var(--ink)',
            fontSize: 15,
          }),
        ],
      })}
    />
  );
}

function Classes({ described }: { described: Description }) {
  return (
    <ul class="legend">
      {described.classes.map((name, k) => (
        <li key={name}>
          <svg width="10" height="10" aria-hidden="true">
            {k % 2 === 1 ? (
              <rect x="1" y="1" width="8" height="8" fill={`var(${classColor(k)})`} />
            ) : (
              <circle cx="5" cy="5" r="4.5" fill={`var(${classColor(k)})`} />
            )}
          </svg>
          {name}
        </li>
      ))}
      <li>dots: training examples; the ring: the one just learned</li>
    </ul>
  );
}

const SETS = (
  <ul class="legend">
    <li>
      <svg width="10" height="10" aria-hidden="true">
        <circle cx="5" cy="5" r="3.5" fill="none" stroke="var(--series-1)" stroke-width="1.5" />
      </svg>
      training
    </li>
    <li>
      <svg width="10" height="10" aria-hidden="true">
        <rect x="1.5" y="1.5" width="7" height="7" fill="none" stroke="var(--series-2)" stroke-width="1.5" />
      </svg>
      validation
    </li>
    <li>dashed: prediction and label agree</li>
  </ul>
);

/** What the chemistry predicts: a map, a table of classes, or predictions against labels. */
export function OutcomePanel() {
  const described = description.value;
  if (described === null) {
    return (
      <Panel title="Predictions">
        <div style={{ height: `${HEIGHT}px` }} />
      </Panel>
    );
  }
  const epoch = history.value[history.value.length - 1]?.epoch;
  const title =
    described.plane !== null
      ? 'Decision map'
      : described.classes.length > 0
        ? 'Unseen examples by class'
        : 'Predictions against labels';
  const at = described.plane === null ? epoch : map.value?.epoch;
  return (
    <Panel
      title={title}
      tools={<span class="muted small number">{at === undefined ? '' : `at epoch ${at}`}</span>}
    >
      {described.plane !== null ? (
        <>
          <DecisionMap map={map.value} described={described} current={last.value?.sample} height={HEIGHT} />
          <Classes described={described} />
        </>
      ) : described.classes.length > 0 ? (
        <Confusion described={described} />
      ) : (
        <>
          <Parity described={described} />
          {SETS}
        </>
      )}
    </Panel>
  );
}
