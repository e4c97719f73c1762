import 'server-only';
import { salePapers } from '@/features/patients/files/queries';
import { toPatient } from '@/features/patients/patients/dto';
import { patientModel } from '@/features/patients/patients/model';
import { batchModel, medicineModel, movementModel } from '@/features/pharmacy/medicines/model';
import { toPrescription } from '@/features/record/prescriptions/dto';
import { prescriptionModel } from '@/features/record/prescriptions/model';
import { op } from '@/lib/mongo';
import { EVERYWHERE, isInScope } from '@/lib/tenancy/at-branch';
import type { TenantContext } from '@/lib/tenancy/context';
import { dayOf, type Month, shiftMonth } from '@/lib/time';
import { dayRange } from '@/lib/wall-clock';
import { dispenseModel } from '../dispenses/model';
import type { Sale } from '../dispenses/policy';

/** More than a pharmacy gives of one class in a month. */
const MOST_ROWS = 10_000;

/** The find behind the register of a class in a month: what went out, and what came back. */
export function findRegister(ctx: TenantContext, controlClass: string, month: Month) {
  const { start } = dayRange(`${month}-01`, ctx.timeZone);
  const { start: end } = dayRange(`${shiftMonth(month, 1)}-01`, ctx.timeZone);
  return movementModel(ctx)
    .find({ controlClass, at: op({ $gte: start, $lt: end }) })
    .sort({ at: 1, _id: 1 })
    .limit(MOST_ROWS);
}

/**
 * The register of a class in a month, in order: a view of the ledger, so that it cannot say anything else.
 * What came back is a row below zero, in the register that it was given out of.
 * @param scope a branch, which is numbered by itself because its licence is its own; or all of them
 */
export async function listRegister(
  ctx: TenantContext,
  controlClass: string,
  month: Month,
  scope = EVERYWHERE,
) {
  const found = await findRegister(ctx, controlClass, month).lean();
  const sources = await movementModel(ctx)
    .find({ _id: op({ $in: found.flatMap(({ returnOf }) => (returnOf ? [returnOf] : [])) }) })
    .select('dispenseId')
    .lean();
  const dispenseOf = (row: (typeof found)[number]) =>
    row.dispenseId ?? sources.find(({ _id }) => row.returnOf?.equals(_id))?.dispenseId ?? null;
  const dispenses = await dispenseModel(ctx)
    .find({ _id: op({ $in: found.flatMap((row) => dispenseOf(row) ?? []) }) })
    .select('prescriptionId patientId sale requestKey branchId')
    .lean();
  const dispenseBy = new Map(dispenses.map((row) => [row._id.toString(), row]));
  const moved = found.filter((row) => isInScope(ctx, dispenseBy.get(String(dispenseOf(row))) ?? {}, scope));
  const idsOf = <T>(of: (row: (typeof moved)[number]) => T | null | undefined) =>
    moved.flatMap((row) => of(row) ?? []) as NonNullable<T>[];
  const [medicines, batches] = await Promise.all([
    medicineModel(ctx)
      .find({ _id: op({ $in: idsOf((row) => row.medicineId) }) })
      .select('name strength unit')
      .lean(),
    batchModel(ctx)
      .find({ _id: op({ $in: idsOf((row) => row.batchId) }) })
      .select('expiresOn')
      .lean(),
  ]);
  const [prescriptions, patients] = await Promise.all([
    prescriptionModel(ctx)
      .find({ _id: op({ $in: dispenses.flatMap(({ prescriptionId }) => prescriptionId ?? []) }) })
      .lean(),
    patientModel(ctx)
      .find({ _id: op({ $in: dispenses.flatMap(({ patientId }) => patientId ?? []) }) })
      .lean(),
  ]);
  const papers = await salePapers(
    ctx,
    dispenses.flatMap(({ sale, requestKey }) => (sale ? [requestKey] : [])),
  );
  const byId = <R extends { _id: unknown }>(rows: readonly R[]) =>
    new Map(rows.map((row) => [String(row._id), row]));
  const [medicineOf, batchOf, prescriptionOf, patientOf] = [
    byId(medicines),
    byId(batches),
    byId(prescriptions),
    byId(patients),
  ];
  return moved.map((row, index) => {
    const medicine = medicineOf.get(String(row.medicineId));
    const dispense = dispenseBy.get(String(dispenseOf(row)));
    const prescription = prescriptionOf.get(String(dispense?.prescriptionId));
    const patientRow = patientOf.get(String(dispense?.patientId));
    const patient = patientRow ? toPatient(patientRow) : null;
    const sale = dispense?.sale ? (JSON.parse(dispense.sale) as Sale) : null;
    const signed = prescription ? toPrescription(prescription).signed : null;
    return {
      id: row._id.toString(),
      number: index + 1,
      day: dayOf(row.at, ctx.timeZone),
      medicine: [medicine?.name, medicine?.strength].filter(Boolean).join(' '),
      lotNumber: row.lotNumber,
      expiresOn: batchOf.get(String(row.batchId))?.expiresOn ?? '',
      /** What went out, above zero; what came back, below. */
      quantity: 0 - row.quantity,
      unit: medicine?.unit ?? '',
      patient: patient
        ? [patient.firstName, patient.lastName].filter(Boolean).join(' ')
        : (sale?.buyer.name ?? ''),
      patientNumber: patient?.number ?? sale?.buyer.number ?? '',
      address: patient
        ? [patient.address, patient.city].filter(Boolean).join(', ')
        : (sale?.buyer.phone ?? ''),
      prescriber: signed?.name ?? sale?.prescriber?.name ?? '',
      registration: signed?.registrationNumber ?? sale?.prescriber?.address ?? '',
      givenBy: row.byName,
      /** Of the scan that is kept with a sale; an address needs the sale too. */
      saleId: dispense?.sale ? dispense._id.toString() : null,
      papers: dispense?.sale ? (papers.get(dispense.requestKey) ?? []) : [],
    };
  });
}
export type RegisterRow = Awaited<ReturnType<typeof listRegister>>[number];
