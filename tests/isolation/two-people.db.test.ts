/// <reference types="vite/client" />
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { updateBranchAction } from '@/features/cashier/branch-series/actions';
import { saveCoverageAction } from '@/features/cashier/coverages/actions';
import { listCoverages } from '@/features/cashier/coverages/queries';
import { savePayerAction } from '@/features/cashier/payers/actions';
import { listPayers } from '@/features/cashier/payers/queries';
import { setPackageAction, updateServiceAction } from '@/features/cashier/price-list/actions';
import { listPriced } from '@/features/cashier/price-list/queries';
import { addServiceInput } from '@/features/cashier/price-list/schema';
import { addService } from '@/features/cashier/price-list/service';
import { counselAction } from '@/features/dispensary/dispenses/actions';
import { getDispense } from '@/features/dispensary/dispenses/queries';
import { dispensePrescriptionInput } from '@/features/dispensary/dispenses/schema';
import { dispensePrescription } from '@/features/dispensary/dispenses/service';
import { saveScheduleAction } from '@/features/frontdesk/rebookings/actions';
import { revisionOfWeeks } from '@/features/frontdesk/schedules/dto';
import { listWeeks } from '@/features/frontdesk/schedules/queries';
import { formOf as branchFormOf } from '@/features/identity/branches/dto';
import { getFaceForm } from '@/features/identity/face/queries';
import { updateOrganizationAction } from '@/features/identity/organization/actions';
import { getOrganizationProfile } from '@/features/identity/organization/queries';
import { saveFaceAction, saveLetterheadAction } from '@/features/identity/papers/actions';
import { getLetterhead } from '@/features/identity/papers/queries';
import { updateOrganizationSecurityAction } from '@/features/identity/second-factor/actions';
import { getOrganizationSecurity } from '@/features/identity/second-factor/queries';
import { saveConnectionAction, saveSignInRulesAction } from '@/features/identity/single-sign-on/actions';
import { getSingleSignOn } from '@/features/identity/single-sign-on/queries';
import {
  assignBranchesAction,
  changeRoleAction,
  updateStaffProfileAction,
} from '@/features/identity/staff/actions';
import { getStaffMember } from '@/features/identity/staff/queries';
import { describeFileAction } from '@/features/patients/files/actions';
import { listFiles } from '@/features/patients/files/queries';
import { uploadFileInput } from '@/features/patients/files/schema';
import { uploadFile } from '@/features/patients/files/service';
import { adjustStockAction, updateMedicineAction } from '@/features/pharmacy/medicines/actions';
import { getMedicine, listBatches } from '@/features/pharmacy/medicines/queries';
import { changePersonRoleAction } from '@/features/platform/team/actions';
import { listTeam } from '@/features/platform/team/queries';
import { saveAddresseeAction } from '@/features/record/addressees/actions';
import { listAddressees } from '@/features/record/addressees/queries';
import { saveAddresseeInput } from '@/features/record/addressees/schema';
import { saveAddressee } from '@/features/record/addressees/service';
import { saveFindingSetAction } from '@/features/record/finding-sets/actions';
import { listFindingSets } from '@/features/record/finding-sets/queries';
import { saveFindingSetInput } from '@/features/record/finding-sets/schema';
import { saveFindingSet } from '@/features/record/finding-sets/service';
import { savePrescriptionSetAction } from '@/features/record/prescriptions/actions';
import { listPrescriptionSets } from '@/features/record/prescriptions/queries';
import { savePrescriptionSet } from '@/features/record/prescriptions/service/sets';
import { saveTemplateAction } from '@/features/record/templates/actions';
import { listTemplates } from '@/features/record/templates/queries';
import { addStarterTemplates } from '@/features/record/templates/service';
import { saveInvoiceDetailsAction } from '@/features/subscription/invoice-details/actions';
import { getInvoiceDetails } from '@/features/subscription/invoice-details/queries';
import { saveAnnouncementAction } from '@/features/support/announcements/actions';
import { listAnnouncements } from '@/features/support/announcements/queries';
import { saveAnswerAction, setAgreedTargetAction } from '@/features/support/tickets/actions';
import { findAgreedTarget, listSavedAnswers, targetFormOf } from '@/features/support/tickets/queries';
import type { ActionResult } from '@/lib/action-result';
import { definitionOf, gateOf } from '@/lib/actions/gated';
import { FIRST_BRANCH_ID } from '@/lib/branches';
import { revisionOf } from '@/lib/revision';
import { today } from '@/lib/time';
import { fieldsOf } from '@/tests/assertions/fields';
import { branchesNow } from '@/tests/builders/branch';
import { colleague } from '@/tests/builders/colleague';
import { aBatch, aMedicine } from '@/tests/builders/medicine';
import { closeConnections, TEST_PASSWORD, testOrganization } from '@/tests/builders/organization';
import { aPatient } from '@/tests/builders/patient';
import { aCoverage, aPayer } from '@/tests/builders/payer';
import { aLine, aPrescription, aRegistration } from '@/tests/builders/prescription';
import { staffPrincipal } from '@/tests/builders/principals';
import { aSchedule } from '@/tests/builders/schedule';
import { request } from '@/tests/emulators/request';
import '@/server/master-models';
import '@/server/tenant-models';

const files = import.meta.glob<Record<string, unknown>>('/features/**/actions.ts', { eager: true });
const company = {
  actor: {
    kind: 'platform' as const,
    userId: 'f'.repeat(24),
    name: 'Company',
    email: 'company@chakravue.test',
  },
  requestId: 'test',
};

let org: Awaited<ReturnType<typeof testOrganization>>;
let doctor: { id: string };
let service: { id: string };
let part: { id: string };
let boss: Awaited<ReturnType<typeof colleague>>;
let clerk: Awaited<ReturnType<typeof colleague>>;
let batch: Awaited<ReturnType<typeof aBatch>>;
let patientId: string;
let dispenseId: string;
const ctx = () => org.ctx();
beforeAll(async () => {
  org = await testOrganization({ maxUsers: null, plan: 'enterprise' });
  doctor = await org.addStaff('doctor', 'Dr Asha Rao');
  boss = await colleague('owner', 'Boss');
  clerk = await colleague('support', 'Clerk');
  batch = await aBatch(ctx());
  ({ id: patientId } = await aPatient(ctx()));
  const content = Buffer.from('%PDF-1.7\n%%EOF\n');
  const facts = { patientId, name: 'field.pdf', claimedType: '', sizeBytes: content.length };
  await uploadFile(ctx(), uploadFileInput.parse(facts), contentOf(content));
  await addStarterTemplates(ctx());
  await aSchedule(ctx(), doctor.id);
  await saveAddressee(ctx(), saveAddresseeInput.parse({ name: 'Dr Iyer' }));
  dispenseId = await aDispense();
  await aCoverage(ctx(), { patientId, payerId: (await aPayer(ctx())).id });
  service = await addService(
    ctx(),
    addServiceInput.parse({ name: 'Visit', code: 'V1', group: 'consultation', taxClass: 'health' }),
  );
  part = await addService(
    ctx(),
    addServiceInput.parse({ name: 'Part', code: 'P1', group: 'test', taxClass: 'health' }),
  );
  await savePrescriptionSet(ctx(), {
    ...{ name: 'After surgery', lines: 'moxi 0.5 qid 1w', setId: undefined },
    owner: 'everybody',
  });
  await saveFindingSet(
    ctx(),
    saveFindingSetInput.parse({ name: 'Pseudophakia', owner: 'everybody', 'found-lens': 'PCIOL' }),
  );
});
afterAll(async () => {
  await org.dispose();
  await closeConnections();
});

async function aDispense(): Promise<string> {
  const prescriber = org.ctx('doctor');
  await aRegistration(prescriber, 'TN 1');
  const medicine = await aMedicine(prescriber);
  await aBatch(prescriber, { medicineId: medicine.id });
  const line = aLine({ medicineId: medicine.id });
  const prescription = await aPrescription(prescriber, { lines: [line] });
  const { id } = await dispensePrescription(
    ctx(),
    dispensePrescriptionInput.parse({
      ...{ prescriptionId: prescription.id, version: 1, requestKey: randomUUID() },
      lines: JSON.stringify([{ lineId: line.id, quantity: 1 }]),
    }),
  );
  return id;
}

async function* contentOf(content: Buffer): AsyncGenerator<Uint8Array> {
  yield content;
}

type Fields = Record<string, string | string[]>;
type Case = {
  action: unknown;
  /** What the form shows, and its version. */
  open: () => Promise<{ version: string } & object>;
  /** The fields of the form as a person sends them. */
  fields: () => Promise<Fields> | Fields;
  theirs: Fields;
  mine: Fields;
  by?: 'company';
};

const again = { currentPassword: TEST_PASSWORD };
const medicine = async () => getMedicine(ctx(), batch.id);
const organization = {
  organizationName: 'Vision House',
  phone: '+91 98450 00000',
  country: 'IN',
  timeZone: 'Asia/Kolkata',
};
const announcement = {
  kind: 'notice',
  title: 'Maintenance',
  text: 'We are away for an hour.',
  startsAt: '2030-01-01T10:00',
  endsAt: '2030-01-01T11:00',
};
const theService = async () =>
  firstOf((await listPriced(ctx(), today(ctx().timeZone))).filter(({ id }) => id === service.id));
const firstOf = <T>(rows: readonly T[]): T => {
  const [first] = rows;
  if (!first) throw new Error('nothing was made');
  return first;
};

const CASES: Record<string, Case> = {
  updateOrganizationSecurityAction: {
    action: updateOrganizationSecurityAction,
    open: () => getOrganizationSecurity(ctx()),
    fields: () => ({ idleMinutes: '15' }),
    theirs: { idleMinutes: '5' },
    mine: { idleMinutes: '30' },
  },
  saveLetterheadAction: {
    action: saveLetterheadAction,
    open: async () => {
      const letterhead = await getLetterhead(ctx());
      return { ...letterhead, version: revisionOf(letterhead) };
    },
    fields: () => ({ name: 'Vision House', size: 'A4', top: '20', bottom: '20', side: '18' }),
    theirs: { address: '4 Lake Road' },
    mine: { footer: 'Call us' },
  },
  saveConnectionAction: {
    action: saveConnectionAction,
    open: async () => {
      const { connection, placeVersion } = await getSingleSignOn(ctx());
      return { connection, version: placeVersion };
    },
    fields: () => ({
      issuer: 'https://login.hospital.test',
      clientSecret: 'secret',
      clientId: 'one',
      ...again,
    }),
    theirs: { clientId: 'two' },
    mine: { clientId: 'three' },
  },
  saveSignInRulesAction: {
    action: saveSignInRulesAction,
    open: async () => {
      const { connection } = await getSingleSignOn(ctx());
      return { connection, version: connection?.rulesVersion ?? '' };
    },
    fields: () => ({ defaultRole: 'receptionist', ...again }),
    theirs: { countsAsSecondFactor: 'on' },
    mine: { isJustInTime: 'on' },
  },
  updateStaffProfileAction: {
    action: updateStaffProfileAction,
    open: async () => {
      const member = await getStaffMember(ctx(), doctor.id);
      return { ...member, version: member.profileVersion };
    },
    fields: () => ({ userId: doctor.id, seesPatients: 'on' }),
    theirs: { room: '4' },
    mine: { registrationNumber: 'KMC 1' },
  },
  changeRoleAction: {
    action: changeRoleAction,
    open: async () => {
      const member = await getStaffMember(ctx(), doctor.id);
      return { role: member.role, version: member.roleVersion };
    },
    fields: () => ({ userId: doctor.id }),
    theirs: { role: 'admin' },
    mine: { role: 'optometrist' },
  },
  assignBranchesAction: {
    action: assignBranchesAction,
    open: async () => {
      const member = await getStaffMember(ctx(), doctor.id);
      return { branchIds: member.branchIds, version: member.branchesVersion };
    },
    fields: () => ({ userId: doctor.id }),
    theirs: { branchIds: [FIRST_BRANCH_ID] },
    mine: { branchIds: [] },
  },
  updateBranchAction: {
    action: updateBranchAction,
    open: async () => {
      const [branch] = await branchesNow(org);
      if (!branch) throw new Error('There is no branch');
      return { ...branch, version: revisionOf(branchFormOf(branch)) };
    },
    fields: () => ({ branchId: FIRST_BRANCH_ID, name: 'Main branch' }),
    theirs: { phone: '080 4000 1000' },
    mine: { address: '4 Lake Road' },
  },
  updateMedicineAction: {
    action: updateMedicineAction,
    open: medicine,
    fields: async () => ({
      medicineId: batch.id,
      name: 'Timolol',
      form: 'drop',
      unit: 'bottle',
      reorderLevel: '5',
    }),
    theirs: { price: '54.00' },
    mine: { reorderLevel: '10' },
  },
  adjustStockAction: {
    action: adjustStockAction,
    open: async () => firstOf(await listBatches(ctx(), batch.id)),
    fields: async () => {
      const { id } = firstOf(await listBatches(ctx(), batch.id));
      return { medicineId: batch.id, batchId: id, reason: 'Count' };
    },
    theirs: { counted: '7' },
    mine: { counted: '9' },
  },
  updateServiceAction: {
    action: updateServiceAction,
    open: async () => await theService(),
    fields: async () => {
      const { id, code, group, taxClass } = await theService();
      return { serviceId: id, code, group, taxClass, name: 'Visit' };
    },
    theirs: { code: 'V2' },
    mine: { name: 'First visit' },
  },
  setPackageAction: {
    action: setPackageAction,
    open: async () => await theService(),
    fields: async () => ({
      serviceId: (await theService()).id,
      parts: JSON.stringify([{ serviceId: part.id, quantity: 1 }]),
      days: '30',
    }),
    theirs: { days: '40' },
    mine: { days: '50' },
  },
  savePrescriptionSetAction: {
    action: savePrescriptionSetAction,
    open: async () => firstOf(await listPrescriptionSets(ctx())),
    fields: async () => {
      const { id, name, lines } = firstOf(await listPrescriptionSets(ctx()));
      return { setId: id, name, owner: 'everybody', lines };
    },
    theirs: { lines: 'pred 1 qid 1w' },
    mine: { name: 'After cataract' },
  },
  saveFindingSetAction: {
    action: saveFindingSetAction,
    open: async () => firstOf(await listFindingSets(ctx())),
    fields: async () => {
      const { id, name } = firstOf(await listFindingSets(ctx()));
      return { setId: id, name, owner: 'everybody', 'found-lens': 'PCIOL' };
    },
    theirs: { 'found-lens': 'PCIOL with PCO' },
    mine: { name: 'After cataract' },
  },
  saveAnnouncementAction: {
    action: saveAnnouncementAction,
    by: 'company',
    open: async () => {
      const { dismissed: _, ...shown } = firstOf(await listAnnouncements(company));
      return shown;
    },
    fields: async () => ({ announcementId: firstOf(await listAnnouncements(company)).id, ...announcement }),
    theirs: { text: 'We are away for two hours.' },
    mine: { title: 'Work on the system' },
  },
  saveAnswerAction: {
    action: saveAnswerAction,
    by: 'company',
    open: async () => firstOf(await listSavedAnswers(company)),
    fields: async () => ({
      answerId: firstOf(await listSavedAnswers(company)).id,
      title: 'Hello',
      text: 'Hello',
    }),
    theirs: { text: 'Good morning' },
    mine: { title: 'Greeting' },
  },
  changePersonRoleAction: {
    action: changePersonRoleAction,
    by: 'company',
    open: async () => firstOf((await listTeam(boss.ctx)).people.filter(({ id }) => id === clerk.id)),
    fields: () => ({ userId: clerk.id, role: 'support', ...again }),
    theirs: { role: 'finance' },
    mine: { role: 'engineer' },
  },
  setAgreedTargetAction: {
    action: setAgreedTargetAction,
    by: 'company',
    open: async () => {
      const agreed = await findAgreedTarget(org.organizationId);
      return { ...targetFormOf(agreed), version: revisionOf(targetFormOf(agreed)) };
    },
    fields: () => ({ organizationId: org.organizationId, counted: 'always' }),
    theirs: { hours: '2' },
    mine: { hours: '8' },
  },
  saveTemplateAction: {
    action: saveTemplateAction,
    open: async () => firstOf(await listTemplates(ctx())),
    fields: async () => {
      const { id, name, kind, groups, rows } = firstOf(await listTemplates(ctx()));
      return { templateId: id, name, kind, owner: 'everybody', groups, rows };
    },
    theirs: { rows: ['lens'] },
    mine: { name: 'Visit of the eye' },
  },
  describeFileAction: {
    action: describeFileAction,
    open: async () => firstOf(await listFiles(ctx(), { kind: 'patient', id: patientId })),
    fields: async () => {
      const { id, kind } = firstOf(await listFiles(ctx(), { kind: 'patient', id: patientId }));
      return { fileId: id, kind };
    },
    theirs: { eye: 'left' },
    mine: { kind: 'fundus' },
  },
  saveInvoiceDetailsAction: {
    action: saveInvoiceDetailsAction,
    open: () => getInvoiceDetails(ctx()),
    fields: () => ({
      ...{ legalName: 'Eye House Pvt Ltd', line1: '1 MG Road', city: 'Kochi', state: 'Kerala' },
      country: 'IN',
    }),
    theirs: { legalName: 'Eye House Private Limited' },
    mine: { purchaseOrder: 'PO 7' },
  },
  saveFaceAction: {
    action: saveFaceAction,
    open: async () => {
      const face = await getFaceForm(ctx());
      return { ...face, version: revisionOf(face) };
    },
    fields: () => ({}),
    theirs: { fromName: 'Eye House' },
    mine: { replyTo: 'care@hospital.test' },
  },
  saveScheduleAction: {
    action: saveScheduleAction,
    open: async () => {
      const weeks = await listWeeks(ctx(), [doctor.id]);
      return { ...firstOf(weeks), version: revisionOfWeeks(weeks) };
    },
    fields: async () => {
      const { fromDay } = firstOf(await listWeeks(ctx(), [doctor.id]));
      return {
        doctorId: doctor.id,
        fromDay,
        hours1: '9-12',
        slotMinutes: '15',
        capacity: '1',
        walkInPercent: '0',
      };
    },
    theirs: { hours1: '10-12' },
    mine: { hours1: '8-12' },
  },
  saveAddresseeAction: {
    action: saveAddresseeAction,
    open: async () => firstOf(await listAddressees(ctx())),
    fields: async () => {
      const { id, name } = firstOf(await listAddressees(ctx()));
      return { addresseeId: id, name };
    },
    theirs: { place: 'Pune' },
    mine: { name: 'Dr S Iyer' },
  },
  savePayerAction: {
    action: savePayerAction,
    open: async () => firstOf(await listPayers(ctx())),
    fields: async () => {
      const { id, name, kind } = firstOf(await listPayers(ctx()));
      return { payerId: id, name, kind };
    },
    theirs: { code: 'H 12' },
    mine: { name: 'Star Health and Allied' },
  },
  saveCoverageAction: {
    action: saveCoverageAction,
    open: async () => firstOf(await listCoverages(ctx(), patientId)),
    fields: async () => {
      const { id, payerId } = firstOf(await listCoverages(ctx(), patientId));
      return { coverageId: id, payerId, patientId };
    },
    theirs: { plan: 'Gold' },
    mine: { policyNumber: 'P 2' },
  },
  counselAction: {
    action: counselAction,
    open: () => getDispense(ctx(), dispenseId),
    fields: () => ({ dispenseId }),
    theirs: { note: 'The daughter gives them.' },
    mine: { points: ['shake'] },
  },
  // The last one: its name stands in what others show.
  updateOrganizationAction: {
    action: updateOrganizationAction,
    open: () => getOrganizationProfile(ctx()),
    fields: () => organization,
    theirs: { phone: '+91 98450 11111' },
    mine: { organizationName: 'Vision House Pune' },
  },
};

const send = async (one: Case, fields: Fields): Promise<ActionResult> => {
  request.principal =
    one.by === 'company' ? boss.principal : await staffPrincipal(org.organizationId, org.owner, 'owner');
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...(await one.fields()), ...fields }))
    for (const text of [value].flat()) form.append(Array.isArray(value) ? `${name}[]` : name, text);
  return (one.action as (previous: ActionResult, form: FormData) => Promise<ActionResult>)(
    { status: 'idle' },
    form,
  );
};
/** What the form shows, without the parts that a save moves by itself. */
const shown = async (one: Case) => JSON.stringify(await one.open());

/** What must be there to be changed. */
const MADE: Record<string, () => Promise<unknown>> = {
  saveAnnouncementAction: () =>
    send({ ...(CASES.saveAnnouncementAction as Case), fields: () => announcement }, {}),
  saveAnswerAction: () =>
    send({ ...(CASES.saveAnswerAction as Case), fields: () => ({ title: 'Hello', text: 'Hello' }) }, {}),
};

describe('two people change the same thing', () => {
  it.each(Object.entries(CASES))(
    '%s refuses the one who opened it earlier, and overwrites nothing',
    async (name, one) => {
      await MADE[name]?.();
      const { version } = await one.open();
      const before = await shown(one);
      expect(await send(one, { ...one.theirs, version })).toMatchObject({ status: 'ok' });
      const after = await shown(one);
      expect(after).not.toBe(before);

      expect(await send(one, { ...one.mine, version })).toMatchObject({ status: 'error', code: 'CONFLICT' });
      expect(await shown(one)).toBe(after);
      expect(await send(one, one.mine)).toMatchObject({ status: 'invalid' });

      const { version: now } = await one.open();
      expect(await send(one, { ...one.theirs, ...one.mine, version: now })).toEqual(
        expect.objectContaining({ status: 'ok' }),
      );
      expect(await shown(one)).not.toBe(after);
    },
  );

  it('is tried with every action whose form sends what its record says', () => {
    const names = Object.values(files).flatMap((exports) =>
      Object.entries(exports).flatMap(([name, action]) => {
        const { version } = fieldsOf((definitionOf(action) as { input?: unknown } | undefined)?.input);
        const isRevision =
          version instanceof z.ZodType &&
          version.safeParse('v'.repeat(22)).success &&
          !version.safeParse('1').success;
        return gateOf(action) && isRevision ? [name] : [];
      }),
    );
    expect(names.sort()).toEqual(Object.keys(CASES).sort());
  });
});
