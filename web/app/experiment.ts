import { signal } from '@preact/signals';
import type { SharedState } from '../simulate/share-state';

/** What the Simulate view holds, for the views that can take it from there; undefined before it was opened. */
export const experiment = signal<SharedState | undefined>(undefined);
