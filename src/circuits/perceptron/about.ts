import type { LearnerAbout } from '../learner.js';

export const perceptronAbout: LearnerAbout = {
  system: 'perceptron',
  title: 'Weight-loop perceptron in mass action, after Banda et al., our reactions',
  origin: 'reconstruction',
  source: 'Banda, Teuscher & Lakin, Artificial Life 19(2), 2013; a model file of theirs has the skeleton',
};
