import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { staffModel } from '@/features/identity/staff/model';
import { projectMembership } from '@/features/identity/staff/projection';
import { signIn } from '@/lib/auth/sign-in';
import { jobModel } from '@/lib/master/models/job';
import { sessionModel } from '@/lib/master/models/session';
import { userTokenModel } from '@/lib/master/models/user-token';
import { objectId, op } from '@/lib/mongo';
import { closeConnections, TEST_PASSWORD, testOrganization } from '@/tests/builders/organization';
import { confirmEmailChange, mailEmailChange, requestEmailChange, undoEmailChange } from './change-email';
import { findEmailChange, findResetFactors } from './queries';
import { resetPassword } from './service/reset-password';
import { mailPasswordReset } from './service/send-links';

let organization: Awaited<ReturnType<typeof testOrganization>>;
let userId: string;
let oldEmail: string;
let newEmail: string;

beforeAll(async () => {
  organization = await testOrganization();
  ({ id: userId, email: oldEmail } = organization.owner);
  newEmail = `New.${oldEmail}`;
});
afterAll(async () => {
  await organization.dispose();
  await closeConnections();
});

const enter = (email: string) =>
  signIn({ email, password: TEST_PASSWORD }, { ip: '10.0.0.4', userAgent: 'test' });
const openSessions = async () => sessionModel.countDocuments({ userId: objectId(userId), revokedAt: null });

async function mailsTo(email: string) {
  const jobs = await jobModel.find({ kind: 'mail.send', 'payload.to': email }).sort({ createdAt: 1 }).lean();
  return jobs.map(({ payload }) => payload as { subject: string; text: string });
}
const tokenIn = (text: string | undefined): string => /\/[a-z-]+\/([\w-]{43})/.exec(text ?? '')?.[1] ?? '';

describe('another e-mail address', () => {
  it('is asked for with the password, and the answer is the same for an address that somebody has', async () => {
    const ctx = organization.ctx();
    await expect(requestEmailChange(ctx, { currentPassword: 'wrong', newEmail })).rejects.toMatchObject({
      field: 'currentPassword',
    });
    await expect(
      requestEmailChange(ctx, { currentPassword: TEST_PASSWORD, newEmail: oldEmail.toUpperCase() }),
    ).rejects.toMatchObject({ field: 'newEmail' });
    const colleague = await organization.addStaff('doctor', 'Dr Taken');
    for (const address of [colleague.email, newEmail]) {
      expect(
        await requestEmailChange(ctx, { currentPassword: TEST_PASSWORD, newEmail: address }),
      ).toBeUndefined();
      const job = await jobModel.findOne({ kind: 'account.change-email', key: userId }).lean();
      expect(job?.payload).toEqual({ newEmail: address });
      await mailEmailChange(userId, address);
    }
    expect((await mailsTo(colleague.email)).at(-1)?.subject).toBe(
      'You have an account with this address already',
    );
    expect(tokenIn((await mailsTo(colleague.email)).at(-1)?.text)).toBe('');
    expect((await mailsTo(newEmail)).at(-1)?.subject).toBe('Confirm your new e-mail address');
    // Nothing has changed yet.
    expect((await enter(oldEmail)).id).toBe(userId);
    await expect(enter(newEmail)).rejects.toMatchObject({ problem: 'WRONG_CREDENTIALS' });
  });

  it('counts once its link is opened, also four times at once; older links to the old mailbox stop working', async () => {
    await mailPasswordReset(oldEmail);
    const reset = tokenIn((await mailsTo(oldEmail)).at(-1)?.text);
    expect(await findResetFactors(reset)).toEqual([]);
    const token = tokenIn((await mailsTo(newEmail)).at(-1)?.text);
    await expect(
      confirmEmailChange({ token }, userId, new Date(Date.now() + 25 * 3_600_000)),
    ).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    // The mailbox alone is not enough: its holder may be somebody else than the person who asked.
    for (const currentPassword of [undefined, '', 'a wrong password'])
      await expect(confirmEmailChange({ token, currentPassword })).rejects.toMatchObject({
        field: 'currentPassword',
      });
    await expect(confirmEmailChange({ token }, '0'.repeat(24))).rejects.toMatchObject({
      field: 'currentPassword',
    });
    const before = await openSessions();
    const results = await Promise.allSettled([1, 2, 3, 4].map(() => confirmEmailChange({ token }, userId)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect([await findEmailChange(token), await findResetFactors(reset)]).toEqual([null, null]);
    expect(await openSessions()).toBe(before);
    expect((await enter(newEmail)).id).toBe(userId);
    await expect(enter(oldEmail)).rejects.toMatchObject({ problem: 'WRONG_CREDENTIALS' });
    await projectMembership(`${organization.organizationId}:${userId}`);
    const row = await staffModel(organization.ctx())
      .findOne({ _id: objectId(userId) })
      .lean();
    expect(row?.email).toBe(newEmail);
  });

  it('is taken back from the old mailbox: sessions end and a new password is offered', async () => {
    const mail = (await mailsTo(oldEmail)).at(-1);
    expect(mail?.subject).toBe('You sign in with another address now');
    const token = tokenIn(mail?.text);
    await expect(confirmEmailChange({ token }, userId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await undoEmailChange(token);
    expect(await openSessions()).toBe(0);
    // Somebody knew the old password, so it opens nothing from this moment on.
    for (const email of [oldEmail, newEmail])
      await expect(enter(email)).rejects.toMatchObject({ problem: 'WRONG_CREDENTIALS' });
    await expect(undoEmailChange(token)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const reset = (await mailsTo(oldEmail)).at(-1);
    expect(reset?.subject).toBe('Choose a new password');
    await resetPassword({ token: tokenIn(reset?.text), newPassword: TEST_PASSWORD });
    expect((await enter(oldEmail)).id).toBe(userId);
  });

  it('is not given to two people who confirm it both', async () => {
    const other = await organization.addStaff('receptionist', 'Ravi Second');
    const wanted = `wanted.${oldEmail}`;
    const tokens: string[] = [];
    for (const id of [userId, other.id]) {
      await mailEmailChange(id, wanted);
      tokens.push(tokenIn((await mailsTo(wanted)).at(-1)?.text));
    }
    expect(new Set(tokens).size).toBe(2);
    await confirmEmailChange({ token: tokens[0] ?? '' }, userId);
    await expect(confirmEmailChange({ token: tokens[1] ?? '' }, other.id)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect((await enter(other.email)).id).toBe(other.id);
    expect(
      await userTokenModel.countDocuments({
        userId: objectId(other.id),
        usedAt: op({ $ne: null }),
      }),
    ).toBe(0);
  });
});
