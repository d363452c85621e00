/** To be built. */
export function Race() {
  return <p class="muted">Race</p>;
}
