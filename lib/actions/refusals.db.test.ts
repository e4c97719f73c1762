import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { updateOrganization } from '@/features/identity/organization/service';
import { changeRole, setSuspended, updateStaffProfile } from '@/features/identity/staff/service/members';
import { addMedicineInput, updateMedicineInput } from '@/features/pharmacy/medicines/schema';
import { addMedicine, deactivateMedicine, updateMedicine } from '@/features/pharmacy/medicines/service';
import { auditEventModel } from '@/lib/audit/ledger';
import { recordSignInRefusal } from '@/lib/auth/options';
import { SignInRefused, signIn } from '@/lib/auth/sign-in';
import { AppError } from '@/lib/errors';
import { platformAuditModel } from '@/lib/master/models/audit-event';
import { op } from '@/lib/mongo';
import { tooMany } from '@/lib/rate-limit/limiter';
import type { TenantContext } from '@/lib/tenancy/context';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { staffPrincipal } from '@/tests/builders/principals';
import { request } from '@/tests/emulators/request';
import { platformAction, platformPage } from './platform';
import { publicAction } from './public';
import { staffAction } from './staff';

request.headers = () => ({ 'x-forwarded-for': '10.7.7.7', 'x-path': '/platform/revenue?x=1' });

let org: Awaited<ReturnType<typeof testOrganization>>;
const nothing = z.object({});
const call = (action: (previous: { status: 'idle' }, form: FormData) => Promise<unknown>) =>
  action({ status: 'idle' }, new FormData());
const companyLog = async (action: string) => platformAuditModel.find({ action }).sort({ seq: 1 }).lean();

beforeAll(async () => {
  org = await testOrganization({ maxUsers: null });
});
afterAll(async () => {
  await org.dispose();
  await closeConnections();
});

describe('what is refused is written down', () => {
  it('at the company’s doors, for a hospital’s person and not for a stranger, and no more than ten a minute', async () => {
    const run = vi.fn(async () => undefined);
    const action = platformAction({ permission: 'overview:read', input: nothing, audit: 'test.door', run });
    request.principal = null;
    await expect(platformPage('overview:read')).rejects.toThrow();
    await call(action);
    expect(await companyLog('test.door')).toEqual([]);
    request.principal = await staffPrincipal(org.organizationId, org.owner, 'owner');
    await expect(platformPage('overview:read')).rejects.toThrow();
    for (let round = 0; round < 15; round++) await call(action);
    expect(run).not.toHaveBeenCalled();
    const knocks = await companyLog('test.door');
    expect(knocks).toHaveLength(9);
    expect(knocks[0]).toMatchObject({
      actor: { kind: 'staff', id: org.owner.id },
      organizationId: org.organizationId,
      result: 'refused',
      ip: '10.7.7.7',
    });
    expect(await companyLog('page.open')).toMatchObject([{ target: 'page:/platform/revenue' }]);
  });

  it('of a form for everybody, as failed, and once of a limit', async () => {
    let error: Error = new AppError('CONFLICT', 'This link has been used.');
    const run = async () => Promise.reject(error);
    const action = publicAction({ input: nothing, audit: 'test.public', run });
    await call(action);
    for (const isRepeated of [false, true, true]) {
      error = tooMany(60, isRepeated);
      await call(action);
    }
    expect((await companyLog('test.public')).map(({ result }) => result)).toEqual(['failed', 'refused']);
  });

  it('of a staff action, and once of a limit', async () => {
    request.principal = await staffPrincipal(org.organizationId, org.owner, 'owner');
    let isRepeated = false;
    const run = async () => Promise.reject(tooMany(60, isRepeated));
    const action = staffAction({ permission: 'today:read', input: nothing, audit: 'test.staff', run });
    await call(action);
    isRepeated = true;
    for (let round = 0; round < 3; round++) await call(action);
    expect(await auditEventModel(org.ctx()).find({ action: 'test.staff' }).lean()).toMatchObject([
      { result: 'refused' },
    ]);
  });

  it('of signing in: each wrong password with whose it was, the lock once, the second step never', async () => {
    const facts = { ip: '10.8.8.8', userAgent: 'test', requestId: 'r' };
    const tryOnce = async (email: string) => {
      const error: unknown = await signIn({ email, password: 'wrong' }, facts).catch(
        (reason: unknown) => reason,
      );
      if (!(error instanceof SignInRefused)) throw new Error('was let in');
      await recordSignInRefusal(error, facts);
    };
    await tryOnce('nobody@hospital.test');
    for (let round = 0; round < 13; round++) await tryOnce(org.owner.email);
    await recordSignInRefusal(new SignInRefused('SECOND_FACTOR'), facts);
    const entries = await companyLog('account.sign-in');
    expect(entries.map(({ target, result }) => `${target ?? '-'} ${result}`)).toEqual([
      '- failed',
      ...Array.from({ length: 10 }, () => `user:${org.owner.id} failed`),
      '- refused',
    ]);
    expect(JSON.stringify(entries)).not.toContain('@');
  });
});

describe('what an edit changed is in its entry', () => {
  const changesOf = async (run: (ctx: TenantContext) => Promise<unknown>) => {
    request.principal = await staffPrincipal(org.organizationId, org.owner, 'owner');
    const action = staffAction({ permission: 'today:read', input: nothing, audit: 'test.edit', run });
    expect(await call(action)).toMatchObject({ status: 'ok' });
    const [entry] = await auditEventModel(org.ctx())
      .find({ action: 'test.edit', seq: op({ $gt: 0 }) })
      .sort({ seq: -1 })
      .limit(1)
      .lean();
    return (entry?.changes ?? []).map(({ field, before, after, isRedacted }) =>
      isRedacted ? `${field}: changed` : `${field}: ${before ?? ''} -> ${after ?? ''}`,
    );
  };

  it('of staff, with a phone number left out', async () => {
    const { id: userId } = await org.addStaff('doctor', 'Dr Note Change');
    expect(await changesOf((ctx) => changeRole(ctx, { userId, role: 'optometrist' }))).toHaveLength(1);
    expect(await changesOf((ctx) => setSuspended(ctx, userId, true))).toEqual([
      'status: active -> suspended',
    ]);
    const profile = { userId, registrationNumber: '', room: '4', phone: '98450 11111', seesPatients: true };
    const changes = await changesOf((ctx) => updateStaffProfile(ctx, profile));
    expect(changes).toEqual(expect.arrayContaining(['room:  -> 4', 'phone: changed']));
    expect(changes.join()).not.toContain('11111');
  });

  it('of a medicine and of the organization', async () => {
    const facts = {
      name: 'Timolol',
      form: 'drop',
      strength: '0.5 %',
      unit: 'bottle',
      reorderLevel: '5',
      price: '',
    };
    const medicine = await addMedicine(org.ctx(), addMedicineInput.parse(facts));
    const edit = updateMedicineInput
      .omit({ version: true })
      .parse({ ...facts, reorderLevel: '9', medicineId: medicine.id });
    expect(await changesOf((ctx) => updateMedicine(ctx, edit))).toEqual(['reorderLevel: 5 -> 9']);
    expect(await changesOf((ctx) => deactivateMedicine(ctx, medicine.id))).toEqual([
      'isActive: true -> false',
    ]);
    const { name: organizationName, country, timeZone } = org.ctx().organization;
    const changes = await changesOf((ctx) =>
      updateOrganization(ctx, {
        organizationName: `${organizationName} East`,
        country,
        timeZone,
        phone: '98450 22222',
      }),
    );
    expect(changes).toContain(`organizationName: ${organizationName} -> ${organizationName} East`);
    expect(changes.join()).not.toContain('22222');
  });
});
