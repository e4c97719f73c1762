import mongoose from 'mongoose';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ensureMoneyDay } from '@/features/cashier/shifts/service';
import * as dispenses from '@/features/dispensary/dispenses/actions';
import { toDispense } from '@/features/dispensary/dispenses/dto';
import { dispenseModel } from '@/features/dispensary/dispenses/model';
import * as lotRecalls from '@/features/dispensary/lot-recalls/actions';
import { lotRecallModel } from '@/features/dispensary/lot-recalls/model';
import * as returns from '@/features/dispensary/returns/actions';
import * as sales from '@/features/dispensary/sales/actions';
import * as appointments from '@/features/frontdesk/appointments/actions';
import { appointmentModel } from '@/features/frontdesk/appointments/model';
import * as queue from '@/features/frontdesk/queue/actions';
import { queueEntryModel, visitModel } from '@/features/frontdesk/queue/model';
import * as rebookings from '@/features/frontdesk/rebookings/actions';
import { revisionOfWeeks } from '@/features/frontdesk/schedules/dto';
import { absenceModel, scheduleModel } from '@/features/frontdesk/schedules/model';
import { listWeeks } from '@/features/frontdesk/schedules/queries';
import { updateStaffProfileAction } from '@/features/identity/staff/actions';
import { profileOf } from '@/features/identity/staff/dto';
import { staffModel } from '@/features/identity/staff/model';
import * as allergies from '@/features/patients/allergies/actions';
import { allergyModel } from '@/features/patients/allergies/model';
import * as files from '@/features/patients/files/actions';
import { fileModel } from '@/features/patients/files/model';
import * as histories from '@/features/patients/histories/actions';
import * as patients from '@/features/patients/patients/actions';
import { patientModel } from '@/features/patients/patients/model';
import * as goodsReceipts from '@/features/pharmacy/goods-receipts/actions';
import { goodsReceiptModel } from '@/features/pharmacy/goods-receipts/model';
import * as medicines from '@/features/pharmacy/medicines/actions';
import { toBatch, toMedicine } from '@/features/pharmacy/medicines/dto';
import { batchModel, medicineModel, movementModel } from '@/features/pharmacy/medicines/model';
import { addMedicineInput, receiveStockInput } from '@/features/pharmacy/medicines/schema';
import { addMedicine, receiveStock } from '@/features/pharmacy/medicines/service';
import * as openingStock from '@/features/pharmacy/opening-stock/actions';
import { previewOpening } from '@/features/pharmacy/opening-stock/service';
import * as purchaseOrders from '@/features/pharmacy/purchase-orders/actions';
import { purchaseOrderModel } from '@/features/pharmacy/purchase-orders/model';
import { takeStarterFactsAction } from '@/features/pharmacy/starter-facts/actions';
import { starterMark } from '@/features/pharmacy/starter-facts/policy';
import { listStarterOffers } from '@/features/pharmacy/starter-facts/queries';
import * as stockLevels from '@/features/pharmacy/stock-levels/actions';
import * as stocktakes from '@/features/pharmacy/stocktakes/actions';
import { stocktakeCountModel, stocktakeModel } from '@/features/pharmacy/stocktakes/model';
import { startStocktake } from '@/features/pharmacy/stocktakes/service';
import * as stores from '@/features/pharmacy/stores/actions';
import { storeModel } from '@/features/pharmacy/stores/model';
import { FIRST_STORE_ID } from '@/features/pharmacy/stores/policy';
import { addStore } from '@/features/pharmacy/stores/service';
import * as supplierAccounts from '@/features/pharmacy/supplier-accounts/actions';
import * as supplierProducts from '@/features/pharmacy/supplier-products/actions';
import { supplierProductModel } from '@/features/pharmacy/supplier-products/model';
import * as supplierReturns from '@/features/pharmacy/supplier-returns/actions';
import { supplierReturnModel } from '@/features/pharmacy/supplier-returns/model';
import * as suppliers from '@/features/pharmacy/suppliers/actions';
import { supplierModel } from '@/features/pharmacy/suppliers/model';
import * as transfers from '@/features/pharmacy/transfers/actions';
import { transferModel } from '@/features/pharmacy/transfers/model';
import * as addressees from '@/features/record/addressees/actions';
import { addresseeModel } from '@/features/record/addressees/model';
import * as contactLenses from '@/features/record/contact-lenses/actions';
import { contactLensesModel } from '@/features/record/contact-lenses/model';
import * as devices from '@/features/record/devices/actions';
import * as examinations from '@/features/record/examinations/actions';
import { DIAGNOSIS_CODES } from '@/features/record/examinations/diagnoses';
import * as findingSets from '@/features/record/finding-sets/actions';
import { findingSetModel } from '@/features/record/finding-sets/model';
import * as letters from '@/features/record/letters/actions';
import { letterModel } from '@/features/record/letters/model';
import * as prescriptions from '@/features/record/prescriptions/actions';
import { prescriptionModel, prescriptionSetModel } from '@/features/record/prescriptions/model';
import { getPrescription } from '@/features/record/prescriptions/queries';
import * as spectacles from '@/features/record/spectacles/actions';
import { spectaclesModel } from '@/features/record/spectacles/model';
import * as templates from '@/features/record/templates/actions';
import { templateModel } from '@/features/record/templates/model';
import { strayEntries } from '@/lib/actions/entry';
import { definitionOf } from '@/lib/actions/gated';
import { auditEventModel, auditNoteModel, tenantLedger } from '@/lib/audit/ledger';
import { verdictOf } from '@/lib/audit/verify';
import { withFieldCipher } from '@/lib/crypto/field-cipher';
import { newObjectId, objectId, op } from '@/lib/mongo';
import { revisionOf } from '@/lib/revision';
import { shiftDay, today } from '@/lib/time';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { aLine, aRegistration, sheetOf } from '@/tests/builders/prescription';
import { staffPrincipal } from '@/tests/builders/principals';

// The request around an action: the owner is signed in; everything behind that is real.
const request = vi.hoisted(() => ({ principal: null as unknown }));
vi.mock('@/lib/auth/principal', () => ({ getPrincipal: async () => request.principal }));
vi.mock('next/headers', async () => ({
  headers: async () => new Headers(),
  cookies: (await import('../emulators/next')).noCookies,
}));
// An order is mailed to nobody.
vi.mock('@/lib/mail/send', async (original) => ({
  ...(await original<object>()),
  sendMail: async () => undefined,
}));
vi.mock('next/cache', () => import('../emulators/next'));
vi.mock('next/server', () => import('../emulators/next'));

type Action = (previous: { status: 'idle' }, form: FormData) => Promise<{ status: string; data?: unknown }>;
type Fields = Record<string, string | string[]>;
type Step = [name: string, action: unknown, fields: () => Fields | Promise<Fields>];

let org: Awaited<ReturnType<typeof testOrganization>>;
let client: mongoose.mongo.MongoClient;
const ctx = () => org.ctx();
const database = () => client.db(org.db.name);

const person = {
  firstName: 'Asha',
  lastName: 'Rao',
  phone: '98450 12345',
  dateOfBirth: '1990-01-01',
  sex: 'female',
};
const medicine = { name: 'Timolol', form: 'drop', strength: '0.5 %', unit: 'bottle', reorderLevel: '5' };
let doctorId = '';
const idOf = (row: { _id: { toString(): string } } | null): string => row?._id.toString() ?? '';
const patientId = async () => idOf(await patientModel(ctx()).findOne().sort({ sequence: 1 }).lean());
const medicineId = async () => idOf(await medicineModel(ctx()).findOne({ name: 'Timolol' }).lean());
const entryId = async () => idOf(await queueEntryModel(ctx()).findOne({ isOpen: true }).lean());
const visitId = async () => idOf(await visitModel(ctx()).findOne().sort({ token: -1 }).lean());
const booked = async (status: 'booked' | 'no-show' = 'booked') =>
  idOf(await appointmentModel(ctx()).findOne({ status }).sort({ startsAt: -1 }).lean());
const tomorrow = () => shiftDay(today(ctx().timeZone), 1);
const batchId = async (expiresOn = op({ $gt: today(ctx().timeZone) })) =>
  idOf(await batchModel(ctx()).findOne({ hasStock: true, expiresOn }).lean());
const prescriptionId = async () => idOf(await prescriptionModel(ctx()).findOne().sort({ _id: -1 }).lean());
const slot = (time: string) => ({ doctorId, date: tomorrow(), time, durationMinutes: '15' });

/** An appointment that has begun, for somebody who does not come. */
async function lateAppointment(): Promise<Fields> {
  const now = new Date();
  const row = await patientModel(ctx()).findOne().orFail().lean();
  await appointmentModel(ctx()).create({
    patientId: row._id,
    patientName: 'Asha Rao',
    patientNumber: row.number,
    doctorId: objectId(doctorId),
    doctorName: 'Dr Asha Rao',
    startsAt: new Date(now.getTime() - 3_600_000),
    endsAt: new Date(now.getTime() - 1_800_000),
    day: today(ctx().timeZone, now),
    status: 'booked',
    bookedByName: 'Test',
    version: 0,
  });
  return {
    appointmentId: idOf(
      await appointmentModel(ctx()).findOne({ status: 'booked' }).sort({ startsAt: 1 }).lean(),
    ),
  };
}

/** Of a document of which nothing has been said. */
const describedVersion = revisionOf({ kind: 'other', eye: null, takenOn: null, orderedAs: null });

/** A document of the patient, without its content. */
async function aFile(subject?: { kind: 'sale'; id: string }): Promise<Fields & { fileId: string }> {
  const _id = newObjectId();
  const name = await withFieldCipher(org.organizationId, (cipher) =>
    cipher.seal({ collection: 'files', path: 'name', id: _id.toString() }, 'a.png'),
  );
  await fileModel(ctx()).create({
    _id,
    name,
    contentType: 'image/png',
    sizeBytes: 4,
    sha256: 'a',
    subject: subject ?? { kind: 'patient', id: await patientId() },
    uploadedById: org.owner.id,
    uploadedByName: org.owner.name,
  });
  return { fileId: _id.toString() };
}

/** The sheet of the visit, by the owner, who may sign. */
async function prescriptionFields(): Promise<Fields> {
  return {
    visitId: await visitId(),
    version: '0',
    requestKey: newObjectId().toString(),
    sheet: sheetOf([aLine()]),
  };
}
/** That the patient has it already: something to write without anything on the shelf. */
async function dispenseFields(): Promise<Fields> {
  const prescription = await getPrescription(ctx(), await prescriptionId());
  const lines = prescription.lines.map(({ id }) => ({
    lineId: id,
    quantity: 0,
    notDispensedReason: 'Has it',
  }));
  const facts = { prescriptionId: prescription.id, version: '2', requestKey: newObjectId().toString() };
  return { ...facts, lines: JSON.stringify(lines) };
}
async function signFields(): Promise<Fields> {
  await aRegistration(ctx(), 'TN 1');
  return { ...(await prescriptionFields()), prescriptionId: await prescriptionId(), version: '1' };
}

const anyBatch = async () =>
  idOf(
    await batchModel(ctx())
      .findOne({ medicineId: objectId(await medicineId()), lotNumber: 'A1' })
      .lean(),
  );

/** Three pieces that came back. */
async function quarantined(): Promise<Fields> {
  const batchId = await anyBatch();
  await batchModel(ctx()).updateOne({ _id: objectId(batchId) }, { $set: { quarantine: 3 } });
  return { medicineId: await medicineId(), batchId, reason: 'Looked at' };
}

const recallId = async () => idOf(await lotRecallModel(ctx()).findOne().lean());
const storeId = async () => idOf(await storeModel(ctx()).findOne({ isCounter: false }).lean());
const stocktakeId = async () => idOf(await stocktakeModel(ctx()).findOne().sort({ _id: -1 }).lean());
const supplierId = async () => idOf(await supplierModel(ctx()).findOne().lean());
async function invoiceFields(): Promise<Fields> {
  const line = {
    ...{
      medicineId: await medicineId(),
      medicineName: 'Timolol',
      unitsPerPack: '1',
      packs: '2',
      freePacks: '',
    },
    ...{
      lotNumber: 'B2',
      expiresOn: shiftDay(tomorrow(), 300),
      rate: '10',
      mrp: '',
      discount: '',
      taxBp: '0',
      theirName: 'Timolet',
    },
  };
  return {
    ...{ supplierId: await supplierId(), requestKey: newObjectId().toString(), invoiceNumber: 'I-1' },
    ...{ invoiceDay: today(ctx().timeZone), total: '20', lines: JSON.stringify([line]) },
  };
}

/** A bottle that went out with the dispense of the day. */
async function givenBefore(): Promise<Fields> {
  const dispense = await dispenseModel(ctx()).findOne().orFail().lean();
  const [medicine, batch] = [objectId(await medicineId()), objectId(await anyBatch())];
  const _id = newObjectId();
  await movementModel(ctx()).create({
    ...{ _id, medicineId: medicine, batchId: batch, lotNumber: 'A1', kind: 'dispense', quantity: -2 },
    ...{ onHandAfter: 0, dispenseId: dispense._id, byUserId: 'a', byName: 'A', at: new Date() },
  });
  const line = { movementId: _id.toString(), quantity: 1, place: 'shelf', isOpened: false };
  const facts = { dispenseId: idOf(dispense), requestKey: newObjectId().toString(), reason: 'unused' };
  return { ...facts, lines: JSON.stringify([line]) };
}

async function orderFields(): Promise<Fields> {
  const line = {
    ...{ medicineId: await medicineId(), medicineName: 'Timolol', unitsPerPack: '1', packs: '5' },
    ...{ freePacks: '', rate: '10' },
  };
  return {
    supplierId: await supplierId(),
    requestKey: newObjectId().toString(),
    lines: JSON.stringify([line]),
  };
}
async function orderOf(status: 'draft' | 'approved'): Promise<Fields> {
  const row = await purchaseOrderModel(ctx()).findOne({ status }).orFail().lean();
  return { orderId: idOf(row), version: String(row.version) };
}

/** One piece of a medicine with a price; the day of the money is opened before. */
async function saleFields(): Promise<Fields> {
  await ensureMoneyDay(ctx(), today(ctx().timeZone));
  const medicine = await addMedicine(
    ctx(),
    addMedicineInput.parse({
      ...{ name: 'Tears for sale', form: 'drop', unit: 'bottle', reorderLevel: '1', price: '10' },
    }),
  );
  await receiveStock(
    ctx(),
    receiveStockInput.parse({
      ...{ medicineId: medicine.id, lotNumber: 'S1', quantity: '3' },
      expiresOn: shiftDay(tomorrow(), 200),
    }),
  );
  const lines = JSON.stringify([{ medicineId: medicine.id, quantity: 1 }]);
  return { requestKey: newObjectId().toString(), totalMinor: '1000', lines };
}

/** A batch that was received long ago. */
async function expiredBatch(): Promise<Fields> {
  const id = await medicineId();
  await batchModel(ctx()).create({
    medicineId: objectId(id),
    lotNumber: 'OLD',
    expiresOn: '2020-01-31',
    quantity: 3,
    hasStock: true,
  });
  await medicineModel(ctx()).updateOne({ _id: objectId(id) }, { $inc: { onHand: 3 } });
  return { medicineId: id, reason: 'Expired' };
}

/** A day at the hospital, in which every action that changes records happens. */
const DAY: Step[] = [
  ['a patient is registered', patients.registerPatientAction, () => person],
  [
    'corrected',
    patients.updatePatientAction,
    async () => ({ ...person, firstName: 'Usha', patientId: await patientId(), version: '0' }),
  ],
  [
    'made inactive',
    patients.setPatientActiveAction,
    async () => ({ patientId: await patientId(), isActive: 'no' }),
  ],
  [
    'made active',
    patients.setPatientActiveAction,
    async () => ({ patientId: await patientId(), isActive: 'yes' }),
  ],
  [
    'is said to have died',
    patients.recordDeathAction,
    async () => ({ patientId: await patientId(), deceasedOn: '2020-01-01' }),
  ],
  [
    'which was a mistake',
    patients.recordDeathAction,
    async () => ({ patientId: await patientId(), deceasedOn: '' }),
  ],
  [
    'an allergy is noted',
    allergies.addAllergyAction,
    async () => ({ patientId: await patientId(), substance: 'Latex' }),
  ],
  ['confirmed', allergies.confirmAllergiesAction, async () => ({ patientId: await patientId() })],
  [
    'and ended',
    allergies.endAllergyAction,
    async () => ({ allergyId: idOf(await allergyModel(ctx()).findOne().lean()), endReason: 'Tested' }),
  ],
  [
    'the history is written',
    histories.saveHistoryAction,
    async () => ({ patientId: await patientId(), version: '0', 'medical1-what': 'Diabetes' }),
  ],
  ['and is as before', histories.confirmHistoryAction, async () => ({ patientId: await patientId() })],
  [
    'a document is described',
    files.describeFileAction,
    async () => ({ ...(await aFile()), version: describedVersion, kind: 'fundus', eye: 'left' }),
  ],
  ['a document is deleted', files.deleteFileAction, () => aFile()],
  [
    'the profile of a doctor is changed',
    updateStaffProfileAction,
    async () => ({
      userId: doctorId,
      room: '4',
      seesPatients: 'on',
      version: revisionOf(profileOf(await staffModel(ctx()).findById(doctorId).orFail().lean())),
    }),
  ],
  [
    'an appointment is booked',
    appointments.bookAppointmentAction,
    async () => ({ patientId: await patientId(), ...slot('10:00') }),
  ],
  [
    'moved',
    appointments.moveAppointmentAction,
    async () => ({ appointmentId: await booked(), version: '0', ...slot('11:00') }),
  ],
  [
    'cancelled',
    appointments.cancelAppointmentAction,
    async () => ({ appointmentId: await booked(), cancelReason: 'Rain' }),
  ],
  ['missed', appointments.markNoShowAction, lateAppointment],
  [
    'not missed after all',
    appointments.undoNoShowAction,
    async () => ({ appointmentId: await booked('no-show') }),
  ],
  ['somebody arrives', queue.checkInAction, async () => ({ patientId: await patientId() })],
  [
    'is urgent',
    queue.changePriorityAction,
    async () => ({ visitId: await visitId(), priority: 'emergency' }),
  ],
  ['is called', queue.callPatientAction, async () => ({ entryId: await entryId(), room: '2' })],
  ['does not answer', queue.requeueAction, async () => ({ entryId: await entryId() })],
  ['is called again', queue.callPatientAction, async () => ({ entryId: await entryId() })],
  ['was called by mistake', queue.undoAction, async () => ({ entryId: await entryId(), status: 'called' })],
  ['begins', queue.startStepAction, async () => ({ entryId: await entryId() })],
  ['is sent on', queue.sendToAction, async () => ({ entryId: await entryId(), to: 'dilation' })],
  [
    'is measured',
    examinations.measureAction,
    async () => ({ visitId: await visitId(), version: '0', 'subjective-right-sphere': '-1.25' }),
  ],
  [
    'a refractometer’s file is taken over',
    devices.acceptReadingsAction,
    async () => ({
      visitId: await visitId(),
      version: '1',
      content: '<Data><Company>N</Company><R><AR><ARMedian><Sphere>-1.25</Sphere></ARMedian></AR></R></Data>',
      'chosen[]': ['0:right'],
      isConfirmed: 'on',
    }),
  ],
  [
    'is assessed',
    examinations.assessAction,
    async () => ({ visitId: await visitId(), version: '0', 'diagnoses[]': [`${DIAGNOSIS_CODES[0]}:right`] }),
  ],
  [
    'a problem is over',
    examinations.resolveProblemAction,
    async () => ({ patientId: await patientId(), key: String(DIAGNOSIS_CODES[0]), isResolved: 'yes' }),
  ],
  ['is signed', examinations.signExaminationAction, async () => ({ visitId: await visitId(), version: '1' })],
  ['gets a prescription', prescriptions.savePrescriptionAction, prescriptionFields],
  ['which is signed', prescriptions.signPrescriptionAction, signFields],
  ['part of which is given', dispenses.dispensePrescriptionAction, dispenseFields],
  [
    'with advice',
    dispenses.counselAction,
    async () => {
      const row = await dispenseModel(ctx()).findOne().orFail().lean();
      return { dispenseId: idOf(row), version: toDispense(row).version, note: 'Shake', isTaughtBack: 'on' };
    },
  ],
  [
    'and void again',
    prescriptions.voidPrescriptionAction,
    async () => ({ prescriptionId: await prescriptionId(), version: '2', reason: 'Wrong eye' }),
  ],
  [
    'gets glasses',
    spectacles.prescribeSpectaclesAction,
    async () => ({
      visitId: await visitId(),
      version: '0',
      requestKey: newObjectId().toString(),
      advice: 'glasses',
      kind: 'distance',
      'right-sphere': '-1.25',
      'left-sphere': 'balance',
    }),
  ],
  [
    'which are made otherwise',
    spectacles.noteMadeGlassesAction,
    async () => ({
      spectaclesId: idOf(await spectaclesModel(ctx()).findOne({ isVoid: false }).lean()),
      version: '0',
      reason: 'No stock of this index',
      kind: 'distance',
      'right-sphere': '-1.25',
      'left-sphere': 'balance',
    }),
  ],
  [
    'and are not made after all',
    spectacles.answerGlassesAction,
    async () => ({
      spectaclesId: idOf(await spectaclesModel(ctx()).findOne({ isVoid: false }).lean()),
      version: '1',
      outcome: 'not-made',
      reason: 'Bought elsewhere',
    }),
  ],
  [
    'which are void',
    spectacles.voidSpectaclesAction,
    async () => ({
      spectaclesId: idOf(await spectaclesModel(ctx()).findOne({ isVoid: false }).lean()),
      reason: 'Wrong eye',
    }),
  ],
  [
    'gets contact lenses',
    contactLenses.prescribeContactLensesAction,
    async () => ({
      visitId: await visitId(),
      version: '0',
      requestKey: newObjectId().toString(),
      replacement: 'monthly',
      'right-curve': '8.6',
      'right-diameter': '14.2',
      'right-sphere': '-2',
    }),
  ],
  [
    'which are void, too',
    contactLenses.voidContactLensesAction,
    async () => ({
      contactLensesId: idOf(await contactLensesModel(ctx()).findOne({ isVoid: false }).lean()),
      reason: 'Wrong curve',
    }),
  ],
  [
    'is given a certificate',
    letters.signLetterAction,
    async () => ({
      visitId: await visitId(),
      version: '0',
      requestKey: newObjectId().toString(),
      kind: 'leave',
      from: '2026-11-29',
      until: '2026-12-01',
    }),
  ],
  [
    'which is void',
    letters.voidLetterAction,
    async () => ({
      letterId: idOf(await letterModel(ctx()).findOne({ isVoid: false }).lean()),
      reason: 'Wrong days',
    }),
  ],
  ['an addressee is kept', addressees.saveAddresseeAction, () => ({ name: 'Dr Asha Rao' })],
  [
    'and deleted',
    addressees.deleteAddresseeAction,
    async () => ({ addresseeId: idOf(await addresseeModel(ctx()).findOne({}).lean()) }),
  ],
  ['sets of medicines are begun with', prescriptions.addStarterSetsAction, () => ({})],
  [
    'one is written',
    prescriptions.savePrescriptionSetAction,
    () => ({ name: 'Own set', owner: 'me', lines: 'moxi 0.5 qid 1w' }),
  ],
  [
    'and deleted',
    prescriptions.deletePrescriptionSetAction,
    async () => ({ setId: idOf(await prescriptionSetModel(ctx()).findOne({ name: 'Own set' }).lean()) }),
  ],
  [
    'findings are named',
    findingSets.saveFindingSetAction,
    () => ({ name: 'Own findings', owner: 'me', 'found-lens': 'PCIOL' }),
  ],
  [
    'and those are deleted',
    findingSets.deleteFindingSetAction,
    async () => ({ setId: idOf(await findingSetModel(ctx()).findOne({}).lean()) }),
  ],
  ['templates of the sheet are begun with', templates.addStarterTemplatesAction, () => ({})],
  [
    'one of them is written',
    templates.saveTemplateAction,
    () => ({ name: 'Own sheet', kind: 'camp', owner: 'me', 'groups[]': ['acuity'], 'rows[]': ['lens'] }),
  ],
  [
    'and that is deleted',
    templates.deleteTemplateAction,
    async () => ({ templateId: idOf(await templateModel(ctx()).findOne({ name: 'Own sheet' }).lean()) }),
  ],
  ['begins to wait for the drops', queue.startStepAction, async () => ({ entryId: await entryId() })],
  ['has finished a step', queue.completeStepAction, async () => ({ entryId: await entryId() })],
  ['leaves', queue.leaveQueueAction, async () => ({ visitId: await visitId(), reason: 'Went home' })],
  ['comes back', queue.reopenVisitAction, async () => ({ visitId: await visitId() })],
  ['a medicine is added', medicines.addMedicineAction, () => medicine],
  [
    'changed',
    medicines.updateMedicineAction,
    async () => {
      const row = await medicineModel(ctx())
        .findById(await medicineId())
        .orFail()
        .lean();
      return { ...medicine, reorderLevel: '9', medicineId: idOf(row), version: toMedicine(row).version };
    },
  ],
  [
    'taken out of the list',
    medicines.deactivateMedicineAction,
    async () => ({ medicineId: await medicineId() }),
  ],
  [
    'put back into the list',
    medicines.activateMedicineAction,
    async () => ({ medicineId: await medicineId() }),
  ],
  ['the usual ones are added', medicines.addStarterFormularyAction, () => ({})],
  [
    'what nobody has said of them is taken over',
    takeStarterFactsAction,
    async () => {
      await medicineModel(ctx()).updateMany({ name: 'Tropicamide' }, { $unset: { pack: '' } });
      const offer = (await listStarterOffers(ctx())).find(({ name }) => name.startsWith('Tropicamide 1'));
      if (!offer) throw new Error('Nothing is offered');
      return { 'medicines[]': [starterMark(offer)] };
    },
  ],
  [
    'a delivery comes',
    medicines.receiveStockAction,
    async () => ({
      medicineId: await medicineId(),
      lotNumber: 'A1',
      expiresOn: shiftDay(tomorrow(), 300),
      quantity: '9',
    }),
  ],
  [
    'some is given out',
    medicines.dispenseAction,
    async () => ({ medicineId: await medicineId(), quantity: '2' }),
  ],
  [
    'and comes back',
    medicines.returnStockAction,
    async () => ({
      medicineId: await medicineId(),
      movementId: idOf(await movementModel(ctx()).findOne({ kind: 'dispense' }).lean()),
      quantity: '1',
      reason: 'Unopened',
    }),
  ],
  [
    'is counted',
    medicines.adjustStockAction,
    async () => ({
      medicineId: await medicineId(),
      batchId: await batchId(),
      version: toBatch(
        await batchModel(ctx())
          .findById(await batchId())
          .orFail()
          .lean(),
      ).version,
      counted: '5',
      reason: 'Counted',
    }),
  ],
  [
    'is thrown away',
    medicines.disposeStockAction,
    async () => ({ medicineId: await medicineId(), batchId: await batchId(), reason: 'Broken' }),
  ],
  ['what has expired goes', medicines.disposeExpiredAction, expiredBatch],
  [
    'a lot is held',
    medicines.holdBatchAction,
    async () => ({ medicineId: await medicineId(), batchId: await anyBatch(), reason: 'Cloudy' }),
  ],
  [
    'and released',
    medicines.releaseBatchAction,
    async () => ({ medicineId: await medicineId(), batchId: await anyBatch() }),
  ],
  [
    'the medicine is stopped',
    medicines.stopSellingAction,
    async () => ({ medicineId: await medicineId(), reason: 'Banned' }),
  ],
  ['and sold again', medicines.resumeSellingAction, async () => ({ medicineId: await medicineId() })],
  [
    'what is in quarantine goes back',
    medicines.releaseQuarantineAction,
    async () => ({ ...(await quarantined()), quantity: '1' }),
  ],
  ['or away', medicines.disposeQuarantineAction, quarantined],
  ['who sells is added', suppliers.addSupplierAction, () => ({ name: 'Sri Sai', creditDays: '30' })],
  [
    'and corrected',
    suppliers.updateSupplierAction,
    async () => ({
      ...{ supplierId: await supplierId(), name: 'Sri Sai Agencies', creditDays: '30', isActive: 'on' },
      version: '0',
    }),
  ],
  ['their invoice comes', goodsReceipts.receiveGoodsAction, invoiceFields],
  [
    'what the supplier calls it is forgotten',
    supplierProducts.forgetProductAction,
    async () => ({
      supplierId: await supplierId(),
      productId: idOf(await supplierProductModel(ctx()).findOne().lean()),
    }),
  ],
  [
    'and is paid',
    goodsReceipts.paySupplierAction,
    async () => ({
      receiptId: idOf(await goodsReceiptModel(ctx()).findOne().lean()),
      ...{ requestKey: newObjectId().toString(), amount: '10', method: 'cash' },
    }),
  ],
  [
    'a lot is recalled',
    lotRecalls.openRecallAction,
    async () => ({
      ...{ medicineId: await medicineId(), batchId: await anyBatch(), source: 'maker', reason: 'Cloudy' },
    }),
  ],
  [
    'somebody is told',
    lotRecalls.noteContactAction,
    async () => ({ recallId: await recallId(), patientId: await patientId(), outcome: 'told' }),
  ],
  ['and it is over', lotRecalls.closeRecallAction, async () => ({ recallId: await recallId() })],
  ['a patient brings something back', returns.takeBackAction, givenBefore],
  ['something is ordered', purchaseOrders.addOrderAction, orderFields],
  [
    'the order is changed',
    purchaseOrders.updateOrderAction,
    async () => ({ ...(await orderFields()), ...(await orderOf('draft')) }),
  ],
  ['and approved', purchaseOrders.approveOrderAction, () => orderOf('draft')],
  [
    'part of it came, and the rest is not waited for',
    purchaseOrders.closeOrderAction,
    async () => {
      await purchaseOrderModel(ctx()).updateOne(
        { status: 'approved' },
        { $set: { 'lines.0.receivedPacks': 1 } },
      );
      return { ...(await orderOf('approved')), reason: 'The maker has none' };
    },
  ],
  [
    'another is cancelled',
    purchaseOrders.cancelOrderAction,
    async () => {
      await purchaseOrderModel(ctx()).updateOne(
        { status: 'closed' },
        { $set: { status: 'approved', 'lines.0.receivedPacks': 0 } },
      );
      return { ...(await orderOf('approved')), reason: 'Too dear' };
    },
  ],
  [
    'something goes back to who sold it',
    supplierReturns.addSupplierReturnAction,
    async () => ({
      ...{ supplierId: await supplierId(), requestKey: newObjectId().toString(), reason: 'damaged' },
      lines: JSON.stringify([
        {
          batchId: idOf(await batchModel(ctx()).findOne({ lotNumber: 'B2' }).orFail().lean()),
          ...{ from: 'shelf', quantity: 1 },
        },
      ]),
    }),
  ],
  [
    'and is credited',
    supplierReturns.closeSupplierReturnAction,
    async () => ({
      returnId: idOf(await supplierReturnModel(ctx()).findOne().orFail().lean()),
      ...{ version: '0', outcome: 'credited', creditNote: 'CN 1', amount: '5' },
    }),
  ],
  [
    'a credit is set off against an invoice',
    supplierAccounts.setOffCreditAction,
    async () => ({
      returnId: idOf(await supplierReturnModel(ctx()).findOne().orFail().lean()),
      receiptId: idOf(await goodsReceiptModel(ctx()).findOne({ isDue: true }).orFail().lean()),
      ...{ version: '1', amount: '1' },
    }),
  ],
  [
    'an order is mailed',
    purchaseOrders.mailOrderAction,
    async () => {
      await supplierModel(ctx()).updateMany({}, { $set: { email: 'orders@example.com' } });
      await purchaseOrderModel(ctx()).updateMany({}, { $set: { status: 'approved' } });
      return orderOf('approved');
    },
  ],
  ['a store is opened', stores.addStoreAction, async () => ({ name: 'Theatre' })],
  [
    'is named otherwise',
    stores.updateStoreAction,
    async () => ({ storeId: await storeId(), name: 'Theatre 2', version: '0' }),
  ],
  ['somebody gives out from a store', stores.chooseCounterAction, async () => ({ storeId: FIRST_STORE_ID })],
  [
    'something goes to another store',
    transfers.sendTransferAction,
    async () => ({
      ...{ fromId: FIRST_STORE_ID, toId: await storeId() },
      lines: JSON.stringify([{ batchId: await batchId(), quantity: 1 }]),
    }),
  ],
  [
    'and arrives there',
    transfers.receiveTransferAction,
    async () => {
      const { _id, lines } = await transferModel(ctx()).findOne().orFail().lean();
      const arrived = lines.map((line) => ({ batchId: line.batchId, received: 1, lost: 0, back: 0 }));
      return { transferId: _id.toString(), version: '0', lines: JSON.stringify(arrived) };
    },
  ],
  [
    'an empty store is closed',
    transfers.closeStoreAction,
    async () => ({ storeId: (await addStore(ctx(), { name: 'Ward', isCounter: false })).id }),
  ],
  [
    'and opened again',
    transfers.reopenStoreAction,
    async () => ({ storeId: idOf(await storeModel(ctx()).findOne({ isActive: false }).lean()) }),
  ],
  [
    'it is said how much of something a store has',
    stockLevels.setLevelAction,
    async () => ({
      ...{ medicineId: await medicineId(), storeId: FIRST_STORE_ID },
      ...{ min: '1', max: '9', version: '0' },
    }),
  ],
  [
    'a store is counted',
    stocktakes.startStocktakeAction,
    async () => ({ storeId: FIRST_STORE_ID, form: '' }),
  ],
  [
    'lot by lot',
    stocktakes.saveCountsAction,
    async () => ({
      ...{ stocktakeId: await stocktakeId(), sentAt: '0' },
      lines: JSON.stringify([{ batchId: await batchId(), counted: 1, version: 0, typedAt: 0 }]),
    }),
  ],
  [
    'with one that was found',
    stocktakes.countFoundLotAction,
    async () => ({
      ...{ stocktakeId: await stocktakeId(), medicineId: await medicineId(), lotNumber: 'FOUND' },
      ...{ expiresOn: shiftDay(tomorrow(), 200), counted: '1' },
    }),
  ],
  [
    'and finished',
    stocktakes.submitStocktakeAction,
    async () => ({ stocktakeId: await stocktakeId(), version: '0' }),
  ],
  [
    'counted again',
    stocktakes.recountStocktakeAction,
    async () => ({ stocktakeId: await stocktakeId(), version: '1' }),
  ],
  [
    'and approved by who has not counted',
    stocktakes.approveStocktakeAction,
    async () => {
      const [counter, id] = [newObjectId().toString(), await stocktakeId()];
      await stocktakeModel(ctx()).updateMany({}, { $set: { state: 'submitted', submittedById: counter } });
      await stocktakeCountModel(ctx()).updateMany({}, { $set: { byUserId: counter } });
      return { stocktakeId: id, version: '2' };
    },
  ],
  [
    'another count is given up',
    stocktakes.cancelStocktakeAction,
    async () => ({
      stocktakeId: (await startStocktake(ctx(), { storeId: FIRST_STORE_ID, form: undefined })).id,
      version: '0',
    }),
  ],
  [
    'what is there on the first day comes from a sheet',
    openingStock.importOpeningAction,
    async () => {
      const sheet = `Medicine,Form,Lot,Expiry,Quantity\nNepafenac,drop,N1,${shiftDay(tomorrow(), 200)},4`;
      const { fingerprint } = await previewOpening(ctx(), { sheet, storeId: undefined });
      return { sheet, storeId: FIRST_STORE_ID, fingerprint };
    },
  ],
  [
    'a supplier credits something without goods',
    supplierAccounts.addSupplierNoteAction,
    async () => ({
      supplierId: await supplierId(),
      ...{
        requestKey: newObjectId().toString(),
        kind: 'credit',
        number: 'N 1',
        day: shiftDay(tomorrow(), -2),
      },
      ...{ reason: 'price', amount: '3', tax: '' },
    }),
  ],
  [
    'a pack is scanned that nobody knew',
    medicines.rememberPackAction,
    async () => ({ gtin: '08901234567890', medicineId: await medicineId(), unitsPerPack: '10' }),
  ],
  [
    'a scan was of the wrong paper',
    sales.removePaperAction,
    async () => {
      const saleKey = newObjectId().toString();
      return { saleKey, ...(await aFile({ kind: 'sale', id: saleKey })) };
    },
  ],
  ['something is sold at the counter', sales.sellAction, saleFields],
  [
    'hours of a doctor are set',
    rebookings.saveScheduleAction,
    async () => ({
      ...{ doctorId, fromDay: shiftDay(tomorrow(), 30), hours1: '9-12' },
      ...{ slotMinutes: '15', capacity: '1', walkInPercent: '0' },
      version: revisionOfWeeks(await listWeeks(ctx(), [doctorId])),
    }),
  ],
  [
    'and deleted',
    rebookings.deleteScheduleAction,
    async () => ({ scheduleId: idOf(await scheduleModel(ctx()).findOne().lean()) }),
  ],
  [
    'leave is entered',
    rebookings.addAbsenceAction,
    () => ({ doctorId, fromDay: shiftDay(tomorrow(), 30), toDay: shiftDay(tomorrow(), 31) }),
  ],
  [
    'and deleted',
    rebookings.deleteAbsenceAction,
    async () => ({ absenceId: idOf(await absenceModel(ctx()).findOne().lean()) }),
  ],
];

function formOf(fields: Fields): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields))
    for (const one of [value].flat()) form.append(name, one);
  return form;
}

const send = (action: unknown, fields: Fields) => (action as Action)({ status: 'idle' }, formOf(fields));
const nameOf = (action: unknown): string => (definitionOf(action) as { audit: string }).audit;

/** All but the log itself, and what is taken before a change: numbers, and the lock of a doctor's day. */
async function records(): Promise<string> {
  const names = (await database().listCollections().toArray()).map(({ name }) => name);
  const kept = names.filter((name) => !name.startsWith('audit_') && !/^(counters|doctor_days)$/.test(name));
  const all = await Promise.all(
    kept
      .sort()
      .map(async (name) => [name, await database().collection(name).find().sort({ _id: 1 }).toArray()]),
  );
  return JSON.stringify(all);
}

/** While it stands, the database takes no note: an index that allows one note, and that note. */
async function refuseNotes<T>(work: () => Promise<T>): Promise<T> {
  const notes = database().collection('audit_notes');
  await notes.insertOne({ ledgerId: 'nowhere', result: 'ok' });
  await notes.createIndex({ result: 1 }, { unique: true, name: 'one_note' });
  try {
    return await work();
  } finally {
    await notes.dropIndex('one_note');
    await notes.deleteMany({ ledgerId: 'nowhere' });
  }
}

const entriesOf = (action: string) => auditEventModel(ctx()).find({ action }).sort({ seq: 1 }).lean();

beforeAll(async () => {
  org = await testOrganization();
  client = await new mongoose.mongo.MongoClient(process.env.MONGODB_URI ?? '').connect();
  doctorId = (await org.doctor()).id;
  request.principal = await staffPrincipal(org.organizationId, org.owner, 'owner');
});
afterAll(async () => {
  await client.close();
  await org.dispose();
  await closeConnections();
});

describe('a change and its entry are there together, or neither is', () => {
  it.each(DAY)('%s', async (_name, action, fieldsOf) => {
    const fields = await fieldsOf();
    const event = nameOf(action);
    const [before, earlier] = [await records(), await entriesOf(event)];
    const refused = await refuseNotes(() => send(action, fields));
    expect(refused.status).not.toBe('ok');
    expect(await records()).toBe(before);

    const done = await send(action, fields);
    expect(done).toMatchObject({ status: 'ok' });
    expect(await records()).not.toBe(before);
    const entries = (await entriesOf(event)).filter(({ result }) => result === 'ok');
    expect(entries).toHaveLength(earlier.filter(({ result }) => result === 'ok').length + 1);
    // Written as a note, not by the gate after the change.
    expect(entries.at(-1)).toMatchObject({ noteId: expect.any(String), actor: { id: org.owner.id } });
    expect(await auditNoteModel(ctx()).countDocuments({})).toBe(0);
  });

  it('happens for every action that changes records of the hospital', () => {
    const all = [
      appointments,
      rebookings,
      queue,
      patients,
      allergies,
      files,
      medicines,
      examinations,
      prescriptions,
      spectacles,
      contactLenses,
      letters,
      addressees,
      dispenses,
      returns,
      lotRecalls,
      sales,
      suppliers,
      // Reading a spreadsheet changes nothing.
      Object.values(goodsReceipts).filter((action) => action !== goodsReceipts.readGoodsAction),
      purchaseOrders,
      supplierReturns,
      stores,
      transfers,
      stocktakes,
      stockLevels,
      supplierAccounts,
      supplierProducts,
      // Its preview changes nothing.
      [openingStock.importOpeningAction],
    ].flatMap(Object.values);
    const done = new Set(DAY.map(([, action]) => action));
    const missing = all.filter((action) => !done.has(action)).map(nameOf);
    // Closes visits one by one, each with its entry; shown where the queue is tested.
    expect(missing).toEqual(['visit.close-earlier']);
  });

  it('is in a chain that is whole, and no gate had to write an entry itself', async () => {
    expect(await verdictOf(tenantLedger(org.db))).toMatchObject({ status: 'intact' });
    expect(strayEntries()).toEqual([]);
  });
});
