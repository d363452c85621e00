const longestCompared = 64;
const mostCompared = 20_000;

/**
 * Edits (insert, drop, replace, swap of neighbours) that turn one name into the other, or `limit + 1` when there are
 * more than `limit`.
 */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, beforeLast[j - 2]! + 1);
      }
      row.push(cost);
      if (cost < least) least = cost;
    }
    if (least > limit) return limit + 1;
    beforeLast = last;
    last = row;
  }
  return last[b.length]!;
}

/** The candidate a writer most likely meant by `name`, or undefined when none is close. */
export function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  if (name.length > longestCompared) return undefined;
  const lower = name.toLowerCase();
  let best: string | undefined;
  let limit = Math.max(1, Math.floor(name.length / 3));
  let compared = 0;
  for (const candidate of candidates) {
    // Bounded, so that a hundred unknown names in a network of a million species stay cheap.
    if (++compared > mostCompared) break;
    if (candidate === name) continue;
    if (candidate.toLowerCase() === lower) return candidate;
    const distance = editDistance(name, candidate, limit);
    // A name with nothing in common is not a misspelling, however short both are.
    if (distance > limit || distance >= Math.max(name.length, candidate.length)) continue;
    best = candidate;
    limit = distance - 1;
    if (limit < 1) break;
  }
  return best;
}

/** `did you mean X?`, or the fallback when nothing is close. */
export function suggest(name: string, candidates: Iterable<string>, fallback?: string): string | undefined {
  const found = nearestName(name, candidates);
  return found === undefined ? fallback : `did you mean \`${found}\`?`;
}
