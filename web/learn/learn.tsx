/** To be built. */
export function Learn() {
  return <p class="muted">Learn</p>;
}
