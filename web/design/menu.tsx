import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** A button that opens a list of others. Escape and a press elsewhere close it. */
export function Menu({
  title,
  items,
  disabled = false,
}: {
  title: ComponentChildren;
  items: readonly { title: string; note?: string; onPress: () => unknown; disabled?: boolean }[];
  disabled?: boolean;
}) {
  const host = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = (event: Event) => {
      const menu = host.current;
      if (!menu?.open) return;
      if (event instanceof KeyboardEvent) {
        if (event.key !== 'Escape') return;
        menu.querySelector('summary')?.focus();
      } else if (event.composedPath().includes(menu)) return;
      menu.open = false;
    };
    addEventListener('keydown', close);
    addEventListener('pointerdown', close);
    return () => {
      removeEventListener('keydown', close);
      removeEventListener('pointerdown', close);
    };
  }, []);
  return (
    <details class="menu" ref={host}>
      <summary class="button" aria-disabled={disabled}>
        {title}
      </summary>
      <ul>
        {items.map(({ title, note, onPress, disabled = false }) => (
          <li key={title}>
            <button
              type="button"
              disabled={disabled}
              onClick={() => {
                if (host.current) host.current.open = false;
                onPress();
              }}
            >
              {title}
              {note === undefined ? null : <span class="muted small">{note}</span>}
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
