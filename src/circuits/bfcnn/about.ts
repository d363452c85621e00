import type { LearnerAbout } from '../learner.js';

export const bfcnnAbout: LearnerAbout = {
  system: 'bfcnn',
  title: 'BFCNN: sigmoid network with backpropagation and a stop of its own, after Fan et al., our reactions',
  origin: 'reconstruction',
  source: 'Fan, Zhang, Gao & Dochain, arXiv 2311.18313 and 2401.07077',
};
