export const FIGURES = ['loss', 'predictions', 'concentrations', 'weights'] as const;
export type FigureName = (typeof FIGURES)[number];
