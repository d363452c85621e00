import { createHash } from 'node:crypto';
import { kernelId } from '../../generated/kernel-id.js';
import { PACKAGE_VERSION } from '../../learning/version.js';

/** What decides the numbers beside the settings: the package, and the kernel that it was built with. */
export const RESULTS_VERSION = `${PACKAGE_VERSION}-${kernelId}`;

/** JSON in which the order of keys does not show, and where a model's text stood neither. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (key, one) => {
    if (key === 'span') return undefined;
    if (typeof one !== 'object' || one === null || Array.isArray(one)) return one;
    return Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
  });
}

/** 96 bits of SHA-256, in hexadecimal digits. */
export const digest = (value: unknown): string =>
  createHash('sha256').update(canonical(value)).digest('hex').slice(0, 24);
