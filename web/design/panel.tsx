import type { ComponentChildren } from 'preact';

/** A titled part of a view; `tools` stand beside the title. */
export function Panel({
  title,
  tools,
  wide = false,
  children,
}: {
  title: string;
  tools?: ComponentChildren;
  /** As wide as the view, where panels stand beside each other. */
  wide?: boolean;
  children: ComponentChildren;
}) {
  return (
    <section class={wide ? 'panel wide' : 'panel'} aria-label={title}>
      <header>
        <h2>{title}</h2>
        {tools}
      </header>
      {children}
    </section>
  );
}

/** Something to be told where it arises. Errors are read out at once. */
export function Message({
  kind = 'note',
  children,
}: {
  kind?: 'note' | 'warning' | 'error';
  children: ComponentChildren;
}) {
  return (
    <div class={kind === 'note' ? 'message' : `message ${kind}`} role={kind === 'error' ? 'alert' : 'status'}>
      {children}
    </div>
  );
}
