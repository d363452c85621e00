import type { ColumnKind, SweepTable } from './table.js';

const TYPES = { number: 'DOUBLE', whole: 'INT64', flag: 'BOOLEAN', text: 'STRING' } as const satisfies Record<
  ColumnKind,
  string
>;

/** A table as a Parquet file: the same bytes for the same table. */
export async function tableParquet({ columns, rows }: SweepTable): Promise<Uint8Array> {
  // Most sweeps never ask for it.
  const { parquetWriteBuffer } = await import('hyparquet-writer');
  const file = parquetWriteBuffer({
    columnData: columns.map(({ name, kind }, c) => ({
      name,
      type: TYPES[kind],
      nullable: true,
      data: rows.map((row) => (kind === 'whole' && row[c] !== null ? BigInt(row[c] as number) : row[c])),
    })),
    createdBy: 'neural-crn',
  });
  return new Uint8Array(file);
}
