import { useEffect, useRef } from 'preact/hooks';
import { isDark } from '../app/theme';
import { resolved } from '../design/live-plot';
import type { Description, MapFrame } from './worker/protocol';

export const classColor = (k: number) => `--series-${1 + (k % 8)}`;

type Rgb = readonly [number, number, number];

/** A token's colour as numbers, whatever notation the browser has for it. */
function rgb(token: string): Rgb {
  const canvas = document.createElement('canvas');
  canvas.width = 1;
  canvas.height = 1;
  const context = canvas.getContext('2d', { willReadFrequently: true }) as CanvasRenderingContext2D;
  context.fillStyle = resolved(token);
  context.fillRect(0, 0, 1, 1);
  const [r, g, b] = context.getImageData(0, 0, 1, 1).data;
  return [r, g, b];
}

const mix = (a: Rgb, b: Rgb, part: number): Rgb => [
  a[0] + (b[0] - a[0]) * part,
  a[1] + (b[1] - a[1]) * part,
  a[2] + (b[2] - a[2]) * part,
];

/** How strongly a sure decision is coloured. */
const STRENGTH = 0.5;
const ROOM = { left: 58, right: 10, top: 8, bottom: 38 };

/** The cells as a small picture: with two classes shaded by how far from the border the prediction is. */
function cells({ side, values }: MapFrame, described: Description): HTMLCanvasElement {
  const small = document.createElement('canvas');
  small.width = side;
  small.height = side;
  const context = small.getContext('2d') as CanvasRenderingContext2D;
  const picture = context.createImageData(side, side);
  const surface = rgb('--surface');
  const colors = described.classes.map((_, k) => rgb(classColor(k)));
  const { threshold, train } = described;
  // Half the distance of the two labels.
  const scale =
    threshold === null
      ? 1
      : Math.max(1e-9, ...Array.from(train.targets, (target) => Math.abs(target - threshold)));
  for (let k = 0; k < side * side; k++) {
    const value = values[k];
    const own = threshold === null ? value : value >= threshold ? 1 : 0;
    const sure = threshold === null ? 1 : Math.min(1, 0.15 + (0.85 * Math.abs(value - threshold)) / scale);
    const color = mix(surface, colors[own] ?? surface, STRENGTH * sure);
    // Pictures begin at the top, the grid at the bottom.
    const place = 4 * ((side - 1 - Math.floor(k / side)) * side + (k % side));
    picture.data.set([...color, 255], place);
  }
  context.putImageData(picture, 0, 0);
  return small;
}

function draw(
  canvas: HTMLCanvasElement,
  map: MapFrame | null,
  described: Description,
  current: number | undefined,
): void {
  const { plane, train, threshold, features } = described;
  if (plane === null) return;
  const ratio = devicePixelRatio || 1;
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  if (canvas.width !== Math.round(width * ratio)) canvas.width = Math.round(width * ratio);
  if (canvas.height !== Math.round(height * ratio)) canvas.height = Math.round(height * ratio);
  const context = canvas.getContext('2d') as CanvasRenderingContext2D;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  const side = Math.max(20, Math.min(width - ROOM.left - ROOM.right, height - ROOM.top - ROOM.bottom));
  const left = ROOM.left + (width - ROOM.left - ROOM.right - side) / 2;
  const top = ROOM.top;
  if (map) {
    context.imageSmoothingEnabled = threshold !== null;
    context.imageSmoothingQuality = 'high';
    context.drawImage(cells(map, described), left, top, side, side);
  }
  context.strokeStyle = resolved('--border');
  context.strokeRect(left + 0.5, top + 0.5, side - 1, side - 1);

  const at = (x: number, y: number): [number, number] => [
    left + ((x - plane.x[0]) / (plane.x[1] - plane.x[0])) * side,
    top + side - ((y - plane.y[0]) / (plane.y[1] - plane.y[0])) * side,
  ];
  const colors = described.classes.map((_, k) => resolved(classColor(k)));
  const outline = resolved('--surface');
  for (let k = 0; k < train.targets.length; k++) {
    const own = threshold === null ? train.targets[k] : train.targets[k] >= threshold ? 1 : 0;
    const [x, y] = at(train.inputs[2 * k], train.inputs[2 * k + 1]);
    context.beginPath();
    // Squares and discs: classes are told apart without colour, too.
    if (own % 2 === 1) context.rect(x - 3, y - 3, 6, 6);
    else context.arc(x, y, 3.4, 0, 2 * Math.PI);
    context.fillStyle = colors[own] ?? outline;
    context.fill();
    context.lineWidth = 1;
    context.strokeStyle = outline;
    context.stroke();
  }
  if (current !== undefined && current < train.targets.length) {
    const [x, y] = at(train.inputs[2 * current], train.inputs[2 * current + 1]);
    context.beginPath();
    context.arc(x, y, 8, 0, 2 * Math.PI);
    context.lineWidth = 2;
    context.strokeStyle = resolved('--ink');
    context.stroke();
  }

  context.fillStyle = resolved('--muted');
  context.font = `12px ${getComputedStyle(canvas).fontFamily}`;
  const short = (value: number) => Number(value.toPrecision(2)).toString();
  for (const part of [0, 0.5, 1]) {
    context.textAlign = part === 0 ? 'left' : part === 1 ? 'right' : 'center';
    context.textBaseline = 'top';
    context.fillText(
      short(plane.x[0] + part * (plane.x[1] - plane.x[0])),
      left + part * side,
      top + side + 5,
    );
    context.textAlign = 'right';
    context.textBaseline = part === 0 ? 'alphabetic' : part === 1 ? 'top' : 'middle';
    context.fillText(
      short(plane.y[0] + part * (plane.y[1] - plane.y[0])),
      left - 6,
      top + side - part * side,
    );
  }
  context.textAlign = 'center';
  context.textBaseline = 'alphabetic';
  context.fillText(features[0], left + side / 2, top + side + 32);
  context.save();
  const widest = Math.max(...plane.y.map((value) => context.measureText(short(value)).width), 24);
  context.translate(left - widest - 16, top + side / 2);
  context.rotate(-Math.PI / 2);
  context.fillText(features[1], 0, 0);
  context.restore();
}

/** Which class is predicted where, and the examples that taught it. */
export function DecisionMap({
  map,
  described,
  current,
  height,
}: {
  map: MapFrame | null;
  described: Description;
  current: number | undefined;
  height: number;
}) {
  const host = useRef<HTMLCanvasElement>(null);
  const dark = isDark();
  useEffect(() => {
    const canvas = host.current as HTMLCanvasElement;
    const again = () => draw(canvas, map, described, current);
    again();
    const observer = new ResizeObserver(again);
    observer.observe(canvas);
    return () => observer.disconnect();
  }, [map, described, current, dark]);
  const says = map
    ? `Predicted class over the plane of ${described.features.join(' and ')} at epoch ${map.epoch}`
    : 'Predicted class over the plane, nothing predicted yet';
  return <canvas ref={host} role="img" aria-label={says} style={{ width: '100%', height: `${height}px` }} />;
}
