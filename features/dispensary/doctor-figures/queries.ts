import 'server-only';
import { billModel } from '@/features/cashier/bills/model';
import { chargeModel } from '@/features/cashier/charges/model';
import { movementModel } from '@/features/pharmacy/medicines/model';
import { toPrescription } from '@/features/record/prescriptions/dto';
import { prescriptionModel } from '@/features/record/prescriptions/model';
import { op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { dayRange, type Month, shiftDay, shiftMonth } from '@/lib/time';
import { dispenseModel } from '../dispenses/model';
import { type FillRate, fillRatesOf } from './policy';

/** More than a hospital hands out in a month. */
const MOST_DISPENSES = 20_000;
/** Stands for everything that was sold without a prescription of the hospital. */
const COUNTER = 'Sold at the counter';

/** The find behind what was prescribed in a month. */
export const findPrescribedIn = (ctx: TenantContext, month: Month) =>
  prescriptionModel(ctx).find({
    day: op({ $gte: `${month}-01`, $lte: shiftDay(`${shiftMonth(month, 1)}-01`, -1) }),
    status: 'active',
  });

/** The find behind what was handed out in a month. */
export const findDispensedIn = (ctx: TenantContext, month: Month) =>
  dispenseModel(ctx)
    .find({
      at: op({
        $gte: dayRange(`${month}-01`, ctx.timeZone).start,
        $lt: dayRange(`${shiftMonth(month, 1)}-01`, ctx.timeZone).start,
      }),
    })
    .sort({ at: -1, _id: -1 })
    .limit(MOST_DISPENSES)
    .select('prescriptionId');

type Money = { billedMinor: number; costMinor: number | null };

/** What was billed of what each doctor prescribed, before tax and without credits; and what it had cost. */
async function moneyByDoctor(ctx: TenantContext, month: Month): Promise<Map<string, Money>> {
  const dispenses = await findDispensedIn(ctx, month).lean();
  const ids = dispenses.map(({ _id }) => _id);
  const [prescriptions, given, charges] = await Promise.all([
    prescriptionModel(ctx)
      .find({ _id: op({ $in: dispenses.flatMap(({ prescriptionId }) => prescriptionId ?? []) }) })
      .select('signedByName')
      .lean(),
    movementModel(ctx)
      .find({ dispenseId: op({ $in: ids }), kind: 'dispense' })
      .select('dispenseId costMinor')
      .lean(),
    chargeModel(ctx)
      .find({ dispenseId: op({ $in: ids }), billId: op({ $exists: true }) })
      .select('dispenseId billId')
      .lean(),
  ]);
  const billIds = charges.flatMap(({ billId }) => billId ?? []);
  const [back, bills, notes] = await Promise.all([
    movementModel(ctx)
      .find({ returnOf: op({ $in: given.map(({ _id }) => _id) }) })
      .select('returnOf costMinor')
      .lean(),
    billModel(ctx)
      .find({ _id: op({ $in: billIds }) })
      .select('lines.chargeId lines.taxableMinor')
      .lean(),
    billModel(ctx)
      .find({ ofBillId: op({ $in: billIds }) })
      .select('lines.chargeId lines.taxableMinor')
      .lean(),
  ]);
  const doctorOf = new Map(prescriptions.map(({ _id, signedByName }) => [String(_id), signedByName ?? '']));
  const byDispense = new Map(
    dispenses.map(({ _id, prescriptionId }) => [
      String(_id),
      prescriptionId ? (doctorOf.get(String(prescriptionId)) ?? '') : COUNTER,
    ]),
  );
  const money = new Map<string, Money>();
  const of = (dispenseId: unknown): Money => {
    const doctor = byDispense.get(String(dispenseId)) ?? COUNTER;
    const known = money.get(doctor) ?? { billedMinor: 0, costMinor: 0 };
    money.set(doctor, known);
    return known;
  };
  const addCost = (dispenseId: unknown, costMinor: number | null | undefined) => {
    const sums = of(dispenseId);
    // Both are signed as the pieces are: out below zero.
    sums.costMinor =
      sums.costMinor === null || typeof costMinor !== 'number' ? null : sums.costMinor - costMinor;
  };
  const dispenseOf = new Map(given.map(({ _id, dispenseId }) => [String(_id), dispenseId]));
  for (const { dispenseId, costMinor } of given) addCost(dispenseId, costMinor);
  for (const { returnOf, costMinor } of back) addCost(dispenseOf.get(String(returnOf)), costMinor);
  const chargedOf = new Map(charges.map(({ _id, dispenseId }) => [String(_id), dispenseId]));
  for (const { lines } of [...bills, ...notes])
    for (const { chargeId, taxableMinor } of lines) {
      const dispenseId = chargedOf.get(String(chargeId));
      if (dispenseId) of(dispenseId).billedMinor += taxableMinor;
    }
  return money;
}

/**
 * What became of what each doctor prescribed in a month, and what was earned by what was handed out in it.
 * `costMinor` is null where the cost of some of it is not known.
 */
export async function listDoctorFigures(ctx: TenantContext, month: Month) {
  const [rows, money] = await Promise.all([findPrescribedIn(ctx, month).lean(), moneyByDoctor(ctx, month)]);
  const rates = new Map(
    fillRatesOf(
      rows.map((row) => {
        const { lines, dispensed, signed } = toPrescription(row);
        return { doctor: signed?.name ?? '', lines, dispensed };
      }),
    ).map((rate) => [rate.doctor, rate]),
  );
  const none: Omit<FillRate, 'doctor'> = {
    prescriptions: 0,
    lines: 0,
    whole: 0,
    part: 0,
    nothing: 0,
    open: 0,
  };
  return [...new Set([...rates.keys(), ...money.keys()])]
    .map((doctor) => {
      const { billedMinor, costMinor } = money.get(doctor) ?? { billedMinor: 0, costMinor: 0 };
      return {
        ...(rates.get(doctor) ?? { ...none, doctor }),
        ...{ billedMinor, costMinor, marginMinor: costMinor === null ? null : billedMinor - costMinor },
      };
    })
    .sort((a, b) => b.billedMinor - a.billedMinor || a.doctor.localeCompare(b.doctor));
}
export type DoctorFigure = Awaited<ReturnType<typeof listDoctorFigures>>[number];
