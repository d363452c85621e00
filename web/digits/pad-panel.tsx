import { signal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { isDark } from '../app/theme';
import { Button } from '../design/button';
import { resolved } from '../design/live-plot';
import { Panel } from '../design/panel';
import type { Point, Stroke } from './drawing/ink';
import { keyed, restingPen } from './drawing/pen';
import { prepareDrawing } from './drawing/prepare';
import { PixelImage } from './pixel-image';
import { ask, description, look, reading } from './store';
import { PIXELS } from './subset';

/** Width of the pen, as a part of the pad. */
const PEN = 0.075;
/** Pixels of the pad's own canvas on each side. */
const CANVAS = 560;

/** What is drawn; it outlives a look at another view. */
const strokes = signal<readonly Stroke[]>([]);
const pen = signal(restingPen);

/** Draws, and asks the pot about it. */
function drawStrokes(drawn: readonly Stroke[]): void {
  strokes.value = drawn;
  ask(prepareDrawing(drawn) ?? null);
}

let shown = 0;

/** An image of a digit that the pot never learns from. */
function showUnseen(digit: number): void {
  const images = description.peek()?.validation;
  if (!images) return;
  const own = Array.from(images.labels.keys()).filter((k) => images.labels[k] === digit);
  if (own.length === 0) return;
  shown++;
  const k = own[shown % own.length];
  strokes.value = [];
  ask(Array.from(images.pixels.subarray(k * PIXELS, (k + 1) * PIXELS)));
}

const dot = ({ x, y }: Point): [number, number] => [x * CANVAS, y * CANVAS];

function paint(context: CanvasRenderingContext2D, isFocused: boolean): void {
  context.fillStyle = resolved('--surface');
  context.fillRect(0, 0, CANVAS, CANVAS);
  context.strokeStyle = resolved('--border');
  context.lineWidth = 2;
  // The field that a digit is brought to, as on a form.
  context.setLineDash([6, 8]);
  context.strokeRect(CANVAS / 7, CANVAS / 7, (5 * CANVAS) / 7, (5 * CANVAS) / 7);
  context.setLineDash([]);
  context.strokeStyle = resolved('--ink');
  context.lineWidth = PEN * CANVAS;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  for (const stroke of strokes.value) {
    context.beginPath();
    context.moveTo(...dot(stroke[0]));
    // A line to where it begins is a dot.
    for (const point of stroke.length === 1 ? stroke : stroke.slice(1)) context.lineTo(...dot(point));
    context.stroke();
  }
  if (!isFocused) return;
  const { at, isDown } = pen.value;
  context.beginPath();
  context.arc(...dot(at), (PEN * CANVAS) / 2, 0, 2 * Math.PI);
  context.lineWidth = 4;
  context.strokeStyle = resolved('--accent');
  context.fillStyle = resolved('--accent');
  if (isDown) context.fill();
  context.stroke();
}

/** Where digits are drawn, with a pointer, a finger, or keys. */
function Pad() {
  const host = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const drawing = useRef<number | undefined>(undefined);
  const [focused, setFocused] = useState(false);
  const drawn = strokes.value;
  const { value } = pen;
  const dark = isDark();
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context) paint(context, focused);
  }, [drawn, value, focused, dark]);
  const pointsOf = (event: PointerEvent): Point[] => {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const events = event.getCoalescedEvents?.() ?? [];
    return (events.length > 0 ? events : [event]).map(({ clientX, clientY }) => ({
      x: Math.min(1, Math.max(0, (clientX - box.left) / box.width)),
      y: Math.min(1, Math.max(0, (clientY - box.top) / box.height)),
    }));
  };
  const over = (event: PointerEvent) => {
    if (drawing.current === event.pointerId) drawing.current = undefined;
  };
  return (
    <div
      ref={host}
      class="pad"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: keys draw on it
      tabIndex={0}
      role="application"
      aria-roledescription="drawing pad"
      aria-label={drawn.length === 0 ? 'Draw a digit: empty' : `Draw a digit: ${drawn.length} strokes`}
      aria-describedby="pad-help"
      onFocus={() => setFocused(host.current?.matches(':focus-visible') ?? false)}
      onBlur={() => {
        setFocused(false);
        pen.value = { ...pen.peek(), isDown: false };
      }}
      onKeyDown={(event) => {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        if (/^\d$/.test(event.key)) showUnseen(Number(event.key));
        else if (event.key === 'Backspace') drawStrokes(strokes.peek().slice(0, -1));
        else if (event.key === 'Delete' || event.key === 'Escape') drawStrokes([]);
        else {
          const done = keyed(event, pen.peek(), strokes.peek());
          if (!done) return;
          pen.value = done.pen;
          setFocused(true);
          if (done.strokes !== strokes.peek()) drawStrokes(done.strokes);
        }
        event.preventDefault();
      }}
      onPointerDown={(event) => {
        if (drawing.current !== undefined || event.button !== 0) return;
        drawing.current = event.pointerId;
        event.currentTarget.setPointerCapture(event.pointerId);
        drawStrokes([...strokes.peek(), pointsOf(event).slice(0, 1)]);
      }}
      onPointerMove={(event) => {
        if (drawing.current !== event.pointerId) return;
        const all = strokes.peek();
        drawStrokes([...all.slice(0, -1), [...(all[all.length - 1] ?? []), ...pointsOf(event)]]);
      }}
      onPointerUp={over}
      onPointerCancel={over}
    >
      <canvas ref={canvas} width={CANVAS} height={CANVAS} />
    </div>
  );
}

/** The pad, what the pot is given of it, and images that it has never learned from. */
export function PadPanel() {
  const { value } = reading;
  const drawn = strokes.value;
  const { pixels } = look.value;
  const images = description.value;
  const from =
    drawn.length > 0
      ? 'your drawing, made upright and of one size'
      : pixels
        ? 'an image it has never learned from'
        : 'the example it learned last';
  return (
    <Panel
      title="Draw a digit"
      tools={
        <span class="row">
          <Button disabled={drawn.length === 0} onPress={() => drawStrokes(drawn.slice(0, -1))}>
            Undo
          </Button>
          <Button disabled={drawn.length === 0 && !pixels} onPress={() => drawStrokes([])}>
            Clear
          </Button>
        </span>
      }
    >
      <div class="pad-row">
        <Pad />
        <figure class="given">
          <PixelImage
            values={value?.pixels ?? []}
            side={8}
            label={`What the pot is given, 8 by 8 pixels: ${from}`}
          />
          <figcaption class="muted small">What the pot is given: {from}, in 8 × 8 concentrations.</figcaption>
        </figure>
      </div>
      <fieldset class="row unseen" aria-label="Images it has never learned from">
        <span class="muted small">Or an unseen</span>
        {Array.from({ length: 10 }, (_, digit) => (
          <Button
            key={digit}
            look="quiet"
            label={`An unseen ${digit}`}
            disabled={images === null}
            onPress={() => showUnseen(digit)}
          >
            {digit}
          </Button>
        ))}
      </fieldset>
      <p class="muted small" id="pad-help">
        With keys: arrows move the pen (with Shift further), Space puts it down and lifts it, Backspace takes
        a stroke back, Delete clears, 0 to 9 show an unseen image.
      </p>
    </Panel>
  );
}
