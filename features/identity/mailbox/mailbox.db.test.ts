import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { signUp } from '@/features/fleet/signup/service';
import {
  confirmEmailChange,
  mailEmailChange,
  undoEmailChange,
} from '@/features/identity/account/change-email';
import { mailSignup, takeOrganizationOn } from '@/features/identity/account/ownership';
import { resetPassword } from '@/features/identity/account/service/reset-password';
import { mailPasswordReset } from '@/features/identity/account/service/send-links';
import { verifyEmail } from '@/features/identity/account/service/verify-email';
import { readPrincipal } from '@/lib/auth/principal';
import { signIn } from '@/lib/auth/sign-in';
import { isAppError } from '@/lib/errors';
import { jobModel } from '@/lib/master/models/job';
import { membershipModel } from '@/lib/master/models/membership';
import { organizationModel } from '@/lib/master/models/organization';
import { passkeyModel } from '@/lib/master/models/passkey';
import { secondFactorModel } from '@/lib/master/models/second-factor';
import { sessionModel } from '@/lib/master/models/session';
import { userModel } from '@/lib/master/models/user';
import { userTokenModel } from '@/lib/master/models/user-token';
import { objectId, op } from '@/lib/mongo';
import { closeConnections, TEST_PASSWORD, testOrganization } from '@/tests/builders/organization';
import { beginPasskey } from '../passkeys/service/change-passkeys';
import { beginTotp } from '../second-factor/service/totp';
import { setPin } from '../shared-computer/service';
import { findOrMakeAccount } from '../single-sign-on/accounts';
import type { UsableConnection } from '../single-sign-on/queries';
import { inviteStaff } from '../staff/service/invitations';
import { joinAsKnown, joinAsNew } from '../staff/service/join';

vi.mock('next/headers', () => ({
  headers: async () => new Headers(),
  cookies: async () => ({ get: () => undefined }),
}));
// Thousands of walks hash tens of thousands of passwords; how slow that is does not matter here.
vi.mock('@node-rs/argon2', async (original) => {
  const argon2 = await original<typeof import('@node-rs/argon2')>();
  return { ...argon2, hash: (password: string) => argon2.hash(password, { memoryCost: 8, timeCost: 1 }) };
});

const WALKS = Number(process.env.ADDRESS_WALKS ?? 40);
const STRANGER = 'what the stranger typed';
const HOLDER = 'what the holder of the mailbox typed';
const AFTER = 'what the holder chose in the end';

/** A hospital that invites people and has a provider of its own. */
let hospital: Awaited<ReturnType<typeof testOrganization>>;
beforeAll(async () => {
  hospital = await testOrganization();
  await organizationModel.updateOne(
    { _id: objectId(hospital.organizationId) },
    { $set: { 'features.maxUsers': 1_000_000 } },
  );
});
afterAll(async () => {
  await hospital.dispose();
  await closeConnections();
});

const request = () => ({ ip: `10.${Math.floor(Math.random() * 200)}.0.9`, userAgent: 'test' });

/** One address: what its holder finds in the mailbox, and what a stranger got hold of. */
function lifeOf(email: string) {
  const strangersSessions: { id: string; sessionId: string }[] = [];
  const colleagues: { id: string; sessionId: string }[] = [];
  const signedUp: string[] = [];
  const attempt = async (work: () => Promise<unknown>) => {
    try {
      return await work();
    } catch (error) {
      // What the product refuses is part of the walk; anything else is a fault.
      if (isAppError(error) || (error instanceof Error && error.name === 'SignInRefused')) return null;
      throw error;
    }
  };
  const linksIn = async (path: string): Promise<string[]> => {
    const jobs = await jobModel.find({ kind: 'mail.send', 'payload.to': email }).sort({ _id: -1 }).lean();
    return jobs.flatMap(
      ({ payload }) =>
        new RegExp(`/${path}/([\\w-]{43})`).exec(String((payload as { text?: string }).text))?.[1] ?? [],
    );
  };
  const forgetMinute = async () => {
    await userTokenModel.collection.updateMany({}, { $set: { createdAt: new Date(0) } });
  };
  const begin = (password: string) =>
    attempt(async () => {
      const { organizationId } = await signUp({
        organizationName: `Clinic ${randomUUID()}`,
        email,
        phone: '+91 98450 12345',
        industry: 'eye-hospital',
        expectedUsers: 3,
        country: 'IN',
        name: 'Somebody',
        password,
        timeZone: 'Asia/Kolkata',
        plan: 'starter',
        interval: 'month',
        start: 'paid',
        accepts: 'on',
      });
      if (!signedUp.includes(organizationId)) signedUp.push(organizationId);
      await mailSignup(organizationId);
    });
  const strangerEnters = () =>
    attempt(async () => {
      const { id, sessionId } = await signIn({ email, password: STRANGER }, request());
      strangersSessions.push({ id, sessionId });
    });
  const asStranger = async () => {
    const open = strangersSessions.at(-1);
    const principal = open ? await readPrincipal(open) : null;
    if (principal?.kind !== 'staff') return null;
    const ctx = hospital.ctx('owner');
    return {
      ...ctx,
      organizationId: principal.organization._id.toString(),
      actor: { ...ctx.actor, userId: principal.userId },
    } as typeof ctx;
  };
  const joinBy = (password: string) =>
    attempt(async () => {
      const [token] = await linksIn('invitations');
      if (!token) return;
      const known = await userModel.exists({ emailKey: email });
      if (known) await joinAsKnown({ token, password }, 'walk');
      else await joinAsNew({ token, password, name: 'Somebody' }, 'walk');
    });

  const steps = {
    strangerSignsUp: () => begin(STRANGER),
    holderSignsUp: () => begin(HOLDER),
    somebodyPays: async () => {
      await organizationModel.updateMany(
        { _id: op({ $in: signedUp.map((id) => objectId(id)) }), status: 'pending_payment' },
        { $set: { status: 'active' } },
      );
    },
    strangerEnters,
    strangerLetsAColleagueIn: async () => {
      const ctx = await asStranger();
      if (!ctx) return;
      const { id } = await hospital.addStaff('receptionist', 'Colleague of the stranger');
      const place = { userId: objectId(id), organizationId: objectId(ctx.organizationId) };
      await membershipModel.create({ ...place, role: 'owner', status: 'active' });
      const sessionId = randomUUID();
      await sessionModel.create({
        _id: sessionId,
        ...place,
        expiresAt: new Date(Date.now() + 3_600_000),
        lastSeenAt: new Date(),
        method: 'password',
      });
      colleagues.push({ id, sessionId });
    },
    strangerAddsFactors: async () => {
      const ctx = await asStranger();
      if (!ctx) return;
      await attempt(() => beginTotp(ctx, { currentPassword: STRANGER }));
      await attempt(() => beginPasskey(ctx, { currentPassword: STRANGER }));
      await attempt(() => setPin(ctx, { currentPassword: STRANGER, pin: '483920' }));
    },
    strangerAsksForTheAddress: async () => {
      const { id } = await hospital.addStaff('receptionist', 'Stranger');
      await mailEmailChange(id, email);
    },
    holderOpensTheChange: () =>
      attempt(async () => {
        const [token] = await linksIn('confirm-email');
        if (token) await confirmEmailChange({ token, currentPassword: HOLDER });
      }),
    hospitalInvites: () =>
      attempt(() =>
        inviteStaff(hospital.ctx('owner'), { email, name: 'Somebody', role: 'receptionist' } as Parameters<
          typeof inviteStaff
        >[1]),
      ),
    holderJoins: () => joinBy(HOLDER),
    holderComesBySingleSignOn: () =>
      attempt(() =>
        findOrMakeAccount(
          {
            _id: objectId(hospital.organizationId),
            issuer: 'https://id.test',
            isJustInTime: true,
            defaultRole: 'receptionist',
          } as unknown as UsableConnection,
          { issuer: 'https://id.test', subject: email, email, name: 'Somebody' },
          'walk',
          new Date(),
        ),
      ),
    holderVerifies: () =>
      attempt(async () => {
        await forgetMinute();
        const [token] = await linksIn('verify-email');
        if (token) await verifyEmail({ token, newPassword: HOLDER });
      }),
    holderResets: () =>
      attempt(async () => {
        await forgetMinute();
        await mailPasswordReset(email);
        const [token] = await linksIn('reset-password');
        if (token) await resetPassword({ token, newPassword: HOLDER });
      }),
    holderTakesOn: () =>
      attempt(async () => {
        const [token] = await linksIn('signup/own');
        if (token) await takeOrganizationOn(token);
      }),
  };
  /** The stranger's sessions that open anything; each call also tries the stranger's password. */
  const strangerStillIn = async () => {
    await steps.strangerEnters();
    const read = await Promise.all(strangersSessions.map((session) => readPrincipal(session)));
    return read.filter((principal) => principal !== null);
  };
  return { steps, strangerStillIn, signedUp, strangersSessions, colleagues, linksIn, forgetMinute, attempt };
}

type Step = keyof ReturnType<typeof lifeOf>['steps'];
const STEPS = Object.keys(lifeOf('').steps) as Step[];

/** Walks, then lets the holder of the mailbox use it; @returns what the two hold then. */
async function walk(steps: readonly Step[]) {
  const email = `walk-${randomUUID()}@hospital.test`;
  const life = lifeOf(email);
  for (const step of steps) {
    await life.steps[step]();
    // From the first proof on, not only in the end.
    if (await userModel.exists({ emailKey: email })) expect(await life.strangerStillIn(), step).toEqual([]);
  }

  await life.forgetMinute();
  await mailPasswordReset(email);
  const [reset] = await life.linksIn('reset-password');
  if (reset) await life.attempt(() => resetPassword({ token: reset, newPassword: AFTER }));
  const account = await userModel.findOne({ emailKey: email }).select('+pinHash').lean();
  // The jobs that the proof asked for, then every offer that they mailed.
  for (const id of life.signedUp) await mailSignup(id);
  for (const token of await life.linksIn('signup/own')) await life.attempt(() => takeOrganizationOn(token));

  const stranger = await signIn({ email, password: STRANGER }, request()).then(
    () => 'in',
    ({ problem }) => String(problem),
  );
  const alive = await Promise.all(
    [...life.strangersSessions, ...life.colleagues].map((session) => readPrincipal(session)),
  );
  const claims = await userModel.countDocuments({ claimedEmailKey: email });
  const organizations = await organizationModel
    .find({ _id: op({ $in: life.signedUp.map((id) => objectId(id)) }) })
    .select('ownerId')
    .lean();
  const userId = account?._id ?? objectId('0'.repeat(24));
  const [owned, strangers, factors, passkeys] = await Promise.all([
    membershipModel.countDocuments({
      organizationId: op({ $in: organizations.map(({ _id }) => _id) }),
      userId,
      role: 'owner',
      status: 'active',
    }),
    membershipModel.countDocuments({
      organizationId: op({ $in: organizations.map(({ _id }) => _id) }),
      userId: op({ $ne: userId }),
      status: 'active',
    }),
    secondFactorModel.countDocuments({ _id: userId }),
    passkeyModel.countDocuments({ userId }),
  ]);
  return {
    hasAccount: account !== null,
    stranger,
    alive: alive.filter((principal) => principal !== null).length,
    claims,
    organizations: organizations.length,
    ownedByTheAccount: organizations.filter(({ ownerId }) => ownerId.equals(userId)).length,
    owned,
    strangers,
    factors: factors + passkeys + (account?.pinHash ? 1 : 0),
  };
}

async function expectTheHolderToHoldEverything(steps: readonly Step[]) {
  const end = await walk(steps);
  // Nothing was ever signed up, joined or proved: there is nothing to hold.
  if (!end.hasAccount) {
    expect(end).toMatchObject({ organizations: 0, claims: 0, alive: 0 });
    return;
  }
  expect(['WRONG_CREDENTIALS', 'PAYMENT_PENDING', 'LOCKED']).toContain(end.stranger);
  expect(end).toMatchObject({ alive: 0, claims: 0, strangers: 0, factors: 0 });
  expect(end).toMatchObject({ ownedByTheAccount: end.organizations, owned: end.organizations });
}

describe('whoever holds the mailbox holds everything, and a stranger nothing', () => {
  it.each<[string, Step[]]>([
    [
      'when a stranger signs up first and the holder takes on what they sign up themselves',
      [
        'strangerSignsUp',
        'holderSignsUp',
        'somebodyPays',
        'strangerEnters',
        'holderVerifies',
        'holderTakesOn',
      ],
    ],
    [
      'when the holder comes by single sign-on',
      ['strangerSignsUp', 'hospitalInvites', 'holderComesBySingleSignOn', 'strangerEnters'],
    ],
    [
      'when the holder is invited to a hospital',
      [
        'strangerSignsUp',
        'somebodyPays',
        'strangerEnters',
        'strangerAddsFactors',
        'strangerLetsAColleagueIn',
        'hospitalInvites',
        'holderResets',
        'holderJoins',
        'strangerEnters',
      ],
    ],
    [
      'when the holder confirms a stranger’s sign-up from another browser',
      ['strangerSignsUp', 'somebodyPays', 'strangerEnters', 'holderVerifies', 'strangerEnters'],
    ],
    [
      'when a stranger asks for the address and its holder opens the link',
      ['strangerAsksForTheAddress', 'holderOpensTheChange', 'holderSignsUp', 'somebodyPays'],
    ],
  ])('%s', async (_title, steps) => {
    await expectTheHolderToHoldEverything(steps);
  });

  it(`after ${WALKS} random walks of both`, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...STEPS), { minLength: 3, maxLength: 12 }),
        async (steps) => {
          await expectTheHolderToHoldEverything(steps);
          // What each walk asks of all mails and links would take longer with every walk before it.
          await Promise.all([jobModel, userTokenModel].map((model) => model.collection.deleteMany({})));
        },
      ),
      { numRuns: WALKS, endOnFailure: false },
    );
  }, 7_200_000);
});

it('tells the holder that colleagues wait, and does not where there are none', async () => {
  for (const steps of [['strangerLetsAColleagueIn'], []] as Step[][]) {
    const email = `colleagues-${randomUUID()}@hospital.test`;
    const life = lifeOf(email);
    for (const step of ['strangerSignsUp', 'somebodyPays', 'strangerEnters', ...steps] as Step[])
      await life.steps[step]();
    await life.steps.holderVerifies();
    const told = await jobModel.countDocuments({
      kind: 'mail.send',
      'payload.to': email,
      'payload.subject': 'Colleagues wait for you to let them in',
    });
    expect(told).toBe(steps.length);
  }
});

it('never lets a claim into an organization that it did not sign up', async () => {
  const email = `claim-${randomUUID()}@hospital.test`;
  const { steps, strangersSessions, signedUp } = lifeOf(email);
  await steps.hospitalInvites();
  await steps.strangerSignsUp();
  await steps.somebodyPays();
  await steps.strangerEnters();
  const [open] = strangersSessions;
  const principal = open ? await readPrincipal(open) : null;
  expect(principal).toMatchObject({ kind: 'staff', isEmailVerified: false });
  expect(await userModel.exists({ emailKey: email })).toBeNull();
  const places = await membershipModel.find({ userId: objectId(open?.id ?? '') }).lean();
  expect(places.map(({ organizationId }) => organizationId.toString())).toEqual(signedUp);
});

it('voids the password, the sessions and a new factor at once when a changed address is taken back', async () => {
  const person = await hospital.addStaff('doctor', 'Dr Address Taken');
  const old = person.email;
  const passkey = async (_id: string, createdAt: Date) => {
    await passkeyModel.collection.insertOne({
      _id: _id as never,
      userId: objectId(person.id),
      name: _id,
      publicKey: 'x',
      counter: 0,
      transports: [],
      createdAt,
    });
  };
  await passkey('own-key', new Date(Date.now() - 30 * 86_400_000));
  await mailEmailChange(person.id, `intruder-${randomUUID()}@hospital.test`);
  const changed = await jobModel
    .findOne({ kind: 'mail.send', 'payload.subject': 'Confirm your new e-mail address' })
    .sort({ _id: -1 })
    .lean();
  const token = /\/confirm-email\/([\w-]{43})/.exec(String(changed?.payload?.text))?.[1] ?? '';
  await confirmEmailChange({ token }, person.id);
  await passkey('intruders-key', new Date(Date.now() + 1_000));
  const { linksIn } = lifeOf(old);
  const [undo] = await linksIn('undo-email');
  await undoEmailChange(undo ?? '');
  const keys = await passkeyModel.find({ userId: objectId(person.id) }).lean();
  expect(keys.map(({ _id }) => _id)).toEqual(['own-key']);
  await expect(signIn({ email: old, password: TEST_PASSWORD }, request())).rejects.toMatchObject({
    problem: 'WRONG_CREDENTIALS',
  });
});
