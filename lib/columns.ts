/** What a cell may hold. How a date and a yes-or-no are written is for the way out to say. */
export type Cell = string | number | boolean | Date | null | undefined;

type KeyOfCells<Row> = { [K in keyof Row]-?: Row[K] extends Cell ? K : never }[keyof Row] & string;

/** Where a column is, when it is not in every way out of its noun. */
export type ColumnPlace = 'list' | 'archive';

/** A heading and the cell under it: a field of the row, or a function of it. */
type Column<Row> = readonly [
  heading: string,
  cell: KeyOfCells<Row> | ((row: Row) => Cell),
  only?: ColumnPlace,
];
export type Columns<Row> = readonly Column<Row>[];

export function columnsFor<Row>(place: ColumnPlace, columns: Columns<Row>): Columns<Row> {
  return columns.filter(([, , only]) => !only || only === place);
}

export const headingsOf = <Row>(columns: Columns<Row>): string[] => columns.map(([heading]) => heading);

export const cellsOf = <Row>(columns: Columns<Row>, row: Row): Cell[] =>
  columns.map(([, cell]) => (typeof cell === 'function' ? cell(row) : (row[cell] as Cell)));

/** The instant of an ISO text, for a column of days. */
export const instant = (text: string | null | undefined): Date | null => (text ? new Date(text) : null);
