import type { LearnerAbout } from '../learner.js';

export const onePotAbout: LearnerAbout = {
  system: 'one-pot',
  title: 'Smooth-ReLU network that learns without phases, after Kang & Kim, our reactions',
  origin: 'reconstruction',
  source:
    'Kang & Kim, arXiv 2410.11919; neurons after Anderson, Joshi & Deshpande, J. R. Soc. Interface 18, 2021',
};
