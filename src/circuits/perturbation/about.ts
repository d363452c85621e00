import type { LearnerAbout } from '../learner.js';

export const perturbationAbout: LearnerAbout = {
  system: 'perturbation',
  title: 'Tanh network that learns by perturbing its weights, after Arredondo & Lakin, our reactions',
  origin: 'reconstruction',
  source: 'Arredondo & Lakin, IEEE TNNLS 34(10), 2023',
};
