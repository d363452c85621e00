import type { ContestantName } from '../simulate/protocol';

export const contestants: readonly { name: ContestantName; title: string; about: string }[] = [
  {
    name: 'generated',
    title: 'WebAssembly, written for the network',
    about: 'neural-crn with generated kernels',
  },
  {
    name: 'interpreted',
    title: 'WebAssembly, following tables',
    about: 'neural-crn with interpreted kernels',
  },
  { name: 'js', title: 'JavaScript, the same arithmetic', about: "neural-crn with engine: 'js'" },
  {
    name: 'textbook',
    title: 'JavaScript, as pages write it',
    about: 'Dormand–Prince 5(4) over arrays of reactions',
  },
];
