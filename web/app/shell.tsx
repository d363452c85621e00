import { Button } from '../design/button';
import { Icon } from '../design/icon';
import { later } from '../design/later';
import { Learn } from '../learn/learn';
import { route, type View, views } from './route';
import { share, shared } from './share';
import { theme, themes } from './theme';

const loading = <p class="muted">Loading…</p>;
const Simulate = later(() => import('../simulate/simulate').then(({ Simulate }) => Simulate), loading);
const Digits = later(() => import('../digits/digits').then(({ Digits }) => Digits), loading);
const Race = later(() => import('../race/race').then(({ Race }) => Race), loading);
const Compare = later(() => import('../compare/compare').then(({ Compare }) => Compare), loading);

const titles: Record<View, string> = {
  learn: 'Learn',
  digits: 'Digits',
  simulate: 'Simulate',
  race: 'Race',
  compare: 'Compare',
};
const others = { digits: Digits, simulate: Simulate, race: Race, compare: Compare };
const themeNames = { system: 'as the system', light: 'light', dark: 'dark' };

function Page() {
  const { view } = route.value;
  if (view === 'learn') return <Learn />;
  const Other = others[view];
  // Keyed, for one is not the other with new properties.
  return <Other key={view} />;
}

function ThemeButton() {
  const next = themes[(themes.indexOf(theme.value) + 1) % themes.length];
  return (
    <Button
      look="quiet"
      label={`Theme: ${themeNames[theme.value]}. Change to ${themeNames[next]}`}
      onPress={() => {
        theme.value = next;
      }}
    >
      <Icon name={theme.value} />
    </Button>
  );
}

/** The frame around the views: name, tabs, theme, share. */
export function Shell() {
  return (
    <div class="shell">
      <header>
        <a class="button skip" href="#main">
          Skip to content
        </a>
        <div class="brand">
          <svg viewBox="0 0 32 32" aria-hidden="true">
            <rect width="32" height="32" rx="7" fill="var(--accent)" />
            <path
              d="M7 23C12 23 12 9 16 9s4 14 9 14"
              fill="none"
              stroke="var(--on-accent)"
              stroke-width="2.5"
              stroke-linecap="round"
            />
            <circle cx="16" cy="9" r="3" fill="var(--on-accent)" />
          </svg>
          <h1>neural-crn</h1>
        </div>
        <nav class="segmented" aria-label="Views">
          {views.map((view) => (
            <a key={view} href={`#${view}`} aria-current={route.value.view === view ? 'page' : undefined}>
              {titles[view]}
            </a>
          ))}
        </nav>
        <div class="actions">
          <span role="status" class="muted small" style={{ alignSelf: 'center' }}>
            {shared}
          </span>
          <Button look="quiet" label="Share: copy a link to this state" onPress={share}>
            <Icon name="share" />
            Share
          </Button>
          <ThemeButton />
        </div>
      </header>
      <main id="main" tabIndex={-1}>
        <Page />
      </main>
    </div>
  );
}
