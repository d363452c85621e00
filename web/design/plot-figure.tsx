import type { PlotOptions } from '@observablehq/plot';
import { useEffect, useRef } from 'preact/hooks';

type Library = typeof import('@observablehq/plot');

/**
 * A figure by Observable Plot, which is loaded when the first one is shown. `options` is called with the library and the
 * width of the container; its height is kept, so that nothing jumps.
 */
export function PlotFigure({
  label,
  height,
  options,
  depends,
}: {
  /** Read out in place of the picture. */
  label: string;
  height: number;
  options: (library: Library, width: number) => PlotOptions;
  /** The figure is drawn anew when one of these is another. */
  depends: readonly unknown[];
}) {
  const host = useRef<HTMLDivElement>(null);
  const newest = useRef(options);
  newest.current = options;
  useEffect(() => {
    const element = host.current as HTMLDivElement;
    let gone = false;
    const draw = async () => {
      const library = await import('@observablehq/plot');
      if (gone) return;
      const made = newest.current(library, element.clientWidth);
      element.replaceChildren(
        library.plot({ width: element.clientWidth, height, style: { background: 'none' }, ...made }),
      );
    };
    let width = element.clientWidth;
    void draw();
    const observer = new ResizeObserver(() => {
      if (element.clientWidth === width) return;
      width = element.clientWidth;
      void draw();
    });
    observer.observe(element);
    return () => {
      gone = true;
      observer.disconnect();
    };
  }, [...depends, height]);
  return (
    <div
      ref={host}
      class="plot-figure"
      role="img"
      aria-label={label}
      style={{ height: `${height}px`, minWidth: 0, overflow: 'hidden' }}
    />
  );
}
