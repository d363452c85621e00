import { useEffect, useMemo, useState } from 'preact/hooks';
import { type LineSeries, LivePlot, type Span, type Tick } from '../design/live-plot';
import { Panel } from '../design/panel';
import { short } from '../run/numbers';
import { busy, description, reading } from './store';
import type { Reading } from './worker/protocol';

/** Colours of the ten digits; the last two have dashes. */
const color = (k: number) => `--series-${1 + (k % 8)}`;
const dash = (k: number) => (k >= 8 ? { dash: [4, 3] } : {});
/** Nodes that are drawn in colours of their own would say nothing: all have one. */
const NODE = '--series-7';
/** A read-out is read at once: how thick its mark is, as a part of the axis. */
const MARK = 0.003;

/** The digit with the largest output. */
const decided = ({ answers }: Reading) => answers.indexOf(Math.max(...answers));

function Bars({ value, classes }: { value: Reading | null; classes: readonly string[] }) {
  const chosen = value ? decided(value) : -1;
  return (
    <ol class="bars">
      {classes.map((name, k) => {
        const answer = value?.answers[k] ?? 0;
        return (
          <li key={name} class={k === chosen ? 'chosen' : undefined}>
            <span class="digit">{name}</span>
            <span class="bar" aria-hidden="true">
              <span
                style={{
                  width: `${100 * Math.min(1, Math.max(0, answer / 1.2))}%`,
                  background: `var(${color(k)})`,
                }}
              />
            </span>
            <span class="number small">{value ? answer.toFixed(2) : '–'}</span>
          </li>
        );
      })}
    </ol>
  );
}

/** Says what the pot decides, once nothing moves any more. */
function Spoken({ value, classes }: { value: Reading | null; classes: readonly string[] }) {
  const [said, setSaid] = useState('');
  const quiet = !busy.value;
  useEffect(() => {
    if (!value || !quiet || value.example !== null) return undefined;
    const timer = setTimeout(() => {
      const k = decided(value);
      setSaid(`The pot says ${classes[k]}, with ${value.answers[k].toFixed(2)}.`);
    }, 600);
    return () => clearTimeout(timer);
  }, [value, quiet]);
  return (
    <span role="status" class="visually-hidden">
      {said}
    </span>
  );
}

function useCurves(value: Reading | null, count: number, kind: 'outputs' | 'nodes') {
  return useMemo(() => {
    const rows = value?.times.length ?? 0;
    return [
      Array.from(value?.times ?? []),
      ...Array.from({ length: count }, (_, k) =>
        Array.from(value?.[kind].subarray(k * rows, (k + 1) * rows) ?? []),
      ),
    ];
  }, [value, count, kind]);
}

/** What the pot makes of an image: ten answers, and the concentrations that they are read from. */
export function AnswerPanel() {
  const { value } = reading;
  const described = description.value;
  const classes = described?.classes ?? Array.from({ length: 10 }, (_, k) => String(k));
  const nodes = described?.nodes ?? 16;
  const outputSeries = useMemo<LineSeries[]>(
    () => classes.map((name, k) => ({ name, color: color(k), ...dash(k) })),
    [classes.join()],
  );
  const nodeSeries = useMemo<LineSeries[]>(
    () => Array.from({ length: nodes }, (_, k) => ({ name: `node ${k + 1}`, color: NODE, width: 1 })),
    [nodes],
  );
  const outputs = useCurves(value, classes.length, 'outputs');
  const inside = useCurves(value, nodes, 'nodes');
  const end = value ? value.phases[value.phases.length - 1].to : 3;
  const spans = useMemo<Span[]>(
    () =>
      value
        ? [
            ...value.phases.map(({ name, from, to }, p) => ({ name, from, to, token: `--phase-${1 + p}` })),
            {
              name: 'read',
              from: value.readAt - MARK * end,
              to: value.readAt + MARK * end,
              token: '--border-strong',
            },
          ]
        : [],
    [value?.readAt, end],
  );
  const ticks = useMemo<Tick[]>(
    () => Array.from({ length: Math.floor(end / 0.5) + 1 }, (_, k) => ({ at: k / 2, label: short(k / 2) })),
    [end],
  );
  const chosen = value ? decided(value) : undefined;
  const truth = value?.example === null || !value ? undefined : described?.train.labels[value.example];
  const learn = value?.phases[1];
  return (
    <Panel
      title="What the pot says"
      tools={
        <span class="phases small">
          {(value?.phases ?? []).map(({ name }, p) => (
            <span key={name} class="phase" style={{ background: `var(--phase-${1 + p})` }}>
              {name}
            </span>
          ))}
        </span>
      }
    >
      <div class="answer">
        <p class="verdict">
          <strong>{chosen === undefined ? '–' : classes[chosen]}</strong>
          <span class="muted small">
            {truth === undefined
              ? 'the largest of ten outputs'
              : truth === chosen
                ? 'and so it is labelled'
                : `labelled ${classes[truth]}`}
          </span>
        </p>
        <Bars value={value} classes={classes} />
        <Spoken value={value} classes={classes} />
      </div>
      <div class="courses">
        <div>
          <h3>The ten outputs, plus rail less minus rail</h3>
          <LivePlot
            label={`Concentrations of the ten outputs through the phases${chosen === undefined ? '' : `; ${classes[chosen]} is the largest when they are read`}`}
            series={outputSeries}
            data={outputs}
            spans={spans}
            height={170}
            xRange={[0, end]}
            xTicks={ticks}
            xLabel="time"
          />
        </div>
        <div>
          <h3>The {nodes} nodes</h3>
          <LivePlot
            label={`Concentrations of the ${nodes} nodes through the phases`}
            series={nodeSeries}
            data={inside}
            spans={spans}
            height={170}
            xRange={[0, end]}
            xTicks={ticks}
            xLabel="time"
          />
        </div>
      </div>
      <p class="muted small">
        Simulated concentrations, in model units. The outputs are made in phase{' '}
        {learn
          ? `${learn.name}, of which the first ${short(learn.to - learn.from)} of ${short(learn.whole)} are shown`
          : 'learn'}
        ; the line marks where they are read. No label is dosed.
      </p>
    </Panel>
  );
}
