import { randomUUID } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPrincipal, touchSession } from '@/lib/auth/principal';
import { hashRecoveryCode } from '@/lib/auth/second-factor';
import { admit, SignInRefused, signIn } from '@/lib/auth/sign-in';
import { jobModel } from '@/lib/master/models/job';
import { membershipModel } from '@/lib/master/models/membership';
import { organizationModel } from '@/lib/master/models/organization';
import { passkeyModel } from '@/lib/master/models/passkey';
import { secondFactorModel } from '@/lib/master/models/second-factor';
import { sessionModel } from '@/lib/master/models/session';
import { supportGrantModel } from '@/lib/master/models/support-grant';
import { userModel } from '@/lib/master/models/user';
import { objectId } from '@/lib/mongo';
import { clearPoints } from '@/lib/rate-limit/limiter';
import type { TenantContext } from '@/lib/tenancy/context';
import { closeConnections, TEST_PASSWORD, testOrganization } from '@/tests/builders/organization';
import { switchOrganization } from '../memberships/service';
import { getOrganizationSecurity, resetSecondFactor, updateOrganizationSecurity } from './organization';
import { getSecondFactors } from './queries';
import { organizationSecurityInput } from './schema';
import { finishSignIn } from './service/finish-sign-in';
import { beginTotp, confirmTotp, removeTotp, renewRecoveryCodes } from './service/totp';

const request = { ip: '10.0.0.3', userAgent: 'test' };
const password = { currentPassword: TEST_PASSWORD };
let organization: Awaited<ReturnType<typeof testOrganization>>;
let secret: string;
let codes: string[];

beforeAll(async () => {
  organization = await testOrganization();
});
afterAll(async () => {
  await organization.dispose();
  await closeConnections();
});

const owner = () => organization.ctx('owner');
const codeAt = (now: Date) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: now.getTime() });
const enter = (email = organization.owner.email) => signIn({ email, password: TEST_PASSWORD }, request);

async function challenge(): Promise<string> {
  const refusal = await enter().catch((error: unknown) => error);
  if (!(refusal instanceof SignInRefused)) throw new Error('no second step');
  expect(refusal.problem).toBe('SECOND_FACTOR');
  return refusal.resumeToken ?? '';
}

describe('an authenticator app', () => {
  it('is switched on by a code, with ten recovery codes, and nothing is stored in the clear', async () => {
    await expect(beginTotp(owner(), { currentPassword: 'wrong' })).rejects.toMatchObject({
      field: 'currentPassword',
    });
    const begun = await beginTotp(owner(), password);
    secret = begun.secret.replace(/ /g, '');
    expect(begun.qrCode).toMatch(/^data:image\/svg\+xml;base64,/);
    // Before it is confirmed the password alone still opens the account.
    expect((await enter()).id).toBe(organization.owner.id);
    await expect(confirmTotp(owner(), { code: '000000' })).rejects.toMatchObject({ field: 'code' });
    const { recoveryCodes } = await confirmTotp(owner(), { code: codeAt(new Date()) });
    codes = recoveryCodes ?? [];
    expect(new Set(codes).size).toBe(10);
    const stored = JSON.stringify(await secondFactorModel.find().lean());
    for (const text of [secret, ...codes]) expect(stored).not.toContain(text);
    expect(await getSecondFactors(owner())).toMatchObject({ hasTotp: true, recoveryCodesLeft: 10 });
  });

  it('is asked for after the password, and each code works once, also twenty times at once', async () => {
    const later = new Date(Date.now() + 60_000);
    const code = codeAt(later);
    // What just switched the app on cannot be replayed at sign-in.
    await expect(
      finishSignIn({ challenge: await challenge(), code: codeAt(new Date()) }, request),
    ).rejects.toMatchObject({ field: 'code' });
    await clearPoints('second-factor.user', organization.owner.id);
    const challenges = await Promise.all([1, 2, 3, 4, 5].map(challenge));
    const results = await Promise.allSettled(
      challenges.map((token) => finishSignIn({ challenge: token, code }, request, later)),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await clearPoints('second-factor.user', organization.owner.id);
  });

  it('lets a recovery code in once, and a challenge only once and not for long', async () => {
    const token = await challenge();
    const recoveryCode = codes[0]?.toUpperCase().replace(/-/g, ' ');
    const session = await finishSignIn({ challenge: token, recoveryCode }, request);
    expect(session.id).toBe(organization.owner.id);
    await expect(finishSignIn({ challenge: token, recoveryCode: codes[1] }, request)).rejects.toMatchObject({
      code: 'TOO_MANY_REQUESTS',
    });
    await expect(
      finishSignIn({ challenge: await challenge(), recoveryCode: codes[0] }, request),
    ).rejects.toMatchObject({ field: 'recoveryCode' });
    const late = new Date(Date.now() + 11 * 60_000);
    await expect(
      finishSignIn({ challenge: token, recoveryCode: codes[2] }, request, late),
    ).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await expect(
      finishSignIn({ challenge: 'forged.token.x', recoveryCode: codes[2] }, request),
    ).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await clearPoints('second-factor.user', organization.owner.id);
  });

  it('stops guesses after eight, right or wrong', async () => {
    const token = await challenge();
    const outcomes = await Promise.all(
      Array.from({ length: 12 }, () =>
        finishSignIn({ challenge: token, code: '123456' }, request).catch((error) => error.code),
      ),
    );
    expect(outcomes.filter((code) => code === 'INVALID_INPUT')).toHaveLength(8);
    expect(outcomes.filter((code) => code === 'TOO_MANY_REQUESTS')).toHaveLength(4);
    await clearPoints('second-factor.user', organization.owner.id);
  });

  it('makes new recovery codes, and goes with the password', async () => {
    const { recoveryCodes } = await renewRecoveryCodes(owner(), password);
    await expect(
      finishSignIn({ challenge: await challenge(), recoveryCode: codes[3] }, request),
    ).rejects.toMatchObject({ field: 'recoveryCode' });
    expect(
      (await finishSignIn({ challenge: await challenge(), recoveryCode: recoveryCodes[0] }, request)).id,
    ).toBe(organization.owner.id);
    await removeTotp(owner(), password);
    expect((await enter()).id).toBe(organization.owner.id);
    expect(await getSecondFactors(owner())).toMatchObject({ hasTotp: false, recoveryCodesLeft: 0 });
  });
});

describe('a second factor for everyone', () => {
  const settings = (fields: Record<string, string>) =>
    updateOrganizationSecurity(
      owner(),
      organizationSecurityInput.omit({ version: true }).parse({ idleMinutes: '15', ...fields }),
    );
  const principalOf = async (person: { id: string; sessionId: string }, now?: Date) => {
    const principal = await readPrincipal(person, now);
    return principal?.kind === 'staff' ? principal : null;
  };

  it('reminds until its day, then opens nothing else to who has none', async () => {
    const session = await enter();
    expect((await principalOf(session))?.secondFactorDue).toBeNull();
    await settings({ requireSecondFactor: 'on', graceDays: '7' });
    expect(await principalOf(session)).toMatchObject({ mustSetUpSecondFactor: false });
    expect((await principalOf(session))?.secondFactorDue).toBeInstanceOf(Date);
    const from = (await getOrganizationSecurity(owner())).requiredFrom;
    // Saving it again does not start the grace period again; a shorter one counts at once.
    await settings({ requireSecondFactor: 'on', graceDays: '14' });
    expect((await getOrganizationSecurity(owner())).requiredFrom).toBe(from);
    await settings({ requireSecondFactor: 'on', graceDays: '0' });
    expect(await principalOf(session)).toMatchObject({ mustSetUpSecondFactor: true });
    const begun = await beginTotp(owner(), password);
    secret = begun.secret.replace(/ /g, '');
    await confirmTotp(owner(), { code: codeAt(new Date()) });
    expect(await principalOf(session)).toMatchObject({ mustSetUpSecondFactor: false, secondFactorDue: null });
    await expect(removeTotp(owner(), password)).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('lists who complies, and an owner resets a lost one with a mail; nobody else’s', async () => {
    const doctor = await organization.addStaff('doctor', 'Dr Lost Phone');
    await userModel.updateOne({ _id: objectId(doctor.id) }, { $set: { secondFactorSince: new Date() } });
    const { people } = await getOrganizationSecurity(owner());
    expect(people.map(({ hasSecondFactor }) => hasSecondFactor)).toEqual([true, true]);
    await expect(resetSecondFactor(owner(), organization.owner.id)).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    const other = await testOrganization();
    await expect(resetSecondFactor(other.ctx('owner'), doctor.id)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await other.dispose();
    await resetSecondFactor(owner(), doctor.id);
    const mails = await jobModel.find({ kind: 'mail.send', 'payload.to': doctor.email }).lean();
    expect(mails.map(({ payload }) => (payload as { subject: string }).subject)).toEqual([
      'Your second factor was reset',
    ]);
    expect(
      (await getOrganizationSecurity(owner())).people.find(({ userId }) => userId === doctor.id)
        ?.hasSecondFactor,
    ).toBe(false);
  });
});

describe('somebody who works for two organizations', () => {
  it('is freed by one owner there alone, and of everything once both have done it', async () => {
    const other = await testOrganization();
    const doctor = await organization.addStaff('doctor', 'Dr Two Places');
    const userId = objectId(doctor.id);
    const elsewhere = { userId, organizationId: objectId(other.organizationId) };
    await membershipModel.create({ ...elsewhere, role: 'doctor', status: 'active' });
    const since = new Date(Date.now() - 86_400_000);
    await secondFactorModel.create({ _id: userId, recoveryHashes: [hashRecoveryCode('one')] });
    await passkeyModel.create({ _id: doctor.id, userId, name: 'key', publicKey: 'x', counter: 0 });
    await userModel.updateOne({ _id: userId }, { $set: { secondFactorSince: since } });

    await resetSecondFactor(owner(), doctor.id);
    const person = await enter(doctor.email);
    expect(person.organizationId).toBe(organization.organizationId);
    const ctx = {
      ...organization.ctx('doctor'),
      actor: { ...organization.ctx('doctor').actor, userId: doctor.id },
    };
    await expect(
      switchOrganization(
        ctx as TenantContext,
        { organizationId: other.organizationId },
        {
          ...request,
          sessionId: person.sessionId,
        },
      ),
    ).rejects.toMatchObject({ code: 'FORBIDDEN' });
    // A factor added with the password alone would open the other organization too.
    await expect(beginTotp(ctx as TenantContext, password)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    // The old factor opens the other organization and no longer this one.
    const user = await userModel.findById(userId).orFail().lean();
    const byFactor = await admit(user, request, { method: 'second-factor', factorAddedAt: since });
    expect(byFactor.organizationId).toBe(other.organizationId);
    expect(await passkeyModel.countDocuments({ userId })).toBe(1);

    await resetSecondFactor(other.ctx('owner'), doctor.id);
    expect(await passkeyModel.countDocuments({ userId })).toBe(0);
    expect((await enter(doctor.email)).id).toBe(doctor.id);
    await other.dispose();
  });
});

describe('a session', () => {
  const open = async (extra: Record<string, unknown> = {}) => {
    const _id = randomUUID();
    const userId = objectId(organization.owner.id);
    const organizationId = objectId(organization.organizationId);
    await sessionModel.create({
      _id,
      userId,
      organizationId,
      expiresAt: new Date(Date.now() + 3_600_000),
      lastSeenAt: new Date(),
      ...extra,
    });
    return { id: organization.owner.id, sessionId: _id };
  };

  it('is refused at the very next request after it is revoked: 200 of 200', async () => {
    let refused = 0;
    for (let round = 0; round < 200; round++) {
      const person = await open();
      expect(await readPrincipal(person)).not.toBeNull();
      await sessionModel.updateOne({ _id: person.sessionId }, { $set: { revokedAt: new Date() } });
      if ((await readPrincipal(person)) === null) refused++;
    }
    expect(refused).toBe(200);
  });

  it('ends on the server when nobody did anything for the organization’s time, and goes on when somebody did', async () => {
    const [idle, used] = [await open(), await open()];
    const minutes = (count: number) => new Date(Date.now() + count * 60_000);
    const principal = await readPrincipal(used, minutes(14));
    if (!principal) throw new Error('ended too early');
    await touchSession(principal, minutes(14));
    expect(await readPrincipal(used, minutes(28))).not.toBeNull();
    expect(await readPrincipal(idle, minutes(15.1))).toBeNull();
    expect(await sessionModel.findById(idle.sessionId).lean()).toMatchObject({ endedBy: 'idle' });
    // Once ended it stays ended, whatever the clock says.
    expect(await readPrincipal(idle)).toBeNull();
    await organizationModel.updateOne(
      { _id: objectId(organization.organizationId) },
      { $set: { 'security.idleMinutes': 60 } },
    );
    expect(await readPrincipal(await open(), minutes(50))).not.toBeNull();
  });

  it('of the company’s people ends idle too, and in a hospital’s workspace after the hospital’s time', async () => {
    const minutes = (count: number) => new Date(Date.now() + count * 60_000);
    const owner = organization.owner.id;
    const here = { _id: objectId(organization.organizationId) };
    const company = await userModel.create({
      name: 'Company',
      email: 'company-idle@chakravue.test',
      emailKey: 'company-idle@chakravue.test',
      passwordHash: 'none',
      platformRole: 'owner',
      secondFactorSince: new Date(),
    });
    const grant = await supportGrantModel.create({
      organizationId: here._id,
      state: 'granted',
      scope: 'read-only',
      reason: 'To look at the queue',
      durationMinutes: 240,
      decidedBy: { id: owner, name: 'Owner' },
      expiresAt: minutes(240),
    });
    const openAs = async (supportGrantId?: typeof grant._id) => {
      const sessionId = randomUUID();
      await sessionModel.create({
        _id: sessionId,
        userId: company._id,
        organizationId: null,
        ...(supportGrantId ? { supportGrantId } : {}),
        expiresAt: minutes(600),
        lastSeenAt: new Date(),
        method: 'password',
      });
      return { id: company._id.toString(), sessionId };
    };
    const own = await openAs();
    expect(await readPrincipal(own, minutes(14.9))).toMatchObject({ kind: 'platform', idleMinutes: 15 });
    expect(await readPrincipal(own, minutes(15.1))).toBeNull();
    expect(await readPrincipal(own)).toBeNull();
    for (const [idleMinutes, limit] of [
      [5, 5],
      [60, 15],
    ] as const) {
      await organizationModel.updateOne(here, { $set: { 'security.idleMinutes': idleMinutes } });
      const inside = await openAs(grant._id);
      expect(await readPrincipal(inside, minutes(limit - 0.1))).toMatchObject({ support: expect.anything() });
      expect(await readPrincipal(inside, minutes(limit + 0.1))).toBeNull();
    }
  });

  it('has an absolute end, however busy', async () => {
    const person = await open({ expiresAt: new Date(Date.now() + 60_000) });
    expect(await readPrincipal(person, new Date(Date.now() + 61_000))).toBeNull();
  });
});
