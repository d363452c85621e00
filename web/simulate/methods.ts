import type { MethodName } from 'neural-crn';

export const methods: readonly { value: MethodName; title: string }[] = [
  { value: 'auto', title: 'auto' },
  { value: 'rodas5p', title: 'rodas5p (stiff)' },
  { value: 'rodas4', title: 'rodas4 (stiff, coarse)' },
  { value: 'tsit5', title: 'tsit5 (explicit)' },
  { value: 'bdf', title: 'bdf (large)' },
];
