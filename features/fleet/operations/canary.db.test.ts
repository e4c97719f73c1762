import { randomInt, randomUUID } from 'node:crypto';
import mongoose from 'mongoose';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { creditBillInput } from '@/features/cashier/bills/schema';
import { chargeModel } from '@/features/cashier/charges/model';
import { addCharges, setChargeAside } from '@/features/cashier/charges/service';
import { listClaimsOfBill } from '@/features/cashier/claims/queries';
import { requestAuthorizationInput, updateClaimInput } from '@/features/cashier/claims/schema';
import { requestAuthorization, updateClaim } from '@/features/cashier/claims/service';
import { saveCoverageInput } from '@/features/cashier/coverages/schema';
import { saveCoverage } from '@/features/cashier/coverages/service';
import { makeDepositInput } from '@/features/cashier/deposits/schema';
import { makeDeposit, withdrawDeposit } from '@/features/cashier/deposits/service';
import { issueEstimateInput } from '@/features/cashier/estimates/schema';
import { issueEstimate, withdrawEstimate } from '@/features/cashier/estimates/service';
import { askExpenseInput } from '@/features/cashier/expenses/schema';
import { askExpense, refuseExpense } from '@/features/cashier/expenses/service';
import { giveDrawerInput } from '@/features/cashier/handovers/schema';
import { giveDrawer, refuseHandover } from '@/features/cashier/handovers/service';
import { savePayerInput } from '@/features/cashier/payers/schema';
import { savePayer } from '@/features/cashier/payers/service';
import { takeAdvanceInput } from '@/features/cashier/payments/schema';
import { creditBill, takeAdvance } from '@/features/cashier/payments/service';
import { settleClaimsInput } from '@/features/cashier/settlements/schema';
import { reverseSettlement, settleClaims } from '@/features/cashier/settlements/service';
import { listShiftsToDeposit } from '@/features/cashier/shifts/queries';
import { closeShiftInput } from '@/features/cashier/shifts/schema';
import { closeShift } from '@/features/cashier/shifts/service';
import { quarterOf } from '@/features/cashier/tds-certificates/policy';
import { addTdsCertificateInput } from '@/features/cashier/tds-certificates/schema';
import { addTdsCertificate, withdrawTdsCertificate } from '@/features/cashier/tds-certificates/service';
import { dispensePrescriptionInput } from '@/features/dispensary/dispenses/schema';
import { counsel, dispensePrescription } from '@/features/dispensary/dispenses/service';
import { returnModel } from '@/features/dispensary/returns/model';
import { sellInput } from '@/features/dispensary/sales/schema';
import { sell } from '@/features/dispensary/sales/service';
import { resealOrganization } from '@/features/fleet/migrations/service/reseal';
import { freeTimes } from '@/features/frontdesk/appointments/queries';
import { bookAppointmentInput } from '@/features/frontdesk/appointments/schema';
import { bookAppointment, cancelAppointment } from '@/features/frontdesk/appointments/service';
import { listQueue } from '@/features/frontdesk/queue/queries';
import { checkInInput } from '@/features/frontdesk/queue/schema';
import { checkIn } from '@/features/frontdesk/queue/service/check-in';
import { leaveQueue } from '@/features/frontdesk/queue/service/leave-queue';
import { sendTo } from '@/features/frontdesk/queue/service/send-to';
import { letterheadInput } from '@/features/identity/papers/schema';
import { saveLetterhead } from '@/features/identity/papers/service';
import { bringUpToDate } from '@/features/insight/reports/rollups/roll-up';
import { addAllergyInput } from '@/features/patients/allergies/schema';
import { addAllergy, endAllergy } from '@/features/patients/allergies/service';
import { beginUploadInput, uploadFileInput } from '@/features/patients/files/schema';
import { describeFile, uploadFile } from '@/features/patients/files/service';
import { beginUpload } from '@/features/patients/files/uploads';
import { saveHistoryInput } from '@/features/patients/histories/schema';
import { saveHistory } from '@/features/patients/histories/service';
import {
  eachPatient,
  findDuplicates,
  findPatients,
  getPatient,
  openPatient,
} from '@/features/patients/patients/queries';
import { registerPatientInput, updatePatientInput } from '@/features/patients/patients/schema';
import { recordDeath, registerPatient, updatePatient } from '@/features/patients/patients/service';
import { prescribeContactLensesInput } from '@/features/record/contact-lenses/schema';
import { prescribeContactLenses, voidContactLenses } from '@/features/record/contact-lenses/service';
import { assessInput, measureInput, signInput } from '@/features/record/examinations/schema';
import { assess, measure, resolveProblem, signExamination } from '@/features/record/examinations/service';
import { signLetterInput } from '@/features/record/letters/schema';
import { signLetter } from '@/features/record/letters/service/sign-letter';
import { voidLetter } from '@/features/record/letters/service/void-letter';
import { choiceField } from '@/features/record/merges/policy';
import { mergePatientsInput } from '@/features/record/merges/schema';
import { mergePatients } from '@/features/record/merges/service/merge-patients';
import { listOrdersOfVisit } from '@/features/record/orders/queries';
import { completeOrder, reopenOrder } from '@/features/record/orders/service';
import { sendPaper } from '@/features/record/paper-links/service/send-paper';
import { savePrescriptionInput } from '@/features/record/prescriptions/schema';
import { signPrescription } from '@/features/record/prescriptions/service/save-prescription';
import { voidPrescription } from '@/features/record/prescriptions/service/void-prescription';
import { noteMadeInput, prescribeSpectaclesInput } from '@/features/record/spectacles/schema';
import { noteMadeGlasses, prescribeSpectacles, voidSpectacles } from '@/features/record/spectacles/service';
import { keepAnswer } from '@/lib/actions/replay';
import { auditedWrite } from '@/lib/audit/audited';
import { changesBetween } from '@/lib/audit/changes';
import { sealedVersion, withFieldCipher } from '@/lib/crypto/field-cipher';
import { addDataKey } from '@/lib/crypto/organization-keys';
import { saveDraft } from '@/lib/drafts/drafts';
import { saveDraftInput } from '@/lib/drafts/schema';
import { env } from '@/lib/env';
import { organizationModel } from '@/lib/master/models/organization';
import { organizationKeyModel } from '@/lib/master/models/organization-key';
import { objectId } from '@/lib/mongo';
import { tenantDefinitions } from '@/lib/tenancy/define-tenant-model';
import { shiftDay, today } from '@/lib/time';
import { changesOf } from '@/tests/assertions/entries';
import { aBill, aService, aShift } from '@/tests/builders/bill';
import { aBatch } from '@/tests/builders/medicine';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { aLine, aPrescription, aRegistration, sheetOf } from '@/tests/builders/prescription';
import { anAbsence } from '@/tests/builders/schedule';
import { destroyOrganizationKey } from './destroy-keys';

let org: Awaited<ReturnType<typeof testOrganization>>;
let server: mongoose.mongo.MongoClient;
const tag = randomUUID().slice(0, 8);
const word = (name: string) => `CANARY${name}${tag}`;
const digits = () => `9${randomInt(100_000_000, 999_999_999)}`;
const [phone, otherPhone, thirdPhone] = [digits(), digits(), digits()];
const person = {
  firstName: 'Canary',
  lastName: 'Bird',
  phone: `+91 ${phone}`,
  alternatePhone: otherPhone,
  dateOfBirth: '1961-02-03',
  sex: 'female',
  email: `${word('mail')}@example.test`,
  address: word('address'),
  city: word('city'),
  guardianName: word('guardian'),
  notes: word('notes'),
  namePrefix: word('title'),
  village: word('village'),
  district: word('district'),
  region: word('region'),
  postalCode: '695099',
  guardianRelation: word('relation'),
  guardianPhone: thirdPhone,
  bloodGroup: 'AB-',
  occupation: word('occupation'),
  spokenLanguage: word('language'),
  otherNumbers: `OLD${tag}77`,
  referredBy: word('referrer'),
  abhaNumber: `7${thirdPhone}123`,
  abhaAddress: `${word('abha')}@abdm`,
  flags: ['infection'],
};
const allergy = {
  substance: word('substance'),
  reaction: word('reaction'),
  since: word('since'),
  severity: 'severe',
  endReason: word('mistake'),
};
const clinical = {
  reason: word('reason'),
  notes: word('booking'),
  absence: word('absence'),
  overbooking: word('overbooking'),
  cancelReason: word('cancel'),
  note: word('drops'),
  leaveReason: word('leave'),
  complaint: word('complaint'),
  finding: word('finding'),
  ownDiagnosis: word('diagnosis'),
  order: word('order'),
  drops: word('beforedrops'),
  plan: word('plan'),
  amendment: word('amendment'),
  credited: word('credited'),
  advance: word('advance'),
  difference: word('difference'),
  setAside: word('setAside'),
  dosage: word('dosage'),
  voiding: word('voiding'),
  letterBody: word('letterbody'),
  letterPlace: word('letterplace'),
  letterPhone: word('letterphone'),
  counselling: word('counselling'),
  returned: word('returned'),
  prescriber: word('prescriber'),
  draft: word('draft'),
  orderedAs: word('orderedAs'),
  history: word('history'),
  payerContact: word('payercontact'),
  policy: word('policy'),
  member: word('member'),
  policyPlan: word('policyplan'),
  holder: word('holder'),
  procedure: word('procedure'),
  claimNote: word('claimnote'),
  reversal: word('reversal'),
  madeOtherwise: word('madeOtherwise'),
  undone: word('undone'),
  payee: word('payee'),
  expense: word('expense'),
  refused: word('refused'),
  carrier: word('carrier'),
  takenBack: word('takenBack'),
  estimated: word('estimated'),
  withdrawn: word('withdrawn'),
  drawerShort: word('drawerShort'),
  drawerRefused: word('drawerRefused'),
  certificate: word('certificate'),
};
const canaries = [
  phone,
  otherPhone,
  ...[person.email, person.address, person.city, person.guardianName, person.notes],
  ...[person.namePrefix, person.village, person.district, person.region, person.guardianRelation],
  ...[thirdPhone, person.occupation, person.spokenLanguage, person.otherNumbers, person.referredBy],
  ...[person.abhaAddress, allergy.substance, allergy.reaction, allergy.since, allergy.endReason],
  ...[...Object.values(clinical), word('twin')],
];
let patientId = '';

/** Where any of the texts is found, as stored bytes, in a whole database: `collection: text`. */
async function scan(databaseName: string, texts: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  const db = server.db(databaseName);
  for (const { name } of await db.listCollections({}, { nameOnly: true }).toArray()) {
    for await (const bytes of db.collection(name).find({}, { raw: true })) {
      const text = Buffer.from(bytes as unknown as Uint8Array)
        .toString('latin1')
        .toLowerCase();
      found.push(
        ...texts.filter((each) => text.includes(each.toLowerCase())).map((each) => `${name}: ${each}`),
      );
    }
  }
  return [...new Set(found)];
}

/** A prescription that is changed once it was signed, dispensed in part, and then void. */
async function prescribeAndVoid(visitId: string): Promise<void> {
  const doctor = org.ctx('doctor');
  await aRegistration(doctor, 'TN 1');
  const line = aLine({ note: clinical.dosage });
  const first = await aPrescription(doctor, { visitId, lines: [line] });
  const notDispensed = { lineId: line.id, quantity: 0, notDispensedReason: clinical.voiding };
  const { id: dispenseId } = await dispensePrescription(
    doctor,
    dispensePrescriptionInput.parse({
      prescriptionId: first.id,
      version: 1,
      requestKey: randomUUID(),
      lines: JSON.stringify([notDispensed]),
    }),
  );
  const advice = { dispenseId, points: [], note: clinical.counselling, isTaughtBack: true };
  await counsel(doctor, advice);
  const { id: medicineId } = await aBatch(org.ctx('pharmacist'), { quantity: 2 });
  // A buyer's name stands on the bill in the clear, as a patient's does; who prescribed it does not.
  const { prescriber } = clinical;
  await sell(
    org.ctx('pharmacist'),
    sellInput.parse({
      ...{ requestKey: randomUUID(), totalMinor: '1300', buyerName: 'Ravi', prescriber },
      lines: JSON.stringify([{ medicineId, quantity: 1 }]),
    }),
  );
  // What came back, without any stock to take it from.
  await returnModel(doctor).create({
    ...{ requestKey: randomUUID(), dispenseId: objectId(dispenseId), patientId: objectId(first.patientId) },
    ...{ day: first.day, reason: 'unused', byUserId: 'a', byName: 'A', at: new Date() },
    content: JSON.stringify({ lines: [], note: clinical.returned }),
  });
  const again = { visitId, prescriptionId: first.id, version: 1, requestKey: randomUUID() };
  await signPrescription(
    doctor,
    savePrescriptionInput.parse({ ...again, sheet: sheetOf([line]), reason: clinical.amendment }),
  );
  const asked = { visitId, version: 0, requestKey: randomUUID(), advice: 'none', remarks: clinical.dosage };
  const glasses = await prescribeSpectacles(doctor, prescribeSpectaclesInput.parse(asked));
  await voidSpectacles(doctor, { spectaclesId: glasses.id, reason: clinical.voiding });
  const boxes = { kind: 'distance', 'right-sphere': '-1', 'left-sphere': 'balance' };
  const { id: spectaclesId } = await prescribeSpectacles(
    doctor,
    prescribeSpectaclesInput.parse({
      ...asked,
      ...boxes,
      version: 2,
      requestKey: randomUUID(),
      advice: 'glasses',
    }),
  );
  await noteMadeGlasses(
    doctor,
    noteMadeInput.parse({ ...boxes, spectaclesId, version: 0, reason: clinical.madeOtherwise }),
  );
  const fitted = { 'right-curve': '8.6', 'right-diameter': '14.2', 'right-sphere': '-2' };
  const lenses = await prescribeContactLenses(
    doctor,
    prescribeContactLensesInput.parse({
      ...{ visitId, version: 0, requestKey: randomUUID(), replacement: 'monthly', ...fitted },
      remarks: clinical.dosage,
    }),
  );
  await voidContactLenses(doctor, { contactLensesId: lenses.id, reason: clinical.voiding });
  const asking = { kind: 'referral', name: 'Dr Asha Rao', isKept: 'on', phone: clinical.letterPhone };
  const sent = { ...asking, place: clinical.letterPlace, email: `${clinical.letterPlace}@example.com` };
  const letter = await signLetter(
    doctor,
    signLetterInput.parse({
      ...{ visitId, version: 0, requestKey: randomUUID(), ...sent },
      referralReason: clinical.voiding,
      body: clinical.letterBody,
      remarks: clinical.dosage,
    }),
  );
  // Whether or not a mail server is there: what was to be sent is stored before it is asked.
  await sendPaper(doctor, { kind: 'letter', paperId: letter.id, isAgreed: 'on' }).catch(() => undefined);
  await voidLetter(doctor, { letterId: letter.id, reason: clinical.voiding });
  await voidPrescription(doctor, { prescriptionId: first.id, version: 2, reason: clinical.voiding });
}

beforeAll(async () => {
  org = await testOrganization();
  server = await new mongoose.mongo.MongoClient(env().MONGODB_URI).connect();
  const ctx = org.ctx('receptionist');
  const doctor = await org.doctor();
  const made = await registerPatient(ctx, registerPatientInput.parse({ ...person, notes: 'first' }));
  if (made.kind !== 'registered') throw new Error('not registered');
  patientId = made.patient.id;
  await changesOf(ctx, (acting) =>
    updatePatient(acting, updatePatientInput.parse({ ...person, patientId, version: '0' })),
  );
  await openPatient(ctx, patientId);
  const noPhone = { ...person, phone: '', noPhoneReason: 'refused', allowDuplicate: 'yes' };
  const other = await registerPatient(ctx, registerPatientInput.parse(noPhone));
  if (other.kind !== 'registered') throw new Error('not registered');
  await changesOf(ctx, (acting) =>
    recordDeath(acting, { patientId: other.patient.id, deceasedOn: '2020-01-01' }),
  );
  const who = { firstName: 'Twin', lastName: 'Kite', dateOfBirth: '1975-04-05', sex: 'male' };
  const twin = async (facts: Record<string, string>) => {
    const { address } = person;
    const typed = { ...who, address, phone: digits(), allowDuplicate: 'yes', ...facts };
    const one = await registerPatient(ctx, registerPatientInput.parse(typed));
    if (one.kind !== 'registered') throw new Error('not registered');
    return one.patient.id;
  };
  const both = { keptId: await twin({}), mergedId: await twin({ notes: word('twin') }) };
  await changesOf(ctx, (acting) =>
    mergePatients(
      acting,
      mergePatientsInput.parse({
        ...{ ...both, keptVersion: 0, mergedVersion: 0 },
        ...{ isSure: 'on', [choiceField('notes')]: 'merged' },
      }),
    ),
  );
  const added = await addAllergy(ctx, addAllergyInput.parse({ patientId, ...allergy }));
  await changesOf(ctx, (acting) => endAllergy(acting, { allergyId: added.id, endReason: allergy.endReason }));

  const day = shiftDay(today(ctx.timeZone), 1);
  const [time] = await freeTimes(ctx, { doctorId: doctor.id, day, durationMinutes: 15 });
  const { appointment } = await bookAppointment(
    ctx,
    bookAppointmentInput.parse({
      patientId,
      doctorId: doctor.id,
      date: day,
      time,
      durationMinutes: '15',
      reason: clinical.reason,
      notes: clinical.notes,
    }),
  );
  await cancelAppointment(ctx, { appointmentId: appointment.id, cancelReason: clinical.cancelReason });
  const logo = await sharp({ create: { width: 9, height: 9, channels: 3, background: '#0a0' } })
    .png()
    .toBuffer();
  await saveLetterhead(
    ctx,
    letterheadInput.omit({ version: true }).parse({
      ...{ name: 'Test', size: 'A4', top: '9', bottom: '9', side: '9', logo: logo.toString('base64') },
    }),
  );
  await anAbsence(ctx, { doctorId: doctor.id, fromDay: shiftDay(day, 9), reason: clinical.absence });
  await bookAppointment(
    org.ctx(),
    bookAppointmentInput.parse({
      ...{ patientId, doctorId: doctor.id, date: shiftDay(day, 9), time: '10:00' },
      overbookReason: clinical.overbooking,
    }),
  );
  const { visit } = await checkIn(ctx, checkInInput.parse({ patientId, priority: 'normal' }));
  const [entry] = (await listQueue(ctx)).entries;
  await sendTo(ctx, { entryId: entry?.id ?? '', to: 'dilation', note: clinical.note, readyInMinutes: 20 });
  await prescribeAndVoid(visit.id);
  await leaveQueue(ctx, { visitId: visit.id, reason: clinical.leaveReason });
  const written = {
    visitId: visit.id,
    diagnoses: ['H25.1:left', `~${clinical.ownDiagnosis}:none`],
    complaint: clinical.complaint,
    'row-cornea-right': clinical.finding,
    'investigation1-what': clinical.order,
    'investigation1-side': 'left',
  };
  await assess(ctx, assessInput.parse({ ...written, version: 0 }));
  await signExamination(ctx, signInput.parse({ visitId: visit.id, version: 1 }));
  const amended = { ...written, plan: clinical.plan, reason: clinical.amendment };
  await assess(ctx, assessInput.parse({ ...amended, version: 1 }));
  await resolveProblem(ctx, { patientId, key: 'H25.1', isResolved: true });
  const [order] = await listOrdersOfVisit(ctx, visit.id);
  await completeOrder(ctx, { orderId: order?.id ?? '' });
  await changesOf(ctx, (acting) =>
    reopenOrder(acting, { orderId: order?.id ?? '', reason: clinical.undone }),
  );
  const typed = { form: 'assessment', of: visit.id, version: 2, base: {}, fields: { plan: clinical.draft } };
  await saveDraft(ctx, saveDraftInput.parse(typed));
  const press = { id: 'user:canary-of-a-press', action: 'test', sent: '', fields: {} };
  await keepAnswer(ctx, press, { data: { complaint: clinical.complaint } });
  const again = await checkIn(ctx, checkInInput.parse({ patientId, priority: 'normal' }));
  await measure(
    ctx,
    measureInput.parse({
      visitId: visit.id,
      version: 0,
      'right-unaided': '6/60',
      reason: clinical.amendment,
    }),
  );
  await measure(ctx, measureInput.parse({ visitId: again.visit.id, version: 0, 'right-unaided': '6/6' }));
  await payAndCredit(ctx);
  await describeUpload(ctx);
  const had = { patientId, version: 0, 'medical1-what': clinical.history };
  await changesOf(ctx, (acting) => saveHistory(acting, saveHistoryInput.parse(had)));
});

/** A document with the words of the order behind it. */
async function describeUpload(ctx: ReturnType<typeof org.ctx>): Promise<void> {
  const content = Buffer.from('%PDF-1.7\n%%EOF\n');
  const facts = { patientId, name: `${clinical.orderedAs}.pdf`, claimedType: '', sizeBytes: content.length };
  const body = async function* () {
    yield content;
  };
  const { id: fileId } = await uploadFile(ctx, uploadFileInput.parse(facts), body());
  // One that is still on its way.
  await beginUpload(ctx, beginUploadInput.parse({ ...facts, sizeBytes: 5_000_000, mark: 'm' }));
  await describeFile(ctx, {
    fileId,
    kind: 'field',
    eye: 'left',
    takenOn: undefined,
    orderedAs: clinical.orderedAs,
  });
}

/** Money that leaves, and what something would cost. */
async function spendAndEstimate(ctx: ReturnType<typeof org.ctx>): Promise<void> {
  const asked = { requestKey: randomUUID(), category: 'food', amount: '5', from: 'drawer' };
  const { id: expenseId } = await askExpense(
    ctx,
    askExpenseInput.parse({ ...asked, payee: clinical.payee, note: clinical.expense }),
  );
  await refuseExpense(org.ctx(), { expenseId, reason: clinical.refused });
  await aShift(ctx);
  const counted = { denomination: ['note-50000'], pieces: ['1'], isRestNone: 'on' };
  const { id: handoverId } = await giveDrawer(
    ctx,
    giveDrawerInput.parse({ ...counted, toId: org.owner.id, reason: clinical.drawerShort }),
  );
  await refuseHandover(org.ctx(), { handoverId, reason: clinical.drawerRefused });
  const [shift] = await listShiftsToDeposit(ctx);
  const slip = { requestKey: randomUUID(), bank: 'Bank', slipNumber: '1', carriedBy: clinical.carrier };
  const { id: depositId } = await makeDeposit(
    ctx,
    makeDepositInput.parse({ ...slip, shiftId: [shift?.id], amount: ['1'] }),
  );
  const requestKey = randomUUID();
  await withdrawDeposit(ctx, { depositId, requestKey, reason: clinical.takenBack });
  const service = await aService(ctx);
  const line = { serviceId: service.id, quantity: 1, unitMinor: service.price?.amountMinor };
  const { id: estimateId } = await issueEstimate(
    ctx,
    issueEstimateInput.parse({
      ...{ patientId, requestKey: randomUUID(), validUntil: today(ctx.timeZone), note: clinical.estimated },
      lines: JSON.stringify([line]),
    }),
  );
  await withdrawEstimate(ctx, { estimateId, reason: clinical.withdrawn });
  // The day ends: its roll-up knows what was prescribed in words of one's own.
  await bringUpToDate(ctx, { now: new Date(Date.now() + 2 * 86_400_000) });
}

/** What is written about a patient's money in words of one's own. */
async function payAndCredit(ctx: ReturnType<typeof org.ctx>): Promise<void> {
  await aShift(ctx, '0');
  const bill = await aBill(ctx, { patientId, lines: [{ service: await aService(ctx) }] });
  const credit = { billId: bill.id, requestKey: randomUUID(), lines: '[{"line":0,"quantity":1}]' };
  await creditBill(ctx, creditBillInput.parse({ ...credit, reason: clinical.credited }));
  const advance = { patientId, requestKey: randomUUID(), method: 'cash', amount: '5' };
  await takeAdvance(ctx, takeAdvanceInput.parse({ ...advance, note: clinical.advance }));
  const count = { denomination: ['coin-100'], pieces: ['1'], isRestNone: 'on', reason: clinical.difference };
  await closeShift(ctx, closeShiftInput.parse(count));
  await spendAndEstimate(ctx);
  const to = { patientId: objectId(patientId), patient: { name: 'A', number: '1' }, at: new Date() };
  const charge = {
    ...{ source: 'visit' as const, sourceKey: 'visit:canary', code: 'C', name: 'Consultation' },
    ...{ group: 'consultation' as const, taxClass: 'health', quantity: 1, unitMinor: 1, isInclusive: false },
  };
  await auditedWrite(ctx, (session) => addCharges(ctx, { ...to, day: '2026-11-29' }, [charge], session));
  const { _id } = await chargeModel(ctx).findOne({ status: 'open' }).orFail().lean();
  await setChargeAside(ctx, { chargeId: _id.toString(), reason: clinical.setAside });
  await claimAndReverse(ctx);
}

/** What is written about who pays for a patient. */
async function claimAndReverse(ctx: ReturnType<typeof org.ctx>): Promise<void> {
  const payer = await savePayer(
    ctx,
    savePayerInput.parse({
      ...{ kind: 'insurer', name: 'Star', contactName: clinical.payerContact, phone: thirdPhone },
      email: `${clinical.payerContact}@example.com`,
    }),
  );
  const policy = { policyNumber: clinical.policy, memberId: clinical.member, plan: clinical.policyPlan };
  const { id: coverageId } = await saveCoverage(
    ctx,
    saveCoverageInput.parse({ ...policy, patientId, payerId: payer.id, holderName: clinical.holder }),
  );
  const asked = { patientId, coverageId, amount: '500', procedure: clinical.procedure, isSent: 'on' };
  const claim = await requestAuthorization(ctx, requestAuthorizationInput.parse(asked));
  const step = { claimId: claim.id, version: 0, step: 'query', note: clinical.claimNote };
  await updateClaim(ctx, updateClaimInput.parse(step));
  const bill = await aBill(ctx, {
    ...{ patientId, lines: [{ service: await aService(ctx) }], payerChoice: `coverage:${coverageId}` },
  });
  const [open] = await listClaimsOfBill(ctx, bill.id);
  const settled = await settleClaims(
    ctx,
    settleClaimsInput.parse({
      ...{ payerId: payer.id, amount: '1', reference: 'UTR00001', receivedDay: today(ctx.timeZone) },
      parts: JSON.stringify([{ claimId: open?.id, received: '1' }]),
    }),
  );
  await reverseSettlement(ctx, { settlementId: settled.id, reason: clinical.reversal });
  const day = today(ctx.timeZone);
  const { id: certificateId } = await addTdsCertificate(
    ctx,
    addTdsCertificateInput.parse({
      ...{ requestKey: randomUUID(), payerId: payer.id, quarter: quarterOf(day), receivedDay: day },
      ...{ number: 'C 1', amount: '1' },
    }),
  );
  await withdrawTdsCertificate(ctx, { certificateId, reason: clinical.certificate });
}

afterAll(async () => {
  await server.close();
  await org.dispose();
  await closeConnections();
});

describe('what the databases hold of a patient', () => {
  it('has none of the sensitive texts in any collection of the organization or of the company', async () => {
    expect(await scan(org.db.name, canaries)).toEqual([]);
    expect(await scan(env().MASTER_DATABASE, canaries)).toEqual([]);
    // The scan does look: a name is there in the clear, by decision.
    expect(await scan(org.db.name, ['canary bird'])).toContain('patients: canary bird');
  });

  it('finds a text that a mistake wrote in the clear', async () => {
    const patients = server.db(org.db.name).collection('patients');
    const row = await patients.findOne({ _id: objectId(patientId) });
    await patients.updateOne({ _id: objectId(patientId) }, { $set: { notes: person.notes } });
    expect(await scan(org.db.name, canaries)).toEqual([`patients: ${person.notes}`]);
    await patients.updateOne({ _id: objectId(patientId) }, { $set: { notes: row?.notes } });
  });

  it('was written into every path that is marked, so that a new one cannot be forgotten here', async () => {
    for (const { collection, sensitive } of tenantDefinitions()) {
      for (const path of sensitive) {
        const rows = await server.db(org.db.name).collection(collection).find({}).toArray();
        const stored = rows.map((row): unknown => row[path]).filter((value) => typeof value === 'string');
        expect(stored.length, `${collection}.${path}`).toBeGreaterThan(0);
        for (const value of stored) expect(sealedVersion(String(value)), `${collection}.${path}`).toBe(1);
        // The audit log says that it changed, and nothing more.
        const change = changesBetween<Record<string, string>>({ [path]: 'a' }, { [path]: 'b' }, [path]);
        expect(change, path).toEqual([{ field: path, isRedacted: true }]);
      }
    }
  });

  it('reads as it was typed, is found by phone and e-mail, and shows up as a duplicate', async () => {
    const ctx = org.ctx('receptionist');
    const { phone: typed, email, address, city, guardianName, notes } = await getPatient(ctx, patientId);
    expect({ phone: typed, email, address, city, guardianName, notes }).toEqual({
      ...{ phone: person.phone, email: person.email, address: person.address },
      ...{ city: person.city, guardianName: person.guardianName, notes: person.notes },
    });
    for (const text of [phone, phone.slice(0, 5), phone.slice(-4), otherPhone.slice(-6), person.email])
      expect(
        (await findPatients(ctx, text)).map(({ id }) => id),
        text,
      ).toEqual([patientId]);
    expect(await findDuplicates(ctx, { ...person, firstName: 'Somebody', lastName: 'Else' })).toMatchObject([
      { id: patientId, reason: 'Same phone and birth date' },
    ]);
    for await (const one of eachPatient(ctx)) expect(one.address).toBe(person.address);
  });
});

describe('a new data key', () => {
  it('seals what is there by a job, and everything still reads', async () => {
    expect(await addDataKey(org.organizationId)).toBe(2);
    expect(await resealOrganization(org.organizationId)).toBeGreaterThan(0);
    for (const { collection, sensitive } of tenantDefinitions()) {
      const rows = await server.db(org.db.name).collection(collection).find({}).toArray();
      for (const row of rows)
        for (const path of sensitive) if (row[path]) expect(sealedVersion(row[path]), path).toBe(2);
    }
    expect(await resealOrganization(org.organizationId)).toBe(0);
    expect((await getPatient(org.ctx(), patientId)).notes).toBe(person.notes);
  });
});

describe('destroying the keys of an organization', () => {
  const system = { actor: { kind: 'system' as const, name: 'Offboarding' } };
  const setStatus = async (status: 'active' | 'offboarding') =>
    organizationModel.updateOne({ _id: objectId(org.organizationId) }, { $set: { status } });

  it('is refused while it works with us', async () => {
    await expect(destroyOrganizationKey(system, org.organizationId)).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    await expect(destroyOrganizationKey(system, '0'.repeat(24))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await getPatient(org.ctx(), patientId)).notes).toBe(person.notes);
  });

  it('makes its database and an old copy of it unreadable for good, and touches nobody else', async () => {
    const other = await testOrganization();
    const kept = await registerPatient(other.ctx(), registerPatientInput.parse(person));
    const copy = await server
      .db(org.db.name)
      .collection('patients')
      .findOne({ _id: objectId(patientId) });
    await setStatus('offboarding');
    expect(await destroyOrganizationKey(system, org.organizationId)).toBe(3);
    expect(await destroyOrganizationKey(system, org.organizationId)).toBe(0);

    await expect(getPatient(org.ctx(), patientId)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    const place = { collection: 'patients', path: 'notes', id: patientId };
    const opened = withFieldCipher(org.organizationId, (cipher) => cipher.open(place, String(copy?.notes)));
    await expect(opened).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    // With another organization's keys it opens as little.
    await expect(
      withFieldCipher(other.organizationId, (cipher) => cipher.open(place, String(copy?.notes))),
    ).rejects.toThrow();
    const keys = await organizationKeyModel.find({ organizationId: objectId(org.organizationId) }).lean();
    expect(keys.map(({ wrapped }) => wrapped)).toEqual(['destroyed', 'destroyed', 'destroyed']);
    if (kept.kind !== 'registered') throw new Error('not registered');
    expect((await getPatient(other.ctx(), kept.patient.id)).notes).toBe(person.notes);
    await other.dispose();
  });
});
