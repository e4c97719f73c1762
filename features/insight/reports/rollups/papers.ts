import 'server-only';
import type { Types } from 'mongoose';
import { billModel } from '@/features/cashier/bills/model';
import { chargeModel } from '@/features/cashier/charges/model';
import { dispenseModel } from '@/features/dispensary/dispenses/model';
import { printModel } from '@/features/identity/papers/model';
import { movementModel } from '@/features/pharmacy/medicines/model';
import { toPrescription } from '@/features/record/prescriptions/dto';
import { prescriptionModel } from '@/features/record/prescriptions/model';
import { toSpectaclesPrescription } from '@/features/record/spectacles/dto';
import { madeGlassesModel, spectaclesModel } from '@/features/record/spectacles/model';
import type { MadeOutcome } from '@/features/record/spectacles/policy';
import { op } from '@/lib/mongo';
import type { Day } from '@/lib/time';
import { dayRange } from '@/lib/wall-clock';
import type { Scope } from './day';
import { type DoctorDay, type DoctorMoney, fillRatesOf, NOTHING_FILLED, type Signer } from './filled';
import { glassesCounter, type PrescribedDay, prescribingCounter, printsCounter } from './prescribed';
import { paperOf, readSampled } from './sampled';

type Signed = { signedById?: string | null | undefined; signedByName?: string | null | undefined };

/** Stands for everything that was sold without a prescription of the hospital. */
const COUNTER = { doctorId: 'counter', doctor: 'Sold at the counter' };

/** What was prescribed, printed and handed out on one day. Kept sealed: a medicine can be any words. */
export type PaperDay = PrescribedDay & { doctors: DoctorDay[] };

/** The find behind the prescriptions of a day; apart from it so that a test can ask how it is answered. */
export const findPrescribed = (scope: Scope, day: Day) =>
  prescriptionModel(scope).find({ day, status: 'active' as const });

/** The find behind the glasses of a day. */
export const findGlasses = (scope: Scope, day: Day) => spectaclesModel(scope).find({ day, isVoid: false });

/** The find behind what the optical shop has said of glasses, the last word last. */
export const findMade = (scope: Scope, spectacles: readonly { _id: Types.ObjectId }[]) =>
  madeGlassesModel(scope)
    .find({ spectaclesId: op({ $in: spectacles.map(({ _id }) => _id) }) })
    .sort({ spectaclesId: 1, place: 1 })
    .select('spectaclesId outcome');

async function outcomesOf(scope: Scope, spectacles: readonly { _id: Types.ObjectId }[]) {
  const made = spectacles.length > 0 ? await findMade(scope, spectacles).lean() : [];
  return new Map(
    made.map(({ spectaclesId, outcome }): [string, MadeOutcome] => [
      String(spectaclesId),
      outcome ?? 'changed',
    ]),
  );
}

/** The find behind what was printed on a day. */
export const findPrinted = (scope: Scope, day: Day) => {
  const { start, end } = dayRange(day, scope.timeZone);
  return printModel(scope)
    .find({ at: op({ $gte: start, $lt: end }) })
    .sort({ at: 1 })
    .select('subject');
};

/** The find behind what was handed out on a day. */
export const findHandedOut = (scope: Scope, day: Day) => {
  const { start, end } = dayRange(day, scope.timeZone);
  return dispenseModel(scope)
    .find({ at: op({ $gte: start, $lt: end }) })
    .sort({ at: -1, _id: -1 })
    .select('prescriptionId');
};

/** Reads one day of papers from the records themselves; the roll-ups keep what this returns. */
export async function summarizePapers(scope: Scope, day: Day): Promise<PaperDay> {
  const sampled = await readSampled(scope);
  const { isReal } = sampled;
  const [prescriptions, spectacles, printed, money, ofSamples] = await Promise.all([
    findPrescribed(scope, day).lean(),
    findGlasses(scope, day).lean(),
    findPrinted(scope, day).lean(),
    sampled.dispenses().then((dispenses) => moneyByDoctor(scope, day, dispenses)),
    sampled.papers(),
  ]);
  const prescribed = prescribingCounter();
  const glasses = glassesCounter();
  const prints = printsCounter();
  const signed = prescriptions.filter(isReal).map((row) => {
    const { lines, dispenseStatus, dispensed } = toPrescription(row);
    return { lines, dispenseStatus, dispensed, ...signerOf(row) };
  });
  for (const row of signed) prescribed.add(row);
  const outcomes = await outcomesOf(scope, spectacles);
  for (const row of spectacles.filter(isReal))
    glasses.add(toSpectaclesPrescription(row).spectacles, outcomes.get(String(row._id)));
  const subjects = printed.map(({ subject }) => subject).filter((one) => !ofSamples.has(paperOf(one)));
  prints.add(subjects, await printedBefore(scope, subjects, day));
  const rates = new Map(fillRatesOf(signed).map((rate) => [rate.doctorId, rate]));
  return {
    medicines: prescribed.figures(),
    glasses: glasses.figures(),
    prints: prints.figures(),
    doctors: [...new Set([...rates.keys(), ...money.keys()])].sort().map((doctorId) => ({
      ...{ doctorId, doctor: '', ...NOTHING_FILLED, billedMinor: 0, costMinor: 0 },
      ...rates.get(doctorId),
      ...money.get(doctorId),
    })),
  };
}

/** Two doctors of one name are two; a former record without an id goes by its name. */
const signerOf = ({ signedById, signedByName }: Signed): Signer => ({
  doctorId: signedById ?? signedByName ?? '',
  doctor: signedByName ?? '',
});

/** Which of these papers had been printed on an earlier day. */
async function printedBefore(scope: Scope, subjects: readonly string[], day: Day): Promise<Set<string>> {
  if (subjects.length === 0) return new Set();
  const at = op({ $lt: dayRange(day, scope.timeZone).start });
  return new Set(
    await printModel(scope).distinct('subject', { subject: op({ $in: [...new Set(subjects)] }), at }),
  );
}

/** What was billed of what each doctor prescribed, before tax and without credits; and what it had cost. */
async function moneyByDoctor(
  ctx: Scope,
  day: Day,
  ofSamples: ReadonlySet<string>,
): Promise<Map<string, Signer & DoctorMoney>> {
  const dispenses = (await findHandedOut(ctx, day).lean()).filter(({ _id }) => !ofSamples.has(String(_id)));
  const ids = dispenses.map(({ _id }) => _id);
  const [prescriptions, given, charges] = await Promise.all([
    prescriptionModel(ctx)
      .find({ _id: op({ $in: dispenses.flatMap(({ prescriptionId }) => prescriptionId ?? []) }) })
      .select('signedById signedByName')
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
  const doctorOf = new Map(prescriptions.map((row) => [String(row._id), signerOf(row)]));
  const byDispense = new Map(
    dispenses.map(({ _id, prescriptionId }) => [
      String(_id),
      prescriptionId ? (doctorOf.get(String(prescriptionId)) ?? signerOf({})) : COUNTER,
    ]),
  );
  const money = new Map<string, Signer & DoctorMoney>();
  const of = (dispenseId: unknown): DoctorMoney => {
    const signer = byDispense.get(String(dispenseId)) ?? COUNTER;
    const known = money.get(signer.doctorId) ?? { ...signer, billedMinor: 0, costMinor: 0 };
    money.set(signer.doctorId, known);
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
