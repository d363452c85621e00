import type { EpochRecord } from 'neural-crn/learning';
import type { Frame } from './worker/protocol';

type Column = (number | null)[];

/** Right answers in per cent, by epochs: while it learns, training, unseen, the twin's. Measured epochs are joined by straight lines. */
export function accuracyCurves(
  history: readonly EpochRecord[],
  running: Frame['running'] | null,
  rows: number,
): [number[], Column, Column, Column, Column] {
  const learning = new Map<number, number>();
  if (running && rows > 0)
    running.steps.forEach((steps, k) => {
      learning.set(steps / rows, 100 * running.parts[k]);
    });
  const places = [...new Set([...learning.keys(), ...history.map(({ epoch }) => epoch)])].sort(
    (a, b) => a - b,
  );
  const measured = (pick: (record: EpochRecord) => number | undefined): Column => {
    let k = 0;
    return places.map((place) => {
      while (k + 1 < history.length && history[k + 1].epoch <= place) k++;
      const [before, after] = [history[k], history[k + 1]];
      const from = before && pick(before);
      if (before === undefined || from === undefined || place < before.epoch) return null;
      if (place === before.epoch) return 100 * from;
      const to = after && pick(after);
      if (after === undefined || to === undefined) return null;
      return 100 * (from + ((place - before.epoch) / (after.epoch - before.epoch)) * (to - from));
    });
  };
  return [
    places,
    held(places, learning),
    measured(({ trainAccuracy }) => trainAccuracy),
    measured(({ validationAccuracy }) => validationAccuracy),
    measured(({ idealValidationAccuracy }) => idealValidationAccuracy),
  ];
}

/** Values where they were taken; between them the last one. */
function held(places: readonly number[], values: ReadonlyMap<number, number>): Column {
  const latest = Math.max(...values.keys());
  let last: number | null = null;
  return places.map((place) => {
    last = values.get(place) ?? last;
    return place <= latest ? last : null;
  });
}
