import { checkFigure, finiteValues } from '../check.js';
import type { Layer, Panel, Panels } from '../figure.js';
import { colorAt, dashAt } from '../palette.js';

/** Success of one system at sizes of what is varied, parts from 0 to 1 with their intervals. */
export interface CompareGroup {
  /** One of `systems`. */
  name: string;
  values: readonly { sigma: number; rate: number; low: number; high: number }[];
}

export interface CompareData {
  /** All systems: their order gives them their colours in every panel. */
  systems: readonly string[];
  /** A problem each. */
  panels: readonly { name: string; groups: readonly CompareGroup[] }[];
  /** Of what is varied. Default `'mismatch of rate constants'`. */
  label?: string;
  /** Default `'Starts that learn'`. */
  title?: string;
}

/** Part of the room between two sizes that the marks of all systems take. */
const SPREAD = 0.6;

/** Success of several systems on several problems, as designed and with something that is off. */
export function compareFigure(data: CompareData): Panels {
  const { systems, panels, label = 'mismatch of rate constants', title = 'Starts that learn' } = data;
  if (systems.length === 0 || panels.length === 0) {
    throw new RangeError('systems or panels are empty; there is nothing to draw');
  }
  const sigmas = [
    ...new Set(
      panels.flatMap(({ groups }) => groups.flatMap(({ values }) => values.map(({ sigma }) => sigma))),
    ),
  ].sort((a, b) => a - b);
  const ticks = sigmas.map((sigma, value) => ({ value, label: `${Number((100 * sigma).toPrecision(3))} %` }));
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
    panels: panels.map(({ name, groups }): Panel => {
      const layers = groups.flatMap((group): Layer[] => {
        const s = systems.indexOf(group.name);
        if (s < 0) throw new RangeError(`${name}: ${JSON.stringify(group.name)} is not one of the systems`);
        const x = group.values.map(({ sigma }) => sigmas.indexOf(sigma) + offset(s));
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
        x: { label, scale: 'linear', domain: [-0.5, sigmas.length - 0.5], ticks },
        y: { label: 'success', unit: '%', scale: 'linear', domain: [0, 100] },
        layers,
        legend: 'none',
      };
    }),
  };
  checkFigure(figure);
  return figure;
}
