/** To be built. */
export function Simulate() {
  return <p class="muted">Simulate</p>;
}
