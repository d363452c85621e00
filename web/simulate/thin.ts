/**
 * The rows that a picture can show, `most` at the highest: of every sliver of the time axis its first and last row and each
 * column's smallest and largest, so that no peak is lost. All rows where there are no more than that.
 */
export function visibleRows(
  times: ArrayLike<number>,
  columns: readonly ArrayLike<number>[],
  { most, logTime = false }: { most: number; logTime?: boolean },
): number[] {
  const n = times.length;
  if (n <= most) return Array.from({ length: n }, (_, i) => i);
  const shown = Math.max(1, Math.min(columns.length, Math.floor(most / 8) - 1));
  const drawn = columns.slice(0, shown);
  // So many always fit; where lines run smoothly, far more do.
  const least = Math.max(1, Math.floor(most / (2 + 2 * shown)));
  for (let slivers = Math.floor(most / 2); slivers > least; ) {
    const kept = cut(times, drawn, slivers, logTime);
    if (kept.length <= most) return kept;
    slivers = Math.floor(Math.min(0.9, most / kept.length) * slivers);
  }
  return cut(times, drawn, least, logTime);
}

function cut(
  times: ArrayLike<number>,
  columns: readonly ArrayLike<number>[],
  slivers: number,
  logTime: boolean,
): number[] {
  const n = times.length;
  const place = logTime ? Math.log : (time: number) => time;
  let begin = 0;
  while (begin < n - 1 && !Number.isFinite(place(times[begin]))) begin++;
  const [from, to] = [place(times[begin]), place(times[n - 1])];
  const kept: number[] = [];
  let start = begin;
  for (let sliver = 0; sliver < slivers && start < n; sliver++) {
    const edge = from + ((to - from) * (sliver + 1)) / slivers;
    let end = start;
    while (end < n && (sliver === slivers - 1 || place(times[end]) <= edge)) end++;
    if (end === start) continue;
    const rows = new Set([start, end - 1]);
    for (const column of columns) {
      let [least, largest] = [start, start];
      for (let i = start + 1; i < end; i++) {
        if (column[i] < column[least]) least = i;
        if (column[i] > column[largest]) largest = i;
      }
      rows.add(least).add(largest);
    }
    kept.push(...[...rows].sort((a, b) => a - b));
    start = end;
  }
  return kept;
}
