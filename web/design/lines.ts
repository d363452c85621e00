/**
 * Colours of lines, told apart with any common colour blindness: Okabe & Ito's without yellow, then some of Tol's
 * "muted" scheme; on dark ground the same hues, lighter. Figures that are saved have those of `neural-crn/plot`.
 */
const light = [
  '#0072b2',
  '#d55e00',
  '#009e73',
  '#b5508c',
  '#b87a00',
  '#2f8fc4',
  '#1a1d21',
  '#882255',
  '#7c7c22',
  '#332288',
];
const dark = [
  '#5ab4f0',
  '#ff8a4c',
  '#3fcf9f',
  '#e79bc8',
  '#f0b849',
  '#9ad4f5',
  '#eceef1',
  '#d9779f',
  '#cfcf6a',
  '#a99be8',
];
const dashes: readonly (readonly number[] | undefined)[] = [undefined, [7, 4], [2, 3]];

export const lineColor = (index: number, isDark: boolean): string => {
  const colors = isDark ? dark : light;
  return colors[index % colors.length];
};

/** Beyond the colours the rounds are told apart by their dashes. */
export const lineDash = (index: number): readonly number[] | undefined =>
  dashes[Math.floor(index / light.length) % dashes.length];
