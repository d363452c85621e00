import { type ReadonlySignal, signal } from '@preact/signals';

/** Whether an element is dark now: what canvases must know, which have no style sheets. */
export function darkness(
  element: HTMLElement,
  inside: ShadowRoot,
): { dark: ReadonlySignal<boolean>; end(): void } {
  const probe = document.createElement('span');
  probe.style.cssText = 'display: none; color: light-dark(rgb(1 1 1), rgb(2 2 2))';
  inside.append(probe);
  const read = () => getComputedStyle(probe).color.includes('2');
  const dark = signal(read());
  const look = () => {
    dark.value = read();
  };
  const media = matchMedia('(prefers-color-scheme: dark)');
  media.addEventListener('change', look);
  const observer = new MutationObserver(look);
  for (const one of [element, document.documentElement, document.body])
    observer.observe(one, { attributes: true });
  return {
    dark,
    end: () => {
      media.removeEventListener('change', look);
      observer.disconnect();
      probe.remove();
    },
  };
}
