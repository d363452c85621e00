import uplot from 'uplot/dist/uPlot.min.css?inline';
import base from '../design/base.css?inline';
import controls from '../design/controls.css?inline';
import tokens from '../design/tokens.css?inline';
import simulate from '../simulate/simulate.css?inline';
import own from './embed.css?inline';

/** The page's style sheets as those of a shadow root. */
export const styles = [tokens, base.replace(/^html\b/m, ':root'), controls, simulate, uplot, own]
  .join('\n')
  .replace(/:root(\[[^\]]*\])?/g, (_, attribute?: string) => (attribute ? `:host(${attribute})` : ':host'));
