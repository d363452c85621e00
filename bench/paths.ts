/** The checkout's folder, from the sources as from the bundle in `build/`. */
export const checkout = new URL('../', import.meta.url);
