import type { LearnerAbout } from '../learner.js';

export const rateIndependentAbout: LearnerAbout = {
  system: 'rate-independent',
  title: 'Network of rectifiers that computes at any rates, trained digitally (deep molecular programming)',
  origin: 'authors',
  source:
    'Vasić, Chalk, Khurshid & Soloveichik, ICML 2020; Vasić, Chalk, Luchsinger, Khurshid & Soloveichik, PNAS 2022; ' +
    'weights that are fractions: our reactions',
};
