/** Drawn on a grid of 16 by 16. */
const paths = {
  play: 'M4 2.5v11l9-5.5z',
  pause: 'M4 2.5h3v11H4zM9 2.5h3v11H9z',
  stop: 'M3.5 3.5h9v9h-9z',
  step: 'M3 2.5v11l7-5.5zM11 2.5h2v11h-2z',
  reset: 'M8 3a5 5 0 1 1-4.6 3h1.7A3.4 3.4 0 1 0 8 4.6V7L4 3.8 8 .7z',
  share:
    'M11 1a2.5 2.5 0 1 1-1.9 4.1L6.4 6.8a2.5 2.5 0 0 1 0 2.4l2.7 1.7a2.5 2.5 0 1 1-.8 1.3L5.6 10.5a2.5 2.5 0 1 1 0-5L8.3 3.8A2.5 2.5 0 0 1 11 1z',
  download: 'M7 1h2v7h3l-4 4.5L4 8h3zM2 13.5h12V15H2z',
  system: 'M1.5 2.5h13v9h-5l.5 2H11V15H5v-1.5h1l.5-2h-5zm1.5 1.5v6h10V4z',
  light:
    'M8 4.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7zM7.3 0h1.4v2.5H7.3zm0 13.5h1.4V16H7.3zM0 7.3h2.5v1.4H0zm13.5 0H16v1.4h-2.5zM2.8 1.9l1.8 1.8-1 1-1.8-1.8zm9.6 9.5 1.8 1.8-1 1-1.8-1.8zm.8-9.5 1 1-1.8 1.8-1-1zm-9.6 9.5 1 1-1.8 1.8-1-1z',
  dark: 'M6 1a7 7 0 1 0 9 9A6 6 0 0 1 6 1z',
} as const;

export type IconName = keyof typeof paths;

/** A small picture beside a name or in place of one; it says nothing by itself. */
export const Icon = ({ name }: { name: IconName }) => (
  <svg viewBox="0 0 16 16" width="16" height="16" fill="currentColor" aria-hidden="true">
    <path d={paths[name]} />
  </svg>
);
