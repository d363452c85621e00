import { signal } from '@preact/signals';

/** What the last press of the share button came to; empty when there is nothing to say. */
export const shared = signal('');

/** Copies the address, which holds the state of the view. */
export async function share(): Promise<void> {
  try {
    await navigator.clipboard.writeText(location.href);
    shared.value = 'Link copied';
  } catch {
    shared.value = 'Copy the link from the address bar';
  }
  setTimeout(() => {
    shared.value = '';
  }, 3000);
}
