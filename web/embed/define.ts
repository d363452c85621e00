import { NeuralCrnLearner } from './learner-element';
import { NeuralCrnSimulator } from './simulator-element';

export type { RunDetail } from './simulator-element';
export { NeuralCrnLearner, NeuralCrnSimulator };

const elements = {
  'neural-crn-simulator': NeuralCrnSimulator,
  'neural-crn-learner': NeuralCrnLearner,
};

/** Makes `<neural-crn-simulator>` and `<neural-crn-learner>` known to the page, once. */
export function defineElements(): void {
  for (const [name, element] of Object.entries(elements)) {
    if (!customElements.get(name)) customElements.define(name, element);
  }
}
