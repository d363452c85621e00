/** Rows at which a column has a maximum above a level. */
export function peaksOf(column: ArrayLike<number>, above: number): number[] {
  const rows: number[] = [];
  for (let i = 1; i + 1 < column.length; i++) {
    const at = column[i]!;
    if (at > above && at >= column[i - 1]! && at > column[i + 1]!) rows.push(i);
  }
  return rows;
}
