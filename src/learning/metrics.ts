/** Mean of ½(prediction − target)² over the examples. */
export function meanLoss(predictions: readonly number[], targets: readonly number[]): number {
  let sum = 0;
  for (let k = 0; k < targets.length; k++) {
    const error = predictions[k] - targets[k];
    sum += 0.5 * error * error;
  }
  return sum / targets.length;
}

/**
 * Coefficient of determination R² = 1 − Σ(prediction − target)²/Σ(target − mean)²; `undefined` when all targets are
 * equal.
 */
export function rSquared(predictions: readonly number[], targets: readonly number[]): number | undefined {
  let mean = 0;
  for (const target of targets) mean += target / targets.length;
  let residual = 0;
  let total = 0;
  for (let k = 0; k < targets.length; k++) {
    const error = predictions[k] - targets[k];
    const deviation = targets[k] - mean;
    residual += error * error;
    total += deviation * deviation;
  }
  return total > 0 ? 1 - residual / total : undefined;
}
