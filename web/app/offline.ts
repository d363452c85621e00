/** Keeps the built page for when there is no network. */
export function keepOffline(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  addEventListener('load', () => {
    // Where it is forbidden the page works all the same, with a network.
    navigator.serviceWorker.register('./sw.js').catch(() => {});
  });
}
