import { signal } from '@preact/signals';

export const views = ['learn', 'digits', 'simulate', 'race', 'compare'] as const;
export type View = (typeof views)[number];

/** What the address says after its `#`: a view, and what that view has put there. */
export interface Route {
  view: View;
  state: URLSearchParams;
}

const isView = (name: string): name is View => (views as readonly string[]).includes(name);

/** Reads `#view?name=value&…`; another view's name is the first view's. */
export function parseHash(hash: string): Route {
  const [name, query = ''] = hash.replace(/^#/, '').split('?', 2);
  return { view: isView(name) ? name : views[0], state: new URLSearchParams(query) };
}

export function printHash({ view, state }: Route): string {
  const query = state.toString();
  return query === '' ? `#${view}` : `#${view}?${query}`;
}

/** The present route. Changes when the address does; views write theirs by `replaceState`. */
export const route = signal<Route>(parseHash(location.hash));

addEventListener('hashchange', () => {
  route.value = parseHash(location.hash);
});

/** Puts a view's state into the address without a new entry in the history; views hear nothing of it. */
export function writeState(view: View, state: URLSearchParams): void {
  if (route.peek().view !== view) return;
  history.replaceState(null, '', printHash({ view, state }));
}
