import { checkFigure, finiteValues } from '../check.js';
import type { Layer, Panel, Panels } from '../figure.js';
import { colorAt, dashAt } from '../palette.js';

/** Success of one system at sizes of what is varied, parts from 0 to 1 with their intervals. */
export interface CompareGroup {
  /** One of `systems`. */
  name: string;
  values: readonly { at: number; rate: number; low: number; high: number }[];
}

/** What is varied: rate constants, by the size of their factors, or molecules, by those that a concentration of 1 stands for. */
export type Varied = 'mismatch' | 'volume';

export interface CompareData {
  /** All systems: their order gives them their colours in every panel. */
  systems: readonly string[];
  /** A problem each, and what is varied. `at` Infinity of a volume is the rate equations. */
  panels: readonly { name: string; varied: Varied; groups: readonly CompareGroup[] }[];
  /** Default `'Starts that learn'`. */
  title?: string;
}

/** The harder the further right. */
const axes: Record<Varied, { label: string; order: 1 | -1; tick: (at: number) => string }> = {
  mismatch: {
    label: 'mismatch of rate constants',
    order: 1,
    tick: (at) => `${Number((100 * at).toPrecision(3))} %`,
  },
  volume: {
    label: 'molecules that 1 stands for',
    order: -1,
    tick: (at) => (at === Number.POSITIVE_INFINITY ? '∞' : String(at)),
  },
};

/** Part of the room between two sizes that the marks of all systems take. */
const SPREAD = 0.6;

/** Success of several systems on several problems, as designed and with something that is off. */
export function compareFigure(data: CompareData): Panels {
  const { systems, panels, title = 'Starts that learn' } = data;
  if (systems.length === 0 || panels.length === 0) {
    throw new RangeError('systems or panels are empty; there is nothing to draw');
  }
  /** All panels of a kind have the same places. */
  const placesOf = (varied: Varied): number[] => {
    const own = panels.filter((panel) => panel.varied === varied);
    const places = own.flatMap(({ groups }) => groups.flatMap(({ values }) => values.map(({ at }) => at)));
    return [...new Set(places)].sort((a, b) => axes[varied].order * (a - b || 0));
  };
  const places = { mismatch: placesOf('mismatch'), volume: placesOf('volume') };
  const offset = (s: number) => SPREAD * ((s + 0.5) / systems.length - 0.5);
  const figure: Panels = {
    title,
    subtitle: 'Bars: intervals of 95 % (Wilson).',
    width: 760,
    height: 90 + 250 * Math.ceil(panels.length / 2),
    columns: Math.min(2, panels.length),
    legend: {
      position: 'top',
      entries: systems.map((name, s) => ({
        label: name,
        swatches: [{ kind: 'line', color: colorAt(s), dash: dashAt(s) }],
      })),
    },
    panels: panels.map(({ name, varied, groups }): Panel => {
      const [own, axis] = [places[varied], axes[varied]];
      const layers = groups.flatMap((group): Layer[] => {
        const s = systems.indexOf(group.name);
        if (s < 0) throw new RangeError(`${name}: ${JSON.stringify(group.name)} is not one of the systems`);
        const x = group.values.map(({ at }) => own.indexOf(at) + offset(s));
        const y = finiteValues(
          `${name}, ${group.name}: rate`,
          group.values.map(({ rate }) => 100 * rate),
          x.length,
        );
        const color = colorAt(s);
        return [
          ...group.values.map(
            ({ low, high }, k): Layer => ({
              kind: 'line',
              name: `${group.name}, 95 %`,
              x: [x[k], x[k]],
              y: [100 * low, 100 * high],
              color,
              width: 1,
            }),
          ),
          { kind: 'line', name: group.name, x, y, color, dash: dashAt(s), width: 1.75, markers: true },
        ];
      });
      return {
        title: name,
        x: {
          label: axis.label,
          scale: 'linear',
          domain: [-0.5, own.length - 0.5],
          ticks: own.map((at, value) => ({ value, label: axis.tick(at) })),
        },
        y: { label: 'success', unit: '%', scale: 'linear', domain: [0, 100] },
        layers,
        legend: 'none',
      };
    }),
  };
  checkFigure(figure);
  return figure;
}
