/** Figures as plain data, their drawing as SVG, and the figures of the main jobs. Runs in browsers and in Node. */
export { checkFigure } from './check.js';
export type {
  AreaLayer,
  Axis,
  AxisTick,
  BandLayer,
  CellsLayer,
  Chart,
  Dash,
  Figure,
  Layer,
  Legend,
  LegendEntry,
  LineLayer,
  Panel,
  Panels,
  PointSymbol,
  PointsLayer,
  RuleLayer,
  ScaleKind,
  Swatch,
  TextLayer,
} from './figure.js';
export { isPanels } from './figure.js';
export { type AccuracyCurveData, accuracyCurveFigure } from './figures/accuracy-curve.js';
export { type AccuracyRow, type AccuracyStripData, accuracyStripFigure } from './figures/accuracy-strip.js';
export { type CompareData, type CompareGroup, compareFigure, type Varied } from './figures/compare.js';
export { type ConcentrationsData, concentrationsFigure, type PhaseSpan } from './figures/concentrations.js';
export { type ConfusionData, confusionFigure } from './figures/confusion.js';
export { type CumulativeData, type CumulativeSeries, cumulativeFigure } from './figures/cumulative.js';
export { type DataFigureData, dataFigure } from './figures/data.js';
export { type DecisionMapData, decisionMapFigure } from './figures/decision-map.js';
export { type EnsembleData, ensembleFigure } from './figures/ensemble.js';
export { type HeatMapData, heatMapFigure } from './figures/heat-map.js';
export { type ImagesData, imagesFigure } from './figures/images.js';
export {
  type DifferenceData,
  differenceFigure,
  type LearnerCourseData,
  learnerCourseFigure,
} from './figures/learner-course.js';
export { type LossBandData, lossBandFigure } from './figures/loss-band.js';
export { type LossCurveData, lossCurveFigure } from './figures/loss-curve.js';
export { type Pairs, type ParityData, parityFigure } from './figures/parity.js';
export { gridFromSamples, type PlanePoint, type SampledGrid } from './figures/plane.js';
export { type ScatterData, scatterFigure } from './figures/scatter.js';
export type { Series } from './figures/series.js';
export { type SpikingData, spikingFigure } from './figures/spikes.js';
export { type SuccessData, type SuccessSeries, successFigure } from './figures/success.js';
export { type TimeCourseData, timeCourseFigure } from './figures/time-course.js';
export { type BandSeries, type ValueBandData, valueBandFigure } from './figures/value-band.js';
export { type WeightsData, weightsFigure } from './figures/weights.js';
export { type HtmlPageData, type HtmlSection, type HtmlTable, htmlPage } from './html.js';
export { PALETTE } from './palette.js';
export { renderSvg } from './svg.js';
