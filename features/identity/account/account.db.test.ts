import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { staffModel } from '@/features/identity/staff/model';
import { signIn } from '@/lib/auth/sign-in';
import { jobModel } from '@/lib/master/models/job';
import { sessionModel } from '@/lib/master/models/session';
import { userModel } from '@/lib/master/models/user';
import { userTokenModel } from '@/lib/master/models/user-token';
import { objectId } from '@/lib/mongo';
import { clearPoints } from '@/lib/rate-limit/limiter';
import { closeConnections, TEST_PASSWORD, testOrganization } from '@/tests/builders/organization';
import { findResetFactors, findVerification, isEmailVerified, listSessions } from './queries';
import { changePassword } from './service/change-password';
import { rename } from './service/rename';
import { resetPassword } from './service/reset-password';
import { revokeOtherSessions, revokeSession } from './service/revoke-session';
import {
  mailPasswordReset,
  mailUnlock,
  requestPasswordReset,
  sendVerificationMail,
} from './service/send-links';
import { unlockAccount } from './service/unlock-account';
import { verifyEmail } from './service/verify-email';

const NEW_PASSWORD = 'quite another password';
let organization: Awaited<ReturnType<typeof testOrganization>>;
let emailKey: string;
let userId: string;

beforeAll(async () => {
  organization = await testOrganization();
  emailKey = organization.owner.email;
  userId = organization.owner.id;
});
afterAll(async () => {
  await organization.dispose();
  await closeConnections();
});

const enter = (password = TEST_PASSWORD) =>
  signIn(
    { email: emailKey, password },
    { ip: '10.0.0.1', userAgent: 'Mozilla/5.0 (Windows NT 10.0) Firefox/140.0' },
  );

async function mailsTo(email: string) {
  const jobs = await jobModel.find({ kind: 'mail.send', 'payload.to': email }).sort({ createdAt: 1 }).lean();
  return jobs.map(({ payload }) => payload as { subject: string; text: string });
}
const linkIn = (text: string | undefined): string =>
  /\/(?:reset-password|verify-email)\/([\w-]{43})/.exec(text ?? '')?.[1] ?? '';
const allowAnother = async () =>
  userTokenModel.collection.updateMany({ userId: objectId(userId) }, { $set: { createdAt: new Date(0) } });

describe('a forgotten password', () => {
  it('asks the same of a known and an unknown address, and mails only the known', async () => {
    await requestPasswordReset(emailKey.toUpperCase());
    await requestPasswordReset('nobody@nowhere.test');
    const jobs = await jobModel.find({ kind: 'account.reset-password', key: emailKey }).lean();
    expect(jobs).toHaveLength(1);
    await mailPasswordReset('nobody@nowhere.test');
    await mailPasswordReset(emailKey);
    // A second request within a minute sends nothing.
    await mailPasswordReset(emailKey);
    expect(
      (await mailsTo(emailKey)).filter(({ subject }) => subject === 'Choose a new password'),
    ).toHaveLength(1);
    expect(await mailsTo('nobody@nowhere.test')).toEqual([]);
  });

  it('changes it once, ends every session, and only the newest link works', async () => {
    await enter();
    await enter();
    await allowAnother();
    const before = linkIn((await mailsTo(emailKey)).at(-1)?.text);
    await mailPasswordReset(emailKey);
    const token = linkIn((await mailsTo(emailKey)).at(-1)?.text);
    expect(token).not.toBe(before);
    expect([
      await findResetFactors(before),
      await findResetFactors(token),
      await findResetFactors('x'),
    ]).toEqual([null, [], null]);

    const results = await Promise.allSettled(
      [1, 2, 3, 4].map(() => resetPassword({ token, newPassword: NEW_PASSWORD })),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await sessionModel.countDocuments({ userId: objectId(userId), revokedAt: null })).toBe(0);
    await expect(enter(TEST_PASSWORD)).rejects.toMatchObject({ problem: 'WRONG_CREDENTIALS' });
    expect((await enter(NEW_PASSWORD)).id).toBe(userId);
    expect((await mailsTo(emailKey)).at(-1)?.subject).toBe('Your password was changed');
  });

  it('refuses a link that is an hour old or of another kind', async () => {
    await allowAnother();
    await mailPasswordReset(emailKey);
    const token = linkIn((await mailsTo(emailKey)).at(-1)?.text);
    const late = new Date(Date.now() + 3_600_001);
    await expect(resetPassword({ token, newPassword: TEST_PASSWORD }, late)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(verifyEmail({ token })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await enter(NEW_PASSWORD)).id).toBe(userId);
  });
});

describe('too many wrong passwords', () => {
  const guess = (email: string) =>
    signIn({ email, password: 'a wrong password' }, { ip: '10.0.0.9', userAgent: '' });
  const problemOf = (email: string) =>
    guess(email).then(
      () => 'in',
      ({ problem }) => problem,
    );

  it('locks a known and an unknown address alike, mails the known one a link, and the link opens it', async () => {
    const unknown = 'ghost@nowhere.test';
    for (const email of [emailKey, unknown]) {
      const problems = [];
      for (let round = 0; round < 12; round++) problems.push(await problemOf(email));
      expect(problems).toEqual([...Array(10).fill('WRONG_CREDENTIALS'), 'LOCKED', 'LOCKED']);
      expect(await jobModel.countDocuments({ kind: 'account.unlock', key: email })).toBe(1);
    }
    // The right password does not help either, so a lock says nothing about the guess.
    await expect(enter(NEW_PASSWORD)).rejects.toMatchObject({ problem: 'LOCKED' });
    await mailUnlock(unknown);
    await mailUnlock(emailKey);
    expect(await mailsTo(unknown)).toEqual([]);
    const mail = (await mailsTo(emailKey)).at(-1);
    expect(mail?.subject).toContain('locked');
    const token = /\/unlock\/([\w-]{43})/.exec(mail?.text ?? '')?.[1] ?? '';
    await unlockAccount(token);
    await expect(unlockAccount(token)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await enter(NEW_PASSWORD)).id).toBe(userId);
  });

  it('takes as long for an address that nobody has as for a wrong password', async () => {
    const time = async (email: string) => {
      const start = performance.now();
      await problemOf(email);
      return performance.now() - start;
    };
    const median = (all: number[]) => all.sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0;
    const known: number[] = [];
    const unknown: number[] = [];
    for (let round = 0; round < 7; round++) {
      known.push(await time(emailKey));
      unknown.push(await time(`ghost${round}@nowhere.test`));
    }
    expect(median(unknown) / median(known)).toBeGreaterThan(0.6);
    expect(median(unknown) / median(known)).toBeLessThan(1.7);
    await clearPoints('sign-in.account', emailKey);
  });
});

describe('confirming the address', () => {
  it('sends a link until it is confirmed', async () => {
    const ctx = organization.ctx('owner');
    expect(await sendVerificationMail(userId)).toBe(false);
    await userModel.updateOne({ _id: objectId(userId) }, { $unset: { emailVerifiedAt: 1 } });
    expect(await sendVerificationMail(userId)).toBe(true);
    expect(await sendVerificationMail(userId)).toBe(false);
    const token = linkIn((await mailsTo(emailKey)).at(-1)?.text);
    expect([await isEmailVerified(ctx), await findVerification(token)]).toEqual([
      false,
      { needsPassword: true },
    ]);
    expect(await findVerification(token, { userId })).toEqual({ needsPassword: false });
    await expect(verifyEmail({ token })).rejects.toMatchObject({ field: 'newPassword' });
    await verifyEmail({ token }, { userId });
    expect([await isEmailVerified(ctx), await findVerification(token)]).toEqual([true, null]);
    expect((await enter(NEW_PASSWORD)).id).toBe(userId);
    await expect(verifyEmail({ token })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

it('sends a new link when somebody signs in too late with an address that is not confirmed', async () => {
  await jobModel.deleteMany({ kind: 'account.verify-email', key: emailKey });
  await userModel.updateOne({ _id: objectId(userId) }, { $unset: { emailVerifiedAt: 1 } });
  const late = new Date(Date.now() + 8 * 86_400_000);
  const input = { email: emailKey, password: NEW_PASSWORD };
  await expect(signIn(input, { ip: '', userAgent: '' }, late)).rejects.toMatchObject({
    problem: 'EMAIL_UNVERIFIED',
  });
  expect(await jobModel.exists({ kind: 'account.verify-email', key: emailKey })).not.toBeNull();
  await userModel.updateOne({ _id: objectId(userId) }, { $set: { emailVerifiedAt: new Date() } });
});

describe('the own account', () => {
  it('changes the password with the current one and keeps this session alone', async () => {
    const ctx = organization.ctx('owner');
    const [here, elsewhere] = [await enter(NEW_PASSWORD), await enter(NEW_PASSWORD)];
    const wrong = { currentPassword: 'wrong', newPassword: TEST_PASSWORD };
    await expect(changePassword(ctx, wrong, here.sessionId)).rejects.toMatchObject({
      field: 'currentPassword',
    });
    const same = { currentPassword: NEW_PASSWORD, newPassword: NEW_PASSWORD };
    await expect(changePassword(ctx, same, here.sessionId)).rejects.toMatchObject({ field: 'newPassword' });
    await changePassword(ctx, { currentPassword: NEW_PASSWORD, newPassword: TEST_PASSWORD }, here.sessionId);
    const sessions = await listSessions(ctx, here.sessionId);
    expect(sessions).toHaveLength(1);
    expect(sessions[0]).toMatchObject({ isCurrent: true, device: 'Firefox on Windows', ip: '10.0.0.1' });
    expect(JSON.stringify(sessions)).not.toContain(here.sessionId);
    expect(elsewhere.sessionId).not.toBe(here.sessionId);
  });

  it('ends one session or all others, never those of somebody else', async () => {
    const ctx = organization.ctx('owner');
    const [here] = [await enter(), await enter(), await enter()];
    const other = (await listSessions(ctx, here.sessionId)).find(({ isCurrent }) => !isCurrent);
    const stranger = organization.ctx('doctor');
    await expect(revokeSession(stranger, other?.id ?? '')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await revokeSession(ctx, other?.id ?? '');
    await expect(revokeSession(ctx, other?.id ?? '')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await revokeOtherSessions(ctx, here.sessionId)).toBeGreaterThan(0);
    expect((await listSessions(ctx, here.sessionId)).map(({ isCurrent }) => isCurrent)).toEqual([true]);
  });

  it('carries a new name into the directory', async () => {
    await rename(organization.ctx('owner'), 'Dr Renamed');
    expect(await staffModel(organization).findById(userId).lean()).toMatchObject({
      name: 'Dr Renamed',
      role: 'owner',
    });
    expect(
      await jobModel.exists({
        kind: 'staff.project',
        key: `${organization.organizationId}:${userId}`,
      }),
    ).not.toBeNull();
  });
});
