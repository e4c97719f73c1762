import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findOffer, mailSignup, takeOrganizationOn } from '@/features/identity/account/ownership';
import { signIn } from '@/lib/auth/sign-in';
import { jobModel } from '@/lib/master/models/job';
import { mailLogModel } from '@/lib/master/models/mail-log';
import { membershipModel } from '@/lib/master/models/membership';
import { organizationModel } from '@/lib/master/models/organization';
import { quoteModel } from '@/lib/master/models/quote';
import { userModel } from '@/lib/master/models/user';
import { objectId, op } from '@/lib/mongo';
import { closeConnections, TEST_PASSWORD, testOrganization } from '@/tests/builders/organization';
import { expireSignups } from './expire';
import type { SignupInput } from './schema';
import { checkSignup, signUp } from './service';

let known: Awaited<ReturnType<typeof testOrganization>>;
let other: typeof known;
beforeAll(async () => {
  [known, other] = [await testOrganization(), await testOrganization()];
});
afterAll(async () => {
  await known.dispose();
  await other.dispose();
  await closeConnections();
});

const TYPED = 'typed by whoever signs up';
const input = (email: string, more: Partial<SignupInput> = {}): SignupInput => ({
  organizationName: `Eye clinic ${randomUUID()}`,
  email,
  phone: '+91 98450 12345',
  industry: 'eye-hospital',
  expectedUsers: 3,
  country: 'IN',
  name: 'Meera Nair',
  password: TYPED,
  timeZone: 'Asia/Kolkata',
  plan: 'starter',
  interval: 'month',
  start: 'paid',
  accepts: 'on',
  ...more,
});
const enter = (email: string, password: string) =>
  signIn({ email, password }, { ip: '10.0.0.9', userAgent: 'test' });
const newAddress = () => `new-${randomUUID()}@hospital.test`;

/** What somebody outside sees of an address: each answer as the browser gets it. */
async function answersOf(email: string): Promise<unknown[]> {
  const said = (work: Promise<unknown>) =>
    work.then(
      (value) => Object.keys(value ?? {}),
      (error) => [
        error.name,
        error.code,
        error.problem,
        // The token that leads on names the organization.
        (error.problem ?? error.message).replace(/[0-9a-f-]{36}/g, 'id').slice(0, 60),
      ],
    );
  const first = input(email);
  const answers = [
    await said(checkSignup(first)),
    await said(signUp(first)),
    // again, as after a step back
    await said(checkSignup(first)),
    await said(signUp({ ...first, phone: '+91 98450 54321' })),
    await said(signUp({ ...first, password: 'another long password' })),
    await said(
      enter(email, TYPED).catch(({ problem }) => Promise.reject({ name: '', message: problem, problem })),
    ),
    await said(
      enter(email, 'a wrong password').catch(({ problem }) =>
        Promise.reject({ name: '', message: problem, problem }),
      ),
    ),
    await said(signUp(input(email, { plan: 'enterprise' }))),
  ];
  // The same number of tries until it is too often, at both doors.
  for (const door of [() => signUp(first), () => enter(email, TYPED)])
    for (let tries = 0; tries < 12; tries++) answers.push(await said(door()));
  return answers;
}

it('answers a new address and one with an account alike, at sign-up and at sign-in, up to the limit', async () => {
  const [fresh, taken] = [await answersOf(newAddress()), await answersOf(known.owner.email)];
  expect(taken).toEqual(fresh);
  expect(JSON.stringify(fresh)).toContain('PAYMENT_PENDING');
  expect(JSON.stringify(fresh)).toContain('TOO_MANY_REQUESTS');
});

it('leaves the account as it was, and makes its holder the owner by the link in the mailbox, once', async () => {
  const { organizationId } = await signUp(input(other.owner.email));
  const mine = { userId: objectId(other.owner.id), organizationId: objectId(organizationId) };
  expect(await membershipModel.exists(mine)).toBeNull();
  expect((await enter(other.owner.email, TEST_PASSWORD)).organizationId).toBe(other.organizationId);
  await expect(enter(other.owner.email, TYPED)).rejects.toMatchObject({ problem: 'PAYMENT_PENDING' });

  await mailSignup(organizationId);
  const mail = await jobModel
    .findOne({ kind: 'mail.send', 'payload.to': other.owner.email })
    .sort({ createdAt: -1 })
    .lean();
  const token = /\/signup\/own\/([\w-]{43})/.exec(String(mail?.payload?.text))?.[1] ?? '';
  expect(await findOffer(token)).toMatchObject({ organizationName: expect.stringMatching(/^Eye clinic/) });
  const results = await Promise.allSettled([1, 2].map(() => takeOrganizationOn(token)));
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await membershipModel.countDocuments({ ...mine, role: 'owner', status: 'active' })).toBe(1);
  expect(await findOffer(token)).toBeNull();
  // What was typed opens nothing any more.
  await expect(enter(other.owner.email, TYPED)).rejects.toMatchObject({ problem: 'WRONG_CREDENTIALS' });
  expect((await enter(other.owner.email, TEST_PASSWORD)).organizationId).toBe(other.organizationId);
});

it('makes no account of two sign-ups with a new address at the same moment: both are claims', async () => {
  const email = newAddress();
  const both = await Promise.all([signUp(input(email)), signUp(input(email))]);
  expect(await userModel.countDocuments({ emailKey: email })).toBe(0);
  expect(await userModel.countDocuments({ claimedEmailKey: email })).toBeGreaterThan(0);
  const ids = [...new Set(both.map(({ organizationId }) => organizationId))].map((id) => objectId(id));
  expect(await organizationModel.countDocuments({ _id: op({ $in: ids }) })).toBe(ids.length);
});

it('acknowledges a request for Enterprise at once, also of who chose another plan first', async () => {
  const receiptsTo = async (to: string) =>
    (await jobModel.find({ kind: 'mail.send', 'payload.to': to, key: /^request:/ }).lean()).map(
      ({ payload }) => String(payload?.text),
    );
  const email = newAddress();
  const first = input(email);
  const { organizationId } = await signUp(first);
  expect(await receiptsTo(email)).toEqual([]);
  expect(await signUp({ ...first, plan: 'enterprise', expectedUsers: 60 })).toEqual({
    organizationId,
    isRequest: true,
  });
  const [receipt] = await receiptsTo(email);
  for (const words of [first.organizationName, '60 people', 'one working day'])
    expect(receipt).toContain(words);
  const at = newAddress();
  await signUp(input(at, { plan: 'enterprise' }));
  expect(await receiptsTo(at)).toHaveLength(1);
  expect(await mailLogModel.countDocuments({ to: at })).toBeGreaterThan(0);
});

describe('a sign-up that nobody pays for', () => {
  it('blocks no name, and a second one with it can be paid for', async () => {
    const organizationName = `Eye clinic ${randomUUID()}`;
    await signUp(input(newAddress(), { organizationName }));
    await signUp(input(newAddress(), { organizationName, plan: 'enterprise' }));
    const mine = input(newAddress(), { organizationName });
    await checkSignup(mine);
    const { organizationId } = await signUp(mine);
    await organizationModel.updateOne({ _id: objectId(organizationId) }, { $set: { status: 'active' } });
    await expect(checkSignup(input(newAddress(), { organizationName }))).rejects.toMatchObject({
      field: 'organizationName',
    });
  });

  it('is gone after two weeks with the claim of its address; what was paid, quoted or touched meanwhile stays', async () => {
    const [left, paid, quoted, touched] = await Promise.all(
      [1, 2, 3, 4].map(async () => {
        const email = newAddress();
        return { email, ...(await signUp(input(email))) };
      }),
    );
    if (!left || !paid || !quoted || !touched) throw new Error('four sign-ups');
    const idOf = ({ organizationId }: { organizationId: string }) => objectId(organizationId);
    const old = new Date(Date.now() - 15 * 86_400_000);
    await organizationModel.collection.updateMany(
      { _id: { $in: [left, paid, quoted].map(idOf) } },
      { $set: { updatedAt: old } },
    );
    await organizationModel.collection.updateOne({ _id: idOf(paid) }, { $set: { status: 'active' } });
    await quoteModel.create({
      organizationId: idOf(quoted),
      state: 'sent',
      priceCents: 1,
      currency: 'usd',
      interval: 'month',
      priceId: 'price_x',
      tokenHash: randomUUID(),
      sentTo: quoted.email,
      sentBy: 'sales',
      expiresAt: new Date(),
    });
    expect(await expireSignups()).toBeGreaterThanOrEqual(1);
    const kept = await organizationModel
      .find({ _id: op({ $in: [left, paid, quoted, touched].map(idOf) }) })
      .select('_id')
      .lean();
    expect(kept.map(({ _id }) => _id.toString()).sort()).toEqual(
      [paid, quoted, touched].map(({ organizationId }) => organizationId).sort(),
    );
    expect(await userModel.exists({ claimedEmailKey: left.email })).toBeNull();
    expect(await membershipModel.countDocuments({ organizationId: idOf(left) })).toBe(0);
    expect(await userModel.exists({ claimedEmailKey: touched.email })).not.toBeNull();
  });
});
