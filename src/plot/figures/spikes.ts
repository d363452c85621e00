import { checkFigure, finiteValues } from '../check.js';
import type { AreaLayer, Layer, Panel, Panels } from '../figure.js';
import { colorAt, dashAt } from '../palette.js';
import { quantile } from './series.js';

export interface SpikingData {
  /** Of one run, in order of time; channels count from 1. */
  spikes: readonly { time: number; channel: number }[];
  /** Times of all that follows, increasing. */
  times: ArrayLike<number>;
  /** Of the same run. */
  membrane: ArrayLike<number>;
  signal: ArrayLike<number>;
  /** Weights of each run, channel by channel, at all times. */
  weights: readonly (readonly ArrayLike<number>[])[];
  /** The stretch of time in which spikes, membrane and signal are shown. Default: the last 100 time units. */
  shown?: readonly [from: number, to: number];
  /** Default `'A spiking neuron learns'`. */
  title?: string;
}

const LAST = 100;

/**
 * A spiking neuron at work: spikes by channel, membrane and learning signal over a stretch of one run, and weights over all of
 * the time, median and range of the runs.
 */
export function spikingFigure(data: SpikingData): Panels {
  const times = finiteValues('times', data.times);
  const membrane = finiteValues('membrane', data.membrane, times.length);
  const signal = finiteValues('signal', data.signal, times.length);
  const [first] = data.weights;
  if (first === undefined) throw new RangeError('weights is empty; there is nothing to draw');
  const end = times[times.length - 1];
  const [from, to] = data.shown ?? [Math.max(times[0], end - LAST), end];
  const rows = [...times.keys()].filter((k) => times[k] >= from && times[k] <= to);
  if (rows.length === 0) throw new RangeError(`shown: there is no time from ${from} to ${to}`);
  const x = { label: 'time', scale: 'linear' as const, domain: [from, to] as [number, number] };
  const channels = [...first.keys()];
  const trace = (title: string, label: string, values: number[], color: string): Panel => ({
    title,
    x,
    y: { label, scale: 'linear' },
    layers: [
      { kind: 'line', name: label, x: rows.map((k) => times[k]), y: rows.map((k) => values[k]), color },
    ],
    legend: 'none',
  });
  const figure: Panels = {
    title: data.title ?? 'A spiking neuron learns',
    subtitle: `Weights: median and range of ${data.weights.length} runs; all else of the first.`,
    width: 760,
    height: 620,
    columns: 2,
    panels: [
      {
        title: 'spikes',
        x,
        y: {
          label: 'channel',
          scale: 'linear',
          domain: [0.5, channels.length + 0.5],
          ticks: channels.map((n) => ({ value: n + 1, label: String(n + 1) })),
        },
        layers: channels.map((n): Layer => {
          const own = data.spikes.filter(
            ({ channel, time }) => channel === n + 1 && time >= from && time <= to,
          );
          return {
            kind: 'points',
            name: `channel ${n + 1}`,
            x: own.map(({ time }) => time),
            y: own.map(() => n + 1),
            color: colorAt(n),
            radius: 3,
          };
        }),
        legend: 'none',
      },
      trace('membrane', 'B', membrane, '#333333'),
      trace('learning signal', 'E', signal, '#333333'),
      weightsPanel(times, data.weights, channels),
    ],
  };
  checkFigure(figure);
  return figure;
}

function weightsPanel(times: number[], runs: SpikingData['weights'], channels: readonly number[]): Panel {
  const step = Math.max(1, Math.floor(times.length / 400));
  const kept = [...times.keys()].filter((k) => k % step === 0);
  const x = kept.map((k) => times[k]);
  const areas: AreaLayer[] = [];
  const lines: Layer[] = [];
  for (const n of channels) {
    const columns = kept.map((k) =>
      finiteValues(
        `weights of channel ${n + 1}`,
        runs.map((run) => run[n][k]),
      ),
    );
    const name = `channel ${n + 1}`;
    const color = colorAt(n);
    if (runs.length > 1) {
      const [low, high] = [0, 1].map((part) => columns.map((values) => quantile(values, part)));
      areas.push({ kind: 'area', name, x, low, high, color, opacity: 0.18 });
    }
    lines.push({
      kind: 'line',
      name,
      x,
      y: columns.map((values) => quantile(values, 0.5)),
      color,
      dash: dashAt(n),
    });
  }
  return {
    title: 'weights',
    x: { label: 'time', scale: 'linear' },
    y: { label: 'H', scale: 'linear' },
    layers: [...areas, ...lines],
    legend: {
      position: 'top',
      entries: channels.map((n) => ({
        label: `channel ${n + 1}`,
        swatches: [{ kind: 'line', color: colorAt(n), dash: dashAt(n) }],
      })),
    },
  };
}
