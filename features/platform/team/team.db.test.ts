import { randomUUID } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { resetPassword } from '@/features/identity/account/service/reset-password';
import { beginTotp, confirmTotp, removeTotp } from '@/features/identity/second-factor/service/totp';
import { ticketModel } from '@/features/support/tickets/model';
import { assignTicket } from '@/features/support/tickets/service';
import { readPrincipal } from '@/lib/auth/principal';
import { SignInRefused, signIn } from '@/lib/auth/sign-in';
import { hashToken, randomToken } from '@/lib/crypto/cipher';
import { masterConnection } from '@/lib/master/connection';
import { jobModel } from '@/lib/master/models/job';
import { secondFactorModel } from '@/lib/master/models/second-factor';
import { sessionModel } from '@/lib/master/models/session';
import { userModel } from '@/lib/master/models/user';
import { userTokenModel } from '@/lib/master/models/user-token';
import type { PlatformRole } from '@/lib/master/vocabulary';
import { objectId } from '@/lib/mongo';
import { revisionOf } from '@/lib/revision';
import { expectIndexed } from '@/tests/assertions/explain';
import { colleague } from '@/tests/builders/colleague';
import { closeConnections, TEST_PASSWORD, testOrganization } from '@/tests/builders/organization';
import { aTicket } from '@/tests/builders/ticket';
import { ensureFirstAdmin } from './first-admin';
import { teamInvitationModel } from './model';
import { findOpenInvitations, findPeople, findTeamOffer, listTeam } from './queries';
import {
  changePersonRole,
  endPersonSessions,
  leaveTeam,
  removePerson,
  resetPersonFactors,
} from './service/change-person';
import { invitePerson, resendTeamInvitation, revokeTeamInvitation } from './service/invite';
import { joinTeam } from './service/join';

const request = { requestId: 'test', ip: '10.0.0.9', userAgent: 'test' };
const PASSWORD = 'a fresh long passphrase';
let org: Awaited<ReturnType<typeof testOrganization>>;
let boss: Awaited<ReturnType<typeof colleague>>;

beforeAll(async () => {
  org = await testOrganization();
});
afterAll(async () => {
  await org.dispose();
  await closeConnections();
});
beforeEach(async () => {
  await userModel.deleteMany({ emailKey: /@chakravue\.test$/ });
  await teamInvitationModel.deleteMany({});
  boss = await colleague('owner', 'Boss');
});

const address = () => `new-${randomUUID().slice(0, 8)}@chakravue.test`;
const roleOf = async (userId: string) => (await userModel.findById(objectId(userId)).lean())?.platformRole;
const mailsTo = async (email: string) =>
  (await jobModel.find({ kind: 'mail.send', 'payload.to': email }).lean()).map(({ payload }) => ({
    subject: String(payload?.subject),
    text: JSON.stringify(payload),
  }));
async function invited(role: PlatformRole = 'support', email = address()): Promise<string> {
  await invitePerson(boss.ctx, { name: 'Priya Nair', email, role });
  const mail = (await mailsTo(email)).find(({ subject }) => subject.includes('invites you'));
  return /platform\/invitations\/([\w-]+)/.exec(mail?.text ?? '')?.[1] ?? '';
}
const joining = (token: string) => joinTeam({ token, name: 'Priya Nair', password: PASSWORD }, request);
const toRole = (userId: string, from: PlatformRole, role: PlatformRole) =>
  ({ userId, role, version: revisionOf({ role: from }) }) as Parameters<typeof changePersonRole>[1];
async function openSession(userId: string, method: 'password' | 'second-factor' = 'password') {
  const sessionId = randomUUID();
  const expiresAt = new Date(Date.now() + 3_600_000);
  await sessionModel.create({
    _id: sessionId,
    userId: objectId(userId),
    organizationId: null,
    expiresAt,
    method,
  });
  return { id: userId, sessionId };
}

describe('an invitation into the team', () => {
  it('makes an account for the mailbox that opens it, once, which opens nothing before a second factor', async () => {
    const email = address();
    const token = await invited('finance', email);
    expect(await userModel.exists({ emailKey: email })).toBeNull();
    expect(JSON.stringify(await teamInvitationModel.find().lean())).not.toContain(token);
    expect(await findTeamOffer(token)).toEqual({ name: 'Priya Nair', email, role: 'finance' });
    expect(await joining(token)).toEqual({ email });
    await expect(joining(token)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await findTeamOffer(token)).toBeNull();

    const person = await signIn({ email, password: PASSWORD }, request);
    expect(await readPrincipal(person)).toMatchObject({
      kind: 'platform',
      role: 'finance',
      mustSetUpSecondFactor: true,
      support: null,
    });
    expect((await mailsTo(boss.email)).map(({ subject }) => subject)).toContain(
      'Somebody has joined the team',
    );
  });

  it('is refused for who is in the team, works for a hospital, or is invited already', async () => {
    const to = (email: string) => invitePerson(boss.ctx, { name: 'Priya', email, role: 'support' });
    await expect(to(boss.email.toUpperCase())).rejects.toMatchObject({ code: 'CONFLICT', field: 'email' });
    await expect(to(org.owner.email)).rejects.toThrow(/works for a hospital/);
    const email = address();
    await to(email);
    await expect(to(email)).rejects.toThrow(/invited already/);
    expect(await teamInvitationModel.countDocuments({ status: 'pending' })).toBe(1);
  });

  it('ends when it is revoked, too old, sent again, or its sender is out of the team', async () => {
    const revoked = await invited();
    const [{ id } = { id: '' }] = (await listTeam(boss.ctx)).invitations;
    await expect(resendTeamInvitation(boss.ctx, id)).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' });
    const later = new Date(Date.now() + 120_000);
    await resendTeamInvitation(boss.ctx, id, later);
    await expect(joining(revoked)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await revokeTeamInvitation(boss.ctx, id);
    await expect(revokeTeamInvitation(boss.ctx, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });

    const old = await invited();
    const eightDays = new Date(Date.now() + 8 * 86_400_000);
    await expect(
      joinTeam({ token: old, name: 'Late', password: PASSWORD }, request, eightDays),
    ).rejects.toThrow();
    expect(await joining(old)).toMatchObject({ email: expect.any(String) });

    const other = await colleague('owner', 'Other');
    const orphan = await invited();
    await removePerson(other.ctx, boss.id);
    await expect(joining(orphan)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('renews an account that somebody left behind: nothing set before opens it', async () => {
    const former = await colleague('support', 'Former');
    await secondFactorModel.create({ _id: objectId(former.id), recoveryHashes: ['x'] });
    await removePerson(boss.ctx, former.id);
    const session = await openSession(former.id);
    await joining(await invited('support', former.email));
    expect(await sessionModel.findById(session.sessionId).lean()).toMatchObject({
      revokedAt: expect.any(Date),
    });
    expect(await secondFactorModel.exists({ _id: objectId(former.id) })).toBeNull();
    await expect(signIn({ email: former.email, password: TEST_PASSWORD }, request)).rejects.toThrow();
    expect((await signIn({ email: former.email, password: PASSWORD }, request)).id).toBe(former.id);
  });
});

describe('the team', () => {
  it('is never without an owner: who is the last one stays, also when two go at once', async () => {
    await colleague('support');
    await expect(leaveTeam(boss.ctx)).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(changePersonRole(boss.ctx, toRole(boss.id, 'owner', 'support'))).rejects.toThrow(
      /without an owner/,
    );
    await expect(removePerson(boss.ctx, boss.id)).rejects.toThrow(/without an owner/);
    expect(await roleOf(boss.id)).toBe('owner');

    const other = await colleague('owner', 'Other');
    const both = await Promise.allSettled([leaveTeam(boss.ctx), leaveTeam(other.ctx)]);
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await userModel.countDocuments({ platformRole: 'owner' })).toBe(1);
  });

  it('lets of two owners who demote each other only one succeed', async () => {
    const other = await colleague('owner', 'Other');
    const both = await Promise.allSettled([
      changePersonRole(boss.ctx, toRole(other.id, 'owner', 'support')),
      changePersonRole(other.ctx, toRole(boss.id, 'owner', 'support')),
    ]);
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await userModel.countDocuments({ platformRole: 'owner' })).toBe(1);
  });

  it('is changed by owners alone, whatever a context says', async () => {
    const clerk = await colleague('support');
    const target = await colleague('read-only');
    await expect(removePerson(clerk.ctx, target.id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(changePersonRole(clerk.ctx, toRole(clerk.id, 'support', 'owner'))).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    await expect(
      invitePerson(clerk.ctx, { name: 'Friend', email: address(), role: 'owner' }),
    ).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await roleOf(target.id)).toBe('read-only');
    await expect(removePerson(boss.ctx, org.owner.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('gives another role that counts at the next request, and tells the person', async () => {
    const clerk = await colleague('support', 'Clerk');
    const session = await openSession(clerk.id, 'second-factor');
    expect(await readPrincipal(session)).toMatchObject({ role: 'support' });
    await changePersonRole(boss.ctx, toRole(clerk.id, 'support', 'read-only'));
    expect(await readPrincipal(session)).toMatchObject({ role: 'read-only' });
    await expect(changePersonRole(boss.ctx, toRole(clerk.id, 'support', 'finance'))).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    expect((await mailsTo(clerk.email)).map(({ subject }) => subject)).toEqual([
      'Your role in the team was changed',
    ]);
  });

  it('gives the tickets of somebody who leaves back to everybody, and ends their sessions', async () => {
    const clerk = await colleague('support', 'Clerk');
    const ticketId = await aTicket(org.ctx('owner'));
    await assignTicket(boss.ctx, { ticketId, assigneeId: clerk.id });
    const session = await openSession(clerk.id, 'second-factor');
    await leaveTeam(clerk.ctx);
    expect(await readPrincipal(session)).toBeNull();
    expect(await ticketModel.findById(objectId(ticketId)).lean()).toMatchObject({
      assigneeId: null,
      assigneeName: null,
    });
    const refusal = await signIn({ email: clerk.email, password: TEST_PASSWORD }, request).catch(
      (error) => error,
    );
    expect(refusal).toBeInstanceOf(SignInRefused);
    const reader = await colleague('read-only');
    await expect(assignTicket(boss.ctx, { ticketId, assigneeId: reader.id })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('resets a lost factor: nothing is open until a new one is set up', async () => {
    const clerk = await colleague('engineer', 'Clerk');
    const session = await openSession(clerk.id, 'second-factor');
    await endPersonSessions(boss.ctx, clerk.id);
    expect(await readPrincipal(session)).toBeNull();
    await resetPersonFactors(boss.ctx, clerk.id);
    const person = await signIn({ email: clerk.email, password: TEST_PASSWORD }, request);
    expect(await readPrincipal(person)).toMatchObject({ mustSetUpSecondFactor: true });
    await expect(resetPersonFactors(boss.ctx, boss.id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('makes owners of those whom earlier versions knew by their one role', async () => {
    const former = await colleague('support', 'Former');
    const users = (await masterConnection()).collection('users');
    await users.updateOne({ _id: objectId(former.id) }, { $set: { platformRole: 'super-admin' } });
    await ensureFirstAdmin();
    expect(await roleOf(former.id)).toBe('owner');
  });

  it('reads its lists from indexes', async () => {
    await colleague('support');
    await invited();
    expectIndexed(await findPeople().explain('executionStats'));
    expectIndexed(await findOpenInvitations().explain('executionStats'));
  });
});

describe('the second factor of one of the company’s people', () => {
  const password = { currentPassword: TEST_PASSWORD };
  const setUp = async (ctx: typeof boss.ctx) => {
    await userModel.updateOne({ _id: objectId(ctx.actor.userId) }, { $unset: { secondFactorSince: 1 } });
    const { secret } = await beginTotp(ctx, password);
    const totp = new TOTP({ secret: Secret.fromBase32(secret.replace(/ /g, '')) });
    return confirmTotp(ctx, { code: totp.generate() });
  };

  it('ends the sessions that a password alone had opened elsewhere, and keeps the one that set it up', async () => {
    const [own, elsewhere] = [await openSession(boss.id), await openSession(boss.id)];
    const { recoveryCodes } = await setUp({
      ...boss.ctx,
      actor: { ...boss.ctx.actor, ...own },
    } as typeof boss.ctx);
    expect(recoveryCodes).toHaveLength(10);
    expect(await readPrincipal(own)).toMatchObject({ mustSetUpSecondFactor: false });
    expect(await readPrincipal(elsewhere)).toBeNull();
  });

  it('is not removed when it is the last one', async () => {
    await setUp(boss.ctx);
    await expect(removeTotp(boss.ctx, password)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await userModel.findById(objectId(boss.id)).lean()).toMatchObject({
      secondFactorSince: expect.any(Date),
    });
  });

  it('stays when the password is reset by mail, also one that is new', async () => {
    await setUp(boss.ctx);
    const token = randomToken();
    await userTokenModel.create({
      purpose: 'reset-password',
      userId: objectId(boss.id),
      tokenHash: hashToken(token),
      expiresAt: new Date(Date.now() + 60_000),
    });
    await resetPassword({ token, newPassword: PASSWORD });
    const refusal = await signIn({ email: boss.email, password: PASSWORD }, request).catch((error) => error);
    expect(refusal).toMatchObject({ problem: 'SECOND_FACTOR' });
  });
});
