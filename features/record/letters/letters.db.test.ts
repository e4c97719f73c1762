import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addresseeModel } from '@/features/record/addressees/model';
import { findAddressees, listAddressees } from '@/features/record/addressees/queries';
import { saveAddresseeInput } from '@/features/record/addressees/schema';
import { deleteAddressee, saveAddressee } from '@/features/record/addressees/service';
import { assessInput, measureInput } from '@/features/record/examinations/schema';
import { assess, measure } from '@/features/record/examinations/service';
import { isSealed } from '@/lib/crypto/field-cipher';
import type { TenantContext } from '@/lib/tenancy/context';
import { expectIndexed } from '@/tests/assertions/explain';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { aRegistration } from '@/tests/builders/prescription';
import { aVisit } from '@/tests/builders/visit';
import { letterModel } from './model';
import { findLettersOfPatient, findLetterVersions, getLetter, listLettersOfPatient } from './queries';
import { signLetterInput } from './schema';
import { signLetter } from './service/sign-letter';
import { voidLetter } from './service/void-letter';

type Organization = Awaited<ReturnType<typeof testOrganization>>;
let a: Organization;
let b: Organization;
let doctor: TenantContext;
beforeAll(async () => {
  a = await testOrganization();
  b = await testOrganization();
  doctor = a.ctx('doctor');
  await aRegistration(doctor, 'TN 12345');
});
afterAll(async () => {
  await a.dispose();
  await b.dispose();
  await closeConnections();
});

const leave = { kind: 'leave', from: '2026-11-29', until: '2026-12-01' };
const referral = { kind: 'referral', name: 'Dr Asha Rao', referralReason: 'Retina', body: 'Dear colleague' };
const typed = (visitId: string, fields: Record<string, unknown> = leave) =>
  signLetterInput.parse({ visitId, version: 0, requestKey: randomUUID(), ...fields });

describe('a letter', () => {
  it('is signed once, numbered, sealed, and of its hospital alone', async () => {
    const { id, patientId } = await aVisit(doctor);
    const asked = typed(id);
    const made = await signLetter(doctor, asked);
    expect(made.number).toMatch(/^L-\d{6}$/);
    expect(made).toMatchObject({
      version: 1,
      letter: { kind: 'leave', from: '2026-11-29', until: '2026-12-01' },
      signed: { registrationNumber: 'TN 12345' },
    });
    expect(await signLetter(doctor, asked)).toEqual(made);
    const other = signLetterInput.parse({ ...leave, until: '2026-12-09', ...pick(asked) });
    await expect(signLetter(doctor, other)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await listLettersOfPatient(doctor, patientId)).toHaveLength(1);
    const stored = await letterModel(doctor).collection.findOne({});
    expect(isSealed(String(stored?.content))).toBe(true);
    await expect(getLetter(b.ctx(), made.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(signLetter(b.ctx('doctor'), typed(id))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expectIndexed(await findLettersOfPatient(doctor, patientId).explain('executionStats'));
    expectIndexed(await findLetterVersions(doctor, made.number).explain('executionStats'));
  });

  it('takes the next number of all, however many sign at the same time', async () => {
    const visits = await Promise.all([aVisit(doctor), aVisit(doctor), aVisit(doctor)]);
    const made = await Promise.all(visits.map(({ id }) => signLetter(doctor, typed(id))));
    expect(new Set(made.map(({ number }) => number)).size).toBe(3);
  });

  it('is not signed by somebody whose number is missing', async () => {
    const owner = a.ctx('owner');
    const { id, patientId } = await aVisit(doctor);
    await expect(signLetter(owner, typed(id))).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await listLettersOfPatient(doctor, patientId)).toEqual([]);
  });

  it('changes once, with a reason, under its number; what it said stays readable', async () => {
    const { id, patientId } = await aVisit(doctor);
    const made = await signLetter(doctor, typed(id));
    const change = (fields: Record<string, unknown> = {}) =>
      typed(id, { ...leave, until: '2026-12-05', letterId: made.id, version: 1, ...fields });
    await expect(signLetter(doctor, change())).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(signLetter(doctor, change({ ...referral, reasonForChange: 'Other' }))).rejects.toMatchObject(
      { code: 'INVALID_INPUT' },
    );
    const done = await Promise.allSettled(
      ['Longer', 'Too short'].map((reasonForChange) => signLetter(doctor, change({ reasonForChange }))),
    );
    expect(done.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const all = await listLettersOfPatient(doctor, patientId);
    expect(all.map(({ number, version, voided }) => [number, version, Boolean(voided)])).toEqual([
      [made.number, 2, false],
      [made.number, 1, true],
    ]);
    const now = all[0]?.id ?? '';
    expect((await voidLetter(doctor, { letterId: now, reason: 'Mistake' })).voided).toMatchObject({
      reason: 'Mistake',
    });
    await expect(voidLetter(doctor, { letterId: now, reason: 'Again' })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    await expect(
      signLetter(doctor, change({ letterId: now, version: 2, reasonForChange: 'Late' })),
    ).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('certifies what was read and found, not what is typed', async () => {
    const { id, patientId } = await aVisit(doctor);
    const acuity = { kind: 'acuity', examinationId: id, purpose: 'a driving licence' };
    await expect(signLetter(doctor, typed(id, acuity))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(signLetter(doctor, typed(id, { ...leave, isDiagnosisNamed: 'on' }))).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
    await assess(doctor, assessInput.parse({ visitId: id, version: 0, diagnoses: ['H25.1:left'] }));
    await expect(signLetter(doctor, typed(id, acuity))).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    const read = {
      visitId: id,
      version: 0,
      'right-unaided': '6/9',
      'left-unaided': '6/60',
      'left-pinhole': '6/12',
    };
    await measure(doctor, measureInput.parse(read));
    const made = await signLetter(doctor, typed(id, acuity));
    expect(made.letter).toMatchObject({
      words: { rows: [{ label: 'Unaided', right: '6/9', left: '6/60' }] },
    });
    const named = await signLetter(doctor, typed(id, { ...leave, isDiagnosisNamed: 'on' }));
    expect(named.letter).toMatchObject({ diagnosis: expect.stringMatching(/cataract, left eye$/i) });
    // The examination of somebody else is none of this patient.
    const stranger = await aVisit(doctor);
    await expect(signLetter(doctor, typed(stranger.id, acuity))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await listLettersOfPatient(doctor, patientId)).toHaveLength(2);
  });

  it('certifies how much of sight is lost by the table, of a diagnosis, and by nothing else', async () => {
    const { id, patientId } = await aVisit(doctor);
    const fields = { fieldRight: 'full', fieldLeft: 'untested' };
    const asked = { kind: 'disability', examinationId: id, ...fields };
    await measure(
      doctor,
      measureInput.parse({
        ...{ visitId: id, version: 0, 'right-unaided': '6/60', 'right-refraction': '6/36' },
        ...{ 'left-unaided': 'PL' },
      }),
    );
    await expect(signLetter(doctor, typed(id, asked))).rejects.toThrow('needs the cause');
    await assess(doctor, assessInput.parse({ visitId: id, version: 0, diagnoses: ['H40.1:both'] }));
    const { letter } = await signLetter(doctor, typed(id, asked));
    expect(letter).toMatchObject({
      ...{ percent: 60, category: 'III c (low vision)', fields: { right: 'full', left: 'untested' } },
      ...{ acuity: { right: '6/36', left: 'PL' }, cause: expect.stringContaining('glaucoma') },
      source: expect.stringContaining('Gazette of India'),
    });
    // A country without a table gets no number, and an eye that was not corrected none either.
    const abroad = { ...doctor, organization: { ...doctor.organization, country: 'NP' } };
    await expect(signLetter(abroad, typed(id, asked))).rejects.toThrow('no table for your country');
    const other = await aVisit(doctor);
    const uncorrected = { visitId: other.id, version: 0, 'right-unaided': '6/60', 'left-unaided': '6/60' };
    await measure(doctor, measureInput.parse(uncorrected));
    await expect(
      signLetter(doctor, typed(other.id, { ...asked, examinationId: other.id })),
    ).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'examinationId' });
    expect(await listLettersOfPatient(doctor, patientId)).toHaveLength(1);
  });

  it('keeps its addressee once, in the same transaction', async () => {
    const { id } = await aVisit(doctor);
    await signLetter(doctor, typed(id, referral));
    expect(await listAddressees(doctor)).toEqual([]);
    const kept = { ...referral, isKept: 'on', phone: '044 123' };
    await signLetter(doctor, typed(id, kept));
    await signLetter(doctor, typed(id, { ...kept, name: 'dr  asha rao', phone: '' }));
    expect(await listAddressees(doctor)).toMatchObject([{ name: 'dr  asha rao', phone: '' }]);
    const refused = typed(id, { ...kept, name: 'Dr Other', letterId: '0'.repeat(24) });
    await expect(signLetter(doctor, refused)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await listAddressees(doctor)).toHaveLength(1);
  });
});

/** What makes another press of it the same press. */
const pick = ({ visitId, requestKey }: { visitId: string; requestKey: string }) => ({
  ...{ visitId, requestKey },
  version: 0,
});

describe('the address book', () => {
  it('has each name once, keeps what a colleague wrote, and seals how to reach them', async () => {
    const ctx = a.ctx('doctor');
    const given = { name: 'City Eye Hospital', phone: '044 998877', email: 'desk@example.com' };
    const made = await saveAddressee(ctx, saveAddresseeInput.parse(given));
    await expect(
      saveAddressee(ctx, saveAddresseeInput.parse({ name: 'city eye hospital' })),
    ).rejects.toMatchObject({ code: 'CONFLICT' });
    const row = await addresseeModel(ctx).collection.findOne({ name: given.name });
    expect(isSealed(String(row?.phone))).toBe(true);
    const change = { addresseeId: made.id, name: given.name, place: 'Chennai', version: made.version };
    const changed = await saveAddressee(ctx, saveAddresseeInput.parse(change));
    expect(changed).toMatchObject({ place: 'Chennai', phone: '' });
    await expect(saveAddressee(ctx, saveAddresseeInput.parse(change))).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    expectIndexed(await findAddressees(ctx).explain('executionStats'));
    expect(await listAddressees(b.ctx())).toEqual([]);
    await deleteAddressee(ctx, made.id);
    await expect(deleteAddressee(ctx, made.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
