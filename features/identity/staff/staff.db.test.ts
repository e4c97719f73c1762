import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditEventModel } from '@/lib/audit/ledger';
import { signIn } from '@/lib/auth/sign-in';
import { verifyPassword } from '@/lib/crypto/password';
import { saveDraft } from '@/lib/drafts/drafts';
import { draftModel } from '@/lib/drafts/model';
import { saveDraftInput } from '@/lib/drafts/schema';
import { invitationModel } from '@/lib/master/models/invitation';
import { jobModel } from '@/lib/master/models/job';
import { membershipModel } from '@/lib/master/models/membership';
import { organizationModel } from '@/lib/master/models/organization';
import { sessionModel } from '@/lib/master/models/session';
import { userModel } from '@/lib/master/models/user';
import type { StaffRole } from '@/lib/master/vocabulary';
import { objectId, op } from '@/lib/mongo';
import { countPoint } from '@/lib/rate-limit/limiter';
import { closeConnections, TEST_PASSWORD, testOrganization } from '@/tests/builders/organization';
import { staffModel } from './model';
import { projectMembership } from './projection';
import { findInvitationOffer, getSeatUsage, getStaffMember, listInvitations, listStaff } from './queries';
import { expireInvitations } from './seats';
import { inviteStaff, resendInvitation, revokeInvitation } from './service/invitations';
import { inviteMany } from './service/invite-many';
import { joinAsKnown, joinAsNew } from './service/join';
import { changeRole, removeMember, setSuspended, updateStaffProfile } from './service/members';

type Organization = Awaited<ReturnType<typeof testOrganization>>;
const organizations: Organization[] = [];
const anOrganization = async (maxUsers: number | null = 5): Promise<Organization> => {
  const organization = await testOrganization({ maxUsers });
  organizations.push(organization);
  return organization;
};

afterAll(async () => {
  for (const organization of organizations) await organization.dispose();
  await closeConnections();
});

let serial = 0;
const anInput = (role: StaffRole = 'receptionist') => {
  serial++;
  return { name: `Person ${serial}`, email: `Person-${serial}-${Date.now()}@hospital.test`, role };
};

/** The link of the mail that waits for an invitation. */
async function tokenOf(email: string): Promise<string> {
  const job = await jobModel
    .findOne({ kind: 'mail.send', 'payload.to': email })
    .sort({ createdAt: -1 })
    .lean();
  const text = String((job?.payload as { text?: string } | undefined)?.text);
  return /\/invitations\/([\w-]{43})/.exec(text)?.[1] ?? '';
}

const seatsOf = async ({ organizationId }: Organization): Promise<number | undefined> =>
  (await organizationModel.findById(organizationId).select('usage').lean())?.usage?.seats;

/** Members and pending invitations, counted one by one. */
async function recount({ organizationId }: Organization): Promise<number> {
  const id = objectId(organizationId);
  const members = await membershipModel.countDocuments({ organizationId: id });
  return members + (await invitationModel.countDocuments({ organizationId: id, status: 'pending' }));
}

const outcomes = (results: PromiseSettledResult<unknown>[]) => ({
  done: results.filter(({ status }) => status === 'fulfilled').length,
  codes: [
    ...new Set(
      results.flatMap((result) =>
        result.status === 'rejected' ? [(result.reason as { code?: string }).code] : [],
      ),
    ),
  ],
});

describe('seats', () => {
  it('lets exactly four of twenty simultaneous invitations pass on five seats', async () => {
    const organization = await anOrganization(5);
    const ctx = organization.ctx('owner');
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => inviteStaff(ctx, anInput())));
    expect(outcomes(results)).toEqual({ done: 4, codes: ['LIMIT_REACHED'] });
    expect(await seatsOf(organization)).toBe(5);
    expect(await recount(organization)).toBe(5);
  });

  const rounds = Number(process.env.ROUNDS ?? 1);
  it.each(Array.from({ length: rounds }, (_, round) => round + 1))(
    'stays at the limit through twenty simultaneous accepts of four invitations, round %i',
    async () => {
      const organization = await anOrganization(5);
      const ctx = organization.ctx('owner');
      const tokens: string[] = [];
      for (let i = 0; i < 4; i++) {
        const input = anInput();
        await inviteStaff(ctx, input);
        tokens.push(await tokenOf(input.email));
      }
      const attempts = tokens.flatMap((token) => Array.from({ length: 5 }, () => token));
      const results = await Promise.allSettled(
        attempts.map((token, i) => joinAsNew({ token, name: `New ${i}`, password: TEST_PASSWORD }, 'test')),
      );
      expect(outcomes(results).done).toBe(4);
      expect(await seatsOf(organization)).toBe(5);
      const id = objectId(organization.organizationId);
      expect(await membershipModel.countDocuments({ organizationId: id })).toBe(5);
      expect(await staffModel(organization).countDocuments({ isActive: true })).toBe(5);
    },
  );

  it('frees the seats of invitations that ran out, once, when the list is read', async () => {
    const organization = await anOrganization(3);
    const ctx = organization.ctx('owner');
    const [first, second] = [anInput(), anInput()];
    await inviteStaff(ctx, first);
    await inviteStaff(ctx, second);
    await expect(inviteStaff(ctx, anInput())).rejects.toMatchObject({ code: 'LIMIT_REACHED' });

    const later = new Date(Date.now() + 8 * 86_400_000);
    await Promise.all(Array.from({ length: 5 }, () => expireInvitations(organization.organizationId, later)));
    expect(await seatsOf(organization)).toBe(1);
    expect((await listInvitations(ctx, later)).map(({ isExpired }) => isExpired)).toEqual([true, true]);
    expect(await findInvitationOffer(await tokenOf(first.email), later)).toBeNull();
    expect(await getSeatUsage(ctx, later)).toEqual({ used: 1, limit: 3 });

    const { id } = (await listInvitations(ctx, later)).find(({ email }) => email === first.email) ?? {
      id: '',
    };
    await resendInvitation(ctx, id, later);
    expect(await seatsOf(organization)).toBe(2);
    expect(await findInvitationOffer(await tokenOf(first.email), later)).toMatchObject({
      email: first.email,
    });
  });

  it('gives a revoked seat back once, and takes none without a limit', async () => {
    const organization = await anOrganization(null);
    const ctx = organization.ctx('owner');
    const { id } = await inviteStaff(ctx, anInput());
    expect(await seatsOf(organization)).toBe(2);
    const results = await Promise.allSettled(Array.from({ length: 5 }, () => revokeInvitation(ctx, id)));
    expect(outcomes(results)).toEqual({ done: 1, codes: ['NOT_FOUND'] });
    expect(await seatsOf(organization)).toBe(1);
  });

  it('sends a list line by line: who has a seat gets a mail, the others a reason, and nobody two', async () => {
    const organization = await anOrganization(4);
    const ctx = organization.ctx('owner');
    const [known, a, b, c] = [anInput('doctor'), anInput('doctor'), anInput(), anInput()];
    await inviteStaff(ctx, known);
    const lines = [
      ...[known, a, { ...anInput(), role: 'owner' }, { ...anInput(), role: 'x'.repeat(24) }],
      ...[{ ...anInput(), name: 'https://evil.test' }, b, c],
    ].map((person, index) => ({ line: index + 1, ...person }));
    const results = await inviteMany(ctx, { lines });
    expect(results.map(({ line }) => line)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(results.map(({ refusal }) => refusal?.slice(0, 24) ?? null)).toEqual([
      `${known.email} is invited already. Send that invitation again from the list.`.slice(0, 24),
      null,
      'An owner is invited alon',
      expect.any(String),
      expect.any(String),
      null,
      'All 4 staff accounts of ',
    ]);
    expect(await seatsOf(organization)).toBe(4);
    expect(await recount(organization)).toBe(4);
    for (const { email } of [a, b]) expect(await tokenOf(email)).not.toBe('');
    expect(await tokenOf(c.email)).toBe('');
    const again = await Promise.all([inviteMany(ctx, { lines }), inviteMany(ctx, { lines })]);
    expect(again.flat().filter(({ refusal }) => refusal === null)).toEqual([]);
    const mails = await jobModel.countDocuments({ kind: 'mail.send', 'payload.to': a.email });
    expect(mails).toBe(1);
    const written = await auditEventModel(organization).countDocuments({
      action: 'staff.invite',
      result: 'ok',
    });
    expect(written).toBe(2);
  });

  it('spends the mails of the hospital on those alone who get one', async () => {
    const organization = await anOrganization(3);
    const ctx = organization.ctx('owner');
    const known = anInput('doctor');
    await inviteStaff(ctx, known);
    // Asking counts as one itself.
    const { plan } = ctx.organization;
    const spent = async () => (await countPoint('mail.organization', organization.organizationId, plan)).used;
    const before = await spent();
    const lines = [
      ...[known, { ...anInput(), role: 'x'.repeat(24) }, { ...anInput(), role: 'f'.repeat(24) }],
      ...[anInput(), anInput(), anInput()],
    ].map((person, index) => ({ line: index + 1, ...person }));
    const results = await inviteMany(ctx, { lines });
    expect(results.filter(({ refusal }) => refusal === null)).toHaveLength(1);
    expect((await spent()) - before).toBe(1 + 1);
  });

  it('lets nobody in while a smaller plan is over its limit', async () => {
    const organization = await anOrganization(5);
    const ctx = organization.ctx('owner');
    const input = anInput();
    await inviteStaff(ctx, input);
    await organizationModel.updateOne(
      { _id: organization.organizationId },
      { $set: { 'features.maxUsers': 1 } },
    );
    const join = joinAsNew(
      { token: await tokenOf(input.email), name: 'Too Many', password: TEST_PASSWORD },
      'test',
    );
    await expect(join).rejects.toMatchObject({ code: 'LIMIT_REACHED' });
    // Nothing of it stays: the link still works when there is room.
    expect(await findInvitationOffer(await tokenOf(input.email))).not.toBeNull();
    expect(await userModel.exists({ emailKey: input.email.toLowerCase() })).toBeNull();
  });
});

describe('invitations', () => {
  let organization: Organization;
  beforeAll(async () => {
    organization = await anOrganization(null);
  });

  it('makes an account with a confirmed address, a membership, a directory entry and an audit event', async () => {
    const ctx = organization.ctx('owner');
    const input = anInput('doctor');
    await inviteStaff(ctx, input);
    const token = await tokenOf(input.email);
    expect(await findInvitationOffer(token)).toMatchObject({
      organizationName: ctx.organization.name,
      role: 'Doctor',
      hasAccount: false,
    });
    await joinAsNew({ token, name: 'Dr New', password: TEST_PASSWORD }, 'test');

    const user = await userModel
      .findOne({ emailKey: input.email.toLowerCase() })
      .select('+passwordHash')
      .lean();
    expect(user?.emailVerifiedAt).toBeInstanceOf(Date);
    expect(await verifyPassword(user?.passwordHash, TEST_PASSWORD)).toBe(true);
    const member = await getStaffMember(ctx, String(user?._id));
    expect(member).toMatchObject({ name: 'Dr New', role: 'doctor', status: 'active', seesPatients: true });
    expect(
      await auditEventModel(organization).exists({ action: 'staff.join', target: `staff:${member.id}` }),
    ).not.toBeNull();
    const signedIn = await signIn(
      { email: input.email, password: TEST_PASSWORD },
      { ip: '127.0.0.1', userAgent: 'test' },
    );
    expect(signedIn).toMatchObject({ organizationId: organization.organizationId, role: 'doctor' });
  });

  it('works once, and says the same of a used, a revoked, an old and a made-up link', async () => {
    const ctx = organization.ctx('owner');
    const [used, revoked, resent] = [anInput(), anInput(), anInput()];
    await inviteStaff(ctx, used);
    const usedToken = await tokenOf(used.email);
    await joinAsNew({ token: usedToken, name: 'Somebody', password: TEST_PASSWORD }, 'test');
    const { id } = await inviteStaff(ctx, revoked);
    const revokedToken = await tokenOf(revoked.email);
    await revokeInvitation(ctx, id);
    const { id: resentId } = await inviteStaff(ctx, resent);
    const oldToken = await tokenOf(resent.email);
    await resendInvitation(ctx, resentId, new Date(Date.now() + 120_000));

    const answers = [];
    for (const token of [usedToken, revokedToken, oldToken, 'made-up', '']) {
      expect(await findInvitationOffer(token)).toBeNull();
      const refused = await joinAsNew({ token, name: 'Nobody', password: TEST_PASSWORD }, 'test').catch(
        (error: unknown) => error,
      );
      answers.push(String(refused));
    }
    expect(new Set(answers).size).toBe(1);
    expect(await findInvitationOffer(await tokenOf(resent.email))).toMatchObject({ email: resent.email });
  });

  it('lets a person of another hospital join with the password they have', async () => {
    const other = await anOrganization();
    const doctor = await other.addStaff('doctor', 'Dr Two Hospitals');
    await inviteStaff(organization.ctx('owner'), { ...anInput('doctor'), email: doctor.email.toUpperCase() });
    const token = await tokenOf(doctor.email.toUpperCase());
    expect(await findInvitationOffer(token)).toMatchObject({ hasAccount: true });
    await expect(joinAsKnown({ token, password: 'not the password' }, 'test')).rejects.toMatchObject({
      field: 'password',
    });
    await expect(
      joinAsNew({ token, name: 'Take over', password: 'a new password 123' }, 'test'),
    ).rejects.toMatchObject({ code: 'CONFLICT' });
    await joinAsKnown({ token, password: TEST_PASSWORD }, 'test');
    expect(await getStaffMember(organization.ctx('owner'), doctor.id)).toMatchObject({
      name: 'Dr Two Hospitals',
      role: 'doctor',
    });
    expect(await getStaffMember(other.ctx('owner'), doctor.id)).toMatchObject({ role: 'doctor' });
    const signedIn = await signIn(
      { email: doctor.email, password: TEST_PASSWORD },
      { ip: '', userAgent: '' },
    );
    expect([other.organizationId, organization.organizationId]).toContain(signedIn.organizationId);
  });

  it('refuses a second invitation, a member, a role above one’s own, and a resend within a minute', async () => {
    const ctx = organization.ctx('owner');
    const input = anInput();
    const { id } = await inviteStaff(ctx, input);
    await expect(inviteStaff(ctx, { ...input, email: input.email.toUpperCase() })).rejects.toMatchObject({
      code: 'CONFLICT',
      field: 'email',
    });
    await expect(inviteStaff(ctx, { ...anInput(), email: organization.owner.email })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    await expect(inviteStaff(organization.ctx('admin'), anInput('admin'))).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    await expect(resendInvitation(ctx, id)).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' });
  });

  it('invites the same address again after it was revoked, used and removed, and only once at a time', async () => {
    const ctx = organization.ctx('owner');
    const input = anInput();
    const { id } = await inviteStaff(ctx, input);
    await revokeInvitation(ctx, id);
    await inviteStaff(ctx, input);
    await joinAsNew(
      { token: await tokenOf(input.email), name: 'Back Again', password: TEST_PASSWORD },
      'test',
    );
    const user = await userModel.findOne({ emailKey: input.email.toLowerCase() }).lean();
    await removeMember(ctx, String(user?._id));
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => inviteStaff(ctx, input)));
    expect(outcomes(results)).toEqual({ done: 1, codes: ['CONFLICT'] });
    await joinAsKnown({ token: await tokenOf(input.email), password: TEST_PASSWORD }, 'test');
    expect(await getStaffMember(ctx, String(user?._id))).toMatchObject({
      name: 'Back Again',
      status: 'active',
    });
    expect(await seatsOf(organization)).toBe(await recount(organization));
  });

  it('does not exist for another organization', async () => {
    const { id } = await inviteStaff(organization.ctx('owner'), anInput());
    const foreign = (await anOrganization()).ctx('owner');
    await expect(revokeInvitation(foreign, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(resendInvitation(foreign, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(revokeInvitation(foreign, 'not an id')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await listInvitations(organization.ctx('owner'))).some((row) => row.id === id)).toBe(true);
  });
});

describe('members', () => {
  it('suspends, lets in again, demotes and removes, and ends sessions where access shrinks', async () => {
    const organization = await anOrganization();
    const ctx = organization.ctx('owner');
    const person = await organization.addStaff('admin', 'Asha Admin');
    await organizationModel.updateOne({ _id: organization.organizationId }, { $set: { 'usage.seats': 2 } });
    const enter = () => signIn({ email: person.email, password: TEST_PASSWORD }, { ip: '', userAgent: '' });
    const openSessions = async () =>
      sessionModel.countDocuments({ userId: objectId(person.id), revokedAt: null });

    await enter();
    await changeRole(ctx, { userId: person.id, role: 'doctor' });
    expect(await openSessions()).toBe(0);
    expect((await enter()).role).toBe('doctor');
    await changeRole(ctx, { userId: person.id, role: 'owner' });
    expect(await openSessions()).toBe(1);

    await setSuspended(ctx, person.id, true);
    expect(await openSessions()).toBe(0);
    await expect(enter()).rejects.toMatchObject({ problem: 'ACCOUNT_DISABLED' });
    expect(await staffModel(organization).findById(person.id).lean()).toMatchObject({
      isActive: false,
      hasLeft: false,
    });
    await setSuspended(ctx, person.id, false);
    await enter();

    // What they typed and did not save goes with them; what others typed stays.
    const rows = draftModel(organization);
    const mine = organization.ctx('owner');
    const theirs = { ...mine, actor: { ...mine.actor, userId: person.id } } as typeof mine;
    const typed = { form: 'ticket', of: 'new', base: {}, fields: { message: 'Half a letter' } };
    for (const one of [theirs, mine]) await saveDraft(one, saveDraftInput.parse(typed));
    expect(await rows.countDocuments({})).toBe(2);
    await removeMember(ctx, person.id);
    expect((await rows.find({}).lean()).map(({ userId }) => userId)).toEqual([organization.owner.id]);
    expect(await openSessions()).toBe(0);
    expect(await seatsOf(organization)).toBe(1);
    await expect(enter()).rejects.toMatchObject({ problem: 'NO_ORGANIZATION' });
    expect(await staffModel(organization).findById(person.id).lean()).toMatchObject({
      isActive: false,
      hasLeft: true,
      name: 'Asha Admin',
    });
    await expect(getStaffMember(ctx, person.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(removeMember(ctx, person.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await seatsOf(organization)).toBe(1);
  });

  it('always keeps one owner, even when two owners remove each other at the same moment', async () => {
    const organization = await anOrganization();
    const ctx = organization.ctx('owner');
    const second = await organization.addStaff('owner', 'Second Owner');
    const theirs = {
      ...ctx,
      actor: {
        kind: 'staff' as const,
        userId: second.id,
        name: second.name,
        email: second.email,
        role: 'owner' as const,
      },
    };
    const results = await Promise.allSettled([
      removeMember(ctx, second.id),
      removeMember(theirs, organization.owner.id),
    ]);
    expect(outcomes(results).done).toBe(1);
    const owners = await membershipModel
      .find({ organizationId: objectId(organization.organizationId), role: 'owner' })
      .lean();
    expect(owners).toHaveLength(1);
    const row = await organizationModel.findById(organization.organizationId).select('ownerId').lean();
    expect(row?.ownerId.toString()).toBe(owners[0]?.userId.toString());
    await expect(setSuspended(ctx, organization.owner.id, true)).rejects.toThrow();
  });

  it('does not let an administrator touch owners, nor anybody reach another organization', async () => {
    const organization = await anOrganization();
    const other = await anOrganization();
    const admin = await organization.addStaff('admin', 'An Admin');
    const ctx = {
      ...organization.ctx('owner'),
      actor: {
        kind: 'staff' as const,
        userId: admin.id,
        name: admin.name,
        email: admin.email,
        role: 'admin' as const,
      },
    };
    await expect(changeRole(ctx, { userId: organization.owner.id, role: 'doctor' })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    await expect(changeRole(ctx, { userId: admin.id, role: 'owner' })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    const foreign = await other.addStaff('doctor', 'Dr Elsewhere');
    const missing = await removeMember(ctx, '0'.repeat(24)).catch(String);
    expect(await removeMember(ctx, foreign.id).catch(String)).toBe(missing);
    expect(
      await updateStaffProfile(ctx, {
        userId: foreign.id,
        registrationNumber: '',
        room: 'X',
        phone: '',
        seesPatients: true,
      }).catch(String),
    ).toBe(missing);
    expect(await membershipModel.exists({ userId: objectId(foreign.id) })).not.toBeNull();
  });

  it('saves what the clinic knows about a person and keeps it through a projection', async () => {
    const organization = await anOrganization();
    const ctx = organization.ctx('owner');
    const profile = {
      userId: organization.owner.id,
      registrationNumber: 'KMC 12345',
      room: 'Room 2',
      phone: '+91 98450 12345',
      seesPatients: true,
    };
    await updateStaffProfile(ctx, profile);
    await projectMembership(`${organization.organizationId}:${organization.owner.id}`);
    const { userId: _, ...kept } = profile;
    expect(await getStaffMember(ctx, organization.owner.id)).toMatchObject(kept);
  });
});

describe('the staff list', () => {
  it('pages both ways by name on an index, equal names included', async () => {
    const organization = await anOrganization(null);
    const ctx = organization.ctx('owner');
    await staffModel(ctx).deleteMany({});
    const rows = Array.from({ length: 120 }, (_, i) => ({
      name: i < 70 ? 'Anita Same' : `Bala ${String(i).padStart(3, '0')}`,
      email: `p${i}@hospital.test`,
      role: 'doctor' as const,
      isActive: true,
      seesPatients: true,
    }));
    await staffModel(ctx).insertMany(rows);
    await staffModel(ctx).insertMany([{ ...rows[0], name: 'Has Left', isActive: false, hasLeft: true }]);

    const first = await listStaff(ctx, { sort: 'name' });
    const second = await listStaff(ctx, { sort: 'name', after: first.after ?? '' });
    const third = await listStaff(ctx, { sort: 'name', after: second.after ?? '' });
    const all = [first, second, third].flatMap(({ members }) => members.map(({ id }) => id));
    expect(new Set(all).size).toBe(120);
    expect([first.before, third.after]).toEqual([null, null]);
    const back = await listStaff(ctx, { sort: 'name', before: third.before ?? '' });
    expect(back.members.map(({ id }) => id)).toEqual(second.members.map(({ id }) => id));
    const reversed = await listStaff(ctx, { sort: '-name' });
    expect(reversed.members[0]?.name).toBe('Bala 119');
    expect((await listStaff(ctx, { sort: 'name', after: 'broken' })).members[0]?.id).toBe(all[0]);

    const plan = await staffModel(ctx)
      .find({
        hasLeft: false,
        name: op({ $gte: 'Anita Same' }),
        $or: [{ name: op({ $gt: 'Anita Same' }) }, { _id: op({ $gt: objectId(all[49] ?? '') }) }],
      })
      .sort({ name: 1, _id: 1 })
      .limit(51)
      .explain('executionStats');
    const text = JSON.stringify(plan);
    expect(text).toContain('IXSCAN');
    expect(text).not.toContain('COLLSCAN');
    expect(text).not.toMatch(/"stage":"SORT"/);
  });
});
