import { useMemo } from 'preact/hooks';
import { Panel } from '../design/panel';
import { short } from '../run/numbers';
import { PixelImage } from './pixel-image';
import { description, weights } from './store';
import { AVERAGING, PIXELS } from './subset';

const [PLUS, MINUS] = ['--series-1', '--series-2'];

/** The weight that has the full colour: few are larger. */
function largest(values: ArrayLike<number>): number {
  const sizes = Array.from(values, Math.abs).sort((a, b) => a - b);
  return sizes[Math.floor(0.995 * (sizes.length - 1))] || 1;
}

/** The weights of every node as an image of what it looks for, and what it says for each digit. */
export function WeightsPanel() {
  const { value } = weights;
  const described = description.value;
  const nodes = described?.nodes ?? 16;
  const classes = described?.classes.length ?? 10;
  const shown = useMemo(() => {
    if (value === null) return null;
    const inputs = value.theta.length / nodes;
    return {
      looks: Array.from({ length: nodes }, (_, i) => value.theta.subarray(i * inputs, i * inputs + PIXELS)),
      says: Array.from({ length: nodes }, (_, i) =>
        Float32Array.from({ length: classes }, (_, k) => value.W[k * nodes + i] ?? 0),
      ),
      theta: largest(value.theta),
      W: largest(value.W),
    };
  }, [value, nodes, classes]);
  const strongest = (says: ArrayLike<number> | undefined) => {
    if (!says) return '';
    const all = Array.from(says);
    return `most for ${all.indexOf(Math.max(...all))}, against ${all.indexOf(Math.min(...all))}`;
  };
  return (
    <Panel
      wide
      title="Weights"
      tools={
        <ul class="legend">
          <li>
            <span class="square" style={{ background: `var(${PLUS})` }} /> excites
          </li>
          <li>
            <span class="square" style={{ background: `var(${MINUS})` }} /> inhibits
          </li>
        </ul>
      }
    >
      <ul class="nodes">
        {Array.from({ length: nodes }, (_, i) => (
          <li key={i}>
            <PixelImage
              values={shown?.looks[i] ?? []}
              side={AVERAGING.side}
              most={shown?.theta ?? 1}
              positive={PLUS}
              negative={MINUS}
              label={`Weights of node ${i + 1} over the image; ${strongest(shown?.says[i])}`}
            />
            <PixelImage
              values={shown?.says[i] ?? []}
              side={classes}
              rows={1}
              most={shown?.W ?? 1}
              positive={PLUS}
              negative={MINUS}
            />
          </li>
        ))}
      </ul>
      <p class="muted small">
        Each image is a node: its weights θ, pixel by pixel, from the concentrations of the two rails of P;
        full colour at {shown ? short(shown.theta) : '–'}. Below it the weights W by which it speaks for the
        digits 0 to 9; full colour at {shown ? short(shown.W) : '–'}.
      </p>
    </Panel>
  );
}
