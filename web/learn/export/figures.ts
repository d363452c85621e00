import {
  concentrationsFigure,
  confusionFigure,
  decisionMapFigure,
  type Figure,
  lossCurveFigure,
  parityFigure,
  renderSvg,
  weightsFigure,
} from 'neural-crn/plot';
import { signalName } from '../species';
import { before, description, history, map, predictions, trace, weights } from '../store';
import type { FigureName } from './figure-names';

/** A figure of the run as it stands, as SVG. @throws Error when there is nothing to draw yet */
export const figureSvg = (name: FigureName): string => renderSvg(figures[name]());

const nothing = (): never => {
  throw new Error('nothing to draw yet: let it learn first');
};

const figures: Record<FigureName, () => Figure> = {
  loss() {
    const records = history.value;
    if (records.length === 0) return nothing();
    const hinge = records[0].validationHinge !== undefined;
    const pick = (loss: number | undefined, hingeLoss: number | undefined) => (hinge ? hingeLoss : loss) ?? 0;
    const epochs = records.map(({ epoch }) => epoch);
    return lossCurveFigure({
      epochs,
      trainLoss: records.map((record) => pick(record.trainLoss, record.trainHinge)),
      validationLoss: records.map((record) => pick(record.validationLoss, record.validationHinge)),
      ideal: {
        epochs,
        validationLoss: records.map((record) =>
          pick(record.idealValidationLoss, record.idealValidationHinge),
        ),
      },
      ...(hinge && { label: 'hinge loss' }),
    });
  },

  predictions() {
    const described = description.value ?? nothing();
    const { classes, plane, threshold, train, validation, features, target } = described;
    const { value: drawn } = map;
    if (plane !== null && drawn !== null) {
      const centres = ([from, to]: [number, number]) =>
        Array.from({ length: drawn.side }, (_, k) => from + ((k + 0.5) / drawn.side) * (to - from));
      const classOf = (value: number) => (threshold === null ? value : value >= threshold ? 1 : 0);
      return decisionMapFigure({
        x: centres(plane.x),
        y: centres(plane.y),
        classes: Array.from(drawn.values, classOf),
        points: Array.from(train.targets, (label, k) => ({
          x: train.inputs[2 * k],
          y: train.inputs[2 * k + 1],
          label: classOf(label),
        })),
        labels: classes,
        xLabel: features[0],
        yLabel: features[1],
      });
    }
    const { value: after } = predictions;
    if (after === null) return nothing();
    if (classes.length > 0) {
      const counts = classes.map(() => classes.map(() => 0));
      validation.targets.forEach((label, k) => {
        counts[label][after.validation[k]]++;
      });
      return confusionFigure({ counts, labels: classes });
    }
    const pairs = (set: NonNullable<typeof after>) => ({
      target: Array.from(validation.targets),
      prediction: Array.from(set.validation),
    });
    return parityFigure({ before: pairs(before.value ?? after), after: pairs(after), label: target });
  },

  concentrations() {
    const { value } = trace;
    const described = description.value;
    if (value === null || described === null) return nothing();
    const count = value.times.length;
    const series = described.network.species.map((name, s) => ({
      name,
      values: Array.from(value.values.subarray(s * count, (s + 1) * count)),
    }));
    series.sort((a, b) => signalName(a.name).localeCompare(signalName(b.name), 'en', { numeric: true }));
    return concentrationsFigure({ times: Array.from(value.times), series, phases: value.phases });
  },

  weights() {
    const { value } = weights;
    const names = description.value?.weightNames;
    if (value === null || names === undefined) return nothing();
    return weightsFigure({
      steps: Array.from(value.steps),
      series: names.map((name, w) => ({
        name,
        values: Array.from(value.steps, (_, k) => value.values[k * value.width + w]),
      })),
      stepLabel: 'examples learned',
    });
  },
};
