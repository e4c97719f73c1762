import type { DispensedLine } from '@/features/dispensary/dispenses/policy';
import { ageText } from '@/features/patients/patients/policy';
import type { Letter } from '@/features/record/letters/policy';
import { quantityOf } from '@/features/record/prescriptions/dosage';
import type { Dispensed, PrescriptionLine } from '@/features/record/prescriptions/policy';
import type { MadeOutcome, Spectacles } from '@/features/record/spectacles/policy';
import { counterModel } from '@/lib/tenancy/counter-model';
import { type Day, dayOf } from '@/lib/time';
import type { Bulk, Id, Row } from './bulk';
import type { Asked } from './care';
import { oneOf, type Random, uuidOf } from './chance';
import { glassesOf } from './measured';
import type { Person } from './people';
import type { Shelf, Shop } from './shop';

export type Signer = { id: string; name: string; registrationNumber: string };
export type Seen = {
  _id: Id;
  day: Day;
  token: number;
  patientId: Id;
  patient: { name: string; number: string; sex: string; dateOfBirth: string };
};
export type Signed = { row: Row & { _id: Id }; lines: (PrescriptionLine & { shelf: Shelf })[] };

const ADDRESSEES = [
  { name: 'Dr R Subramanian', speciality: 'Diabetologist' },
  { name: 'Dr Malathi Krishnan', speciality: 'Physician' },
  { name: 'Dr A Joseph', speciality: 'Neurologist' },
];

/** What doctors sign: prescriptions, glasses and letters, in the rows of their models. */
export class Papers {
  /** The lines that somebody takes without an end, by person and medicine. */
  readonly #ongoing = new Map<string, Map<string, { prescriptionId: string; lineId: string }>>();
  #letters = 0;
  #glasses = 0;

  constructor(
    readonly bulk: Bulk,
    readonly shop: Shop,
    readonly random: Random,
  ) {}

  /** A signed prescription of what the formulary has; null where it has nothing of it. */
  prescribe(visit: Seen, asked: readonly Asked[], signer: Signer, at: Date): Signed | null {
    const _id = this.bulk.idAt(at);
    const known = this.#ongoing.get(visit.patientId.toString()) ?? new Map();
    const lines = asked.flatMap(({ name, site, steps, isOngoing }) => {
      const shelf = this.shop.find(name);
      if (!shelf) return [];
      const { form, unit, strength } = shelf;
      const replaces = isOngoing ? known.get(name) : undefined;
      const line: PrescriptionLine = {
        ...{ id: uuidOf(this.random), medicineId: shelf._id.toString(), name, form, unit, site, steps },
        ...(strength ? { strength } : {}),
        ...{ quantity: quantityOf({ form, site, steps }, unit), isSubstitutionAllowed: true },
        ...(replaces ? { replaces } : {}),
      };
      if (isOngoing) known.set(name, { prescriptionId: _id.toString(), lineId: line.id });
      return [{ ...line, shelf }];
    });
    if (lines.length === 0) return null;
    if (known.size > 0) this.#ongoing.set(visit.patientId.toString(), known);
    const content = { lines: lines.map(({ shelf: _, ...line }) => line), stops: [], overrides: [] };
    const key = uuidOf(this.random);
    const { patientId, patient, day, token } = visit;
    const row = {
      ...{ _id, requestKey: key, lastRequestKey: key, visitId: visit._id, patientId, patient, day, token },
      ...{
        status: 'active',
        content: JSON.stringify(content),
        version: 1,
        savedAt: at,
        savedByName: signer.name,
      },
      ...{ signedAt: at, signedById: signer.id, signedByName: signer.name },
      ...{ registrationNumber: signer.registrationNumber, dispenseStatus: 'waiting' },
      ...{ createdAt: at, updatedAt: at, __v: 0 },
    };
    return { row, lines };
  }

  /** What the pharmacy has done with it, in the same rows as it writes. */
  dispensed(
    { row, lines }: Signed,
    given: readonly DispensedLine[],
    by: { id: string; name: string },
    of: { _id: Id; day: Day; at: Date },
  ): void {
    const dispensed: Dispensed = {};
    for (const { lineId, quantity, notDispensedReason: reason } of given)
      dispensed[lineId] = {
        given: quantity,
        ...(reason ? { notDispensed: { reason, byName: by.name } } : {}),
      };
    const isDone = lines.every(({ id }) => dispensed[id]);
    Object.assign(row, {
      ...{
        dispensed: JSON.stringify(dispensed),
        dispenseStatus: isDone ? 'done' : 'partial',
        updatedAt: of.at,
      },
    });
    this.bulk.add('dispenses', {
      ...{ _id: of._id, requestKey: uuidOf(this.random), prescriptionId: row._id, patientId: row.patientId },
      ...{ day: of.day, content: JSON.stringify(given), byUserId: by.id, byName: by.name, at: of.at, __v: 0 },
    });
  }

  glasses(visit: Seen, { story }: Person, signer: Signer, at: Date): void {
    const { right, left } = glassesOf(story);
    const hasAdd = Boolean(right.add);
    const content: Spectacles = {
      ...{ advice: 'glasses', right, left },
      pupils: { right: Math.floor(story.pupils / 2), left: Math.ceil(story.pupils / 2) },
      kind: hasAdd ? oneOf(this.random, ['bifocal', 'progressive'] as const) : 'distance',
      ...{ material: 'cr-39', validMonths: 12 },
    };
    const _id = this.bulk.idAt(at);
    this.#answer({ spectacles: content, reason: '', day: visit.day }, _id, at);
    this.bulk.add('spectacles', {
      ...{ _id, requestKey: uuidOf(this.random), ...ofVisit(visit), day: visit.day },
      ...{ isVoid: false, content: JSON.stringify(content), signedAt: at, signedByName: signer.name },
      ...{ registrationNumber: signer.registrationNumber, createdAt: at, updatedAt: at, __v: 0 },
    });
  }

  /** What the optical shop says of most glasses, before the day is over. */
  #answer(content: { spectacles: Spectacles; reason: string; day: Day }, spectaclesId: Id, at: Date): void {
    const turn = this.#glasses++ % 10;
    // By turns and not by chance: whatever else is drawn stays as it was.
    const outcome: MadeOutcome | null =
      turn < 6 ? 'as-prescribed' : turn === 6 ? 'changed' : turn === 7 ? 'not-made' : null;
    if (!outcome) return;
    const reason = { 'as-prescribed': '', changed: 'No 1.67 in stock', 'not-made': 'Bought elsewhere' }[
      outcome
    ];
    const spectacles = outcome === 'changed' ? { ...content.spectacles, index: '1.60' } : content.spectacles;
    const later = new Date(at.getTime() + 40 * 60_000);
    this.bulk.add('made_glasses', {
      ...{ _id: this.bulk.idAt(later), spectaclesId, place: 1, outcome, at: later, byName: 'Optical shop' },
      ...{ content: JSON.stringify({ ...content, spectacles, reason }), __v: 0 },
    });
  }

  referral(visit: Seen, signer: Signer, at: Date): void {
    const letter: Letter = {
      ...{ kind: 'referral', to: oneOf(this.random, ADDRESSEES), urgency: 'routine' },
      reason: 'Diabetic retinopathy, control of blood sugar',
      body: `Thank you for seeing ${visit.patient.name}, in whom we found diabetic retinopathy today. Kindly optimise the control of blood sugar, blood pressure and lipids. We follow the retina here every three months.`,
    };
    const number = `L-${String(++this.#letters).padStart(6, '0')}`;
    const birth = { day: visit.patient.dateOfBirth, isEstimated: false };
    this.bulk.add('letters', {
      ...{ _id: this.bulk.idAt(at), requestKey: uuidOf(this.random), number, version: 1, ...ofVisit(visit) },
      ...{ patientAge: `${ageText(birth, visit.day)}, ${visit.patient.sex}`, kind: letter.kind },
      ...{ day: visit.day, signedDay: dayOf(at, this.bulk.ctx.timeZone), content: JSON.stringify(letter) },
      ...{ posted: JSON.stringify(letter), signedAt: at, signedByName: signer.name },
      ...{
        registrationNumber: signer.registrationNumber,
        isVoid: false,
        createdAt: at,
        updatedAt: at,
        __v: 0,
      },
    });
  }

  async close(): Promise<void> {
    if (this.#letters === 0) return;
    const $max = { value: this.#letters };
    await counterModel(this.bulk.ctx).updateOne({ _id: 'letters' }, { $max }, { upsert: true });
  }
}

const ofVisit = ({ _id, patientId, patient }: Seen) => ({
  ...{ visitId: _id, patientId, patientName: patient.name, patientNumber: patient.number },
});
