import { useEffect, useRef } from 'preact/hooks';
import { isDark } from '../app/theme';
import { resolved } from '../design/live-plot';

/** Red, green and blue of a token of the style sheet. */
function rgb(token: string): [number, number, number] {
  const [r, g, b] = (resolved(token).match(/[\d.]+/g) ?? []).map(Number);
  return [r ?? 0, g ?? 0, b ?? 0];
}

/** Numbers in [−1, 1] as colours of a square: nothing is the ground, and the two signs have a colour each. */
export function PixelImage({
  values,
  side,
  rows = side,
  most = 1,
  positive = '--ink',
  negative = '--series-2',
  label,
}: {
  values: ArrayLike<number>;
  /** Pixels on a line. */
  side: number;
  rows?: number;
  /** The value that has the full colour. */
  most?: number;
  positive?: string;
  negative?: string;
  /** Read out in place of the picture; none where text beside it says it. */
  label?: string;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const dark = isDark();
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const [ground, plus, minus] = [rgb('--surface'), rgb(positive), rgb(negative)];
    const image = context.createImageData(side, rows);
    for (let k = 0; k < side * rows; k++) {
      const value = values[k] ?? 0;
      const part = Math.min(1, Math.abs(value) / most);
      const colour = value < 0 ? minus : plus;
      for (let channel = 0; channel < 3; channel++)
        image.data[4 * k + channel] = ground[channel] + part * (colour[channel] - ground[channel]);
      image.data[4 * k + 3] = 255;
    }
    context.putImageData(image, 0, 0);
  }, [values, side, rows, most, positive, negative, dark]);
  return (
    <canvas
      ref={canvas}
      class="pixels"
      width={side}
      height={rows}
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    />
  );
}
