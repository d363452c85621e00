/**
 * A protein with `sites` sites, each phosphorylated by a kinase that is switched off and on, and dephosphorylated by
 * itself: 2^sites states on a hypercube, whose factors fill in. Constants spread over four decades, all different, so
 * that nothing lumps.
 */
export function hypercube(sites: number): string {
  const lines = ['init S0 = 1, K = 1', 'K ->{0.1} Koff', 'Koff ->{0.02} K'];
  // Lehmer's generator: any spread will do.
  let seed = 1;
  const exponent = (from: number) => {
    seed = (seed * 16807) % 2147483647;
    return from + (4 * seed) / 2147483647;
  };
  for (let state = 0; state < 1 << sites; state++) {
    for (let site = 0; site < sites; site++) {
      const changed = state | (1 << site);
      if (changed === state) continue;
      lines.push(`S${state} + K ->{${10 ** exponent(-1)}} S${changed} + K`);
      lines.push(`S${changed} ->{${10 ** exponent(-2)}} S${state}`);
    }
  }
  return lines.join('\n');
}
