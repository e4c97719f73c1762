import 'server-only';
import { appointmentColumns } from '@/features/frontdesk/appointments/columns';
import { visitColumns } from '@/features/frontdesk/queue/columns';
import { allergyColumns } from '@/features/patients/allergies/columns';
import { patientColumns } from '@/features/patients/patients/columns';
import { toPatient } from '@/features/patients/patients/dto';
import { medicineColumns } from '@/features/pharmacy/medicines/columns';
import { toMedicine } from '@/features/pharmacy/medicines/dto';
import { examinationColumns } from '@/features/record/examinations/columns';
import { type Branch, branchIdOf, branchNameOf } from '@/lib/branches';
import { type Cell, type Columns, cellsOf, columnsFor, headingsOf } from '@/lib/columns';

export type ExportTable = { headings: string[]; cells: (document: unknown) => Cell[] };

/** A noun's columns, for a document as it was stored: it has passed the noun's model. */
function table<Stored, Row>(columns: Columns<Row>, read: (stored: Stored) => Row): ExportTable {
  const shown = columnsFor('archive', columns);
  return { headings: headingsOf(shown), cells: (document) => cellsOf(shown, read(document as Stored)) };
}
const storedTable = <Row>(columns: Columns<Row>): ExportTable => table(columns, (row: Row) => row);

type Placed = { branchId?: { toString(): string } | null | undefined };

/** With where a row is of, in an organization of several branches. */
const withBranch = <Row extends Placed>(columns: Columns<Row>, branches: readonly Branch[]): Columns<Row> =>
  branches.length > 1
    ? [...columns, ['Branch', (row: Row) => branchNameOf({ branches }, branchIdOf(row))]]
    : columns;

/** What people open in a spreadsheet, by collection. */
export const exportTables = (branches: readonly Branch[]): ReadonlyMap<string, ExportTable> =>
  new Map([
    ['patients', table(patientColumns, toPatient)],
    ['allergies', storedTable(allergyColumns)],
    ['appointments', storedTable(withBranch(appointmentColumns, branches))],
    ['visits', storedTable(withBranch(visitColumns, branches))],
    ['examinations', storedTable(examinationColumns)],
    ['medicines', table(medicineColumns, toMedicine)],
  ]);
