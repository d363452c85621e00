import type { RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** Width of an element in pixels, as it is now; 0 before it is there. */
export function useWidth(element: RefObject<Element | null>): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const observed = element.current;
    if (observed === null) return undefined;
    const observer = new ResizeObserver(() => setWidth(observed.clientWidth));
    setWidth(observed.clientWidth);
    observer.observe(observed);
    return () => observer.disconnect();
  }, []);
  return width;
}
