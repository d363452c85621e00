import { averaged, momentNormalised } from 'neural-crn/learning';
import { AVERAGING } from '../subset';
import { inkOf, type Stroke } from './ink';

/** What the pot is given of a drawing: 8 × 8 pixels, made as the task `digits` makes its own. Without strokes there is nothing. */
export const prepareDrawing = (strokes: readonly Stroke[]): number[] | undefined =>
  strokes.length === 0 ? undefined : averaged(momentNormalised(inkOf(strokes)), AVERAGING);
