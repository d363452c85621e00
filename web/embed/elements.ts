/** The single file: a page that loads it has the elements. */
import { defineElements } from './define';

export * from './define';

defineElements();
