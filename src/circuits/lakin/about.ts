import type { LearnerAbout } from '../learner.js';

export const lakinAbout: LearnerAbout = {
  system: 'lakin',
  title: 'Leaky-ReLU network with backpropagation, after Lakin, our reactions',
  origin: 'reconstruction',
  source: 'Lakin, Artificial Life 29(3), 2023',
};
