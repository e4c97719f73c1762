import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { switchOrganization } from '@/features/identity/memberships/service';
import { finishSignIn } from '@/features/identity/second-factor/service/finish-sign-in';
import { assertMayLoseFactor } from '@/features/identity/second-factor/service/totp';
import { inviteStaff } from '@/features/identity/staff/service/invitations';
import { auditEventModel } from '@/lib/audit/ledger';
import { readPrincipal } from '@/lib/auth/principal';
import { hashRecoveryCode } from '@/lib/auth/second-factor';
import { admit, SignInRefused, signIn } from '@/lib/auth/sign-in';
import { membershipModel } from '@/lib/master/models/membership';
import { organizationModel } from '@/lib/master/models/organization';
import { secondFactorModel } from '@/lib/master/models/second-factor';
import { sessionModel } from '@/lib/master/models/session';
import { ssoConnectionModel } from '@/lib/master/models/sso-connection';
import { userModel } from '@/lib/master/models/user';
import { objectId } from '@/lib/mongo';
import { closeConnections, TEST_PASSWORD, testOrganization } from '@/tests/builders/organization';
import { startDns } from '@/tests/emulators/dns';
import { startProvider } from '@/tests/emulators/oidc';
import { findConnectionFor, getSingleSignOn } from './queries';
import { domainInput } from './schema';
import { addDomain, removeDomain, verifyDomain } from './service/change-domains';
import { saveConnection, testConnection } from './service/save-connection';
import { saveSignInRules } from './service/save-sign-in-rules';
import { beginSingleSignOn, finishSingleSignOn } from './sign-in';

const CALLBACK = 'http://127.0.0.1:3000/api/auth/sso/callback';
const facts = { ip: '10.0.0.6', userAgent: 'test', requestId: randomUUID() };
const records = new Map<string, string>();
const tag = randomUUID().slice(0, 8);
const domain = `hospital-${tag}.test`;

let dns: Awaited<ReturnType<typeof startDns>>;
let provider: Awaited<ReturnType<typeof startProvider>>;
let organization: Awaited<ReturnType<typeof testOrganization>>;
let other: Awaited<ReturnType<typeof testOrganization>>;

beforeAll(async () => {
  [dns, provider] = await Promise.all([startDns(records), startProvider(CALLBACK)]);
  process.env.DNS_SERVERS = dns.address;
  process.env.SSO_PRIVATE_ISSUERS = 'on';
  process.env.NEXTAUTH_URL = 'http://127.0.0.1:3000';
  organization = await testOrganization({ plan: 'enterprise', maxUsers: 9 });
  other = await testOrganization({ plan: 'enterprise', maxUsers: 9 });
});
afterAll(async () => {
  await organization.dispose();
  await other.dispose();
  await dns.stop();
  await provider.stop();
  await closeConnections();
});

const connection = (clientSecret = provider.client.secret) => ({
  issuer: provider.issuer,
  clientId: provider.client.id,
  clientSecret,
});
const rules = (fields: Partial<Parameters<typeof saveSignInRules>[1]> = {}) =>
  saveSignInRules(organization.ctx(), {
    isJustInTime: false,
    defaultRole: 'optometrist',
    countsAsSecondFactor: false,
    isEnforced: false,
    breakGlass: [],
    ...fields,
  });

/** A member whose address is at the organization's domain. */
async function colleague(name: string) {
  const person = await organization.addStaff('doctor', name);
  const email = `${name.toLowerCase().replace(/\W+/g, '.')}@${domain}`;
  await userModel.updateOne({ _id: objectId(person.id) }, { $set: { email, emailKey: email } });
  return { ...person, email };
}

type Changes = { url?: (url: string) => string; search?: (search: string) => string; now?: Date };
/** From the e-mail address on our page to what the callback answers. */
async function enter(subject: string, email: string, changes: Changes = {}) {
  provider.state.signedIn = subject;
  const begun = await beginSingleSignOn({ email, next: '/patients' });
  const search = await provider.visit((changes.url ?? String)(begun.url));
  const done = finishSingleSignOn((changes.search ?? String)(search), begun.state, facts, changes.now);
  return { ...begun, search, done };
}
async function problemOf(work: Promise<unknown>): Promise<string> {
  const error = await work.catch((reason: unknown) => reason);
  if (error instanceof SignInRefused) return error.problem;
  throw new Error(`not refused: ${String(error)}`);
}
const refused = async (subject: string, email: string, changes?: Changes) =>
  problemOf((await enter(subject, email, changes)).done);
async function entered(subject: string, email: string) {
  const done = await (await enter(subject, email)).done;
  if (done.kind !== 'in') throw new Error('asked for a second step');
  return done.person;
}

describe('the connection', () => {
  it('is an Enterprise matter, its secret is stored sealed and never shown', async () => {
    const small = await testOrganization({ plan: 'professional' });
    await expect(saveConnection(small.ctx(), connection())).rejects.toMatchObject({
      code: 'PAYMENT_REQUIRED',
    });
    await small.dispose();
    await expect(saveConnection(organization.ctx(), connection(''))).rejects.toMatchObject({
      field: 'clientSecret',
    });
    await saveConnection(organization.ctx(), connection());
    const stored = JSON.stringify(await ssoConnectionModel.find().lean());
    expect(stored).not.toContain(provider.client.secret);
    const shown = await getSingleSignOn(organization.ctx());
    expect(JSON.stringify(shown)).not.toMatch(/secret/i);
    expect(shown.connection).toMatchObject({ issuer: provider.issuer, testedAt: null });
  });

  it('is tested down to the secret; what is wrong is said', async () => {
    const test = () => testConnection(organization.ctx());
    await test();
    expect((await getSingleSignOn(organization.ctx())).connection?.testedAt).toBeTruthy();
    await saveConnection(organization.ctx(), connection('not the secret'));
    await expect(test()).rejects.toMatchObject({ message: expect.stringContaining('client id and secret') });
    await saveConnection(organization.ctx(), { ...connection(), issuer: `${provider.issuer}/elsewhere` });
    await expect(test()).rejects.toMatchObject({ message: expect.stringContaining('letter by letter') });
    await saveConnection(organization.ctx(), { ...connection(), issuer: 'http://127.0.0.1:1' });
    await expect(test()).rejects.toMatchObject({ message: expect.stringContaining('did not answer') });
    await saveConnection(organization.ctx(), { ...connection(), issuer: 'http://192.168.0.1' });
    await expect(test()).rejects.toMatchObject({ message: expect.stringContaining('did not answer') });
    expect((await getSingleSignOn(organization.ctx())).connection?.testedAt).toBeNull();
    await saveConnection(organization.ctx(), connection());
    await test();
  });
});

describe('a domain', () => {
  it('counts once its DNS says so, and for one organization only', async () => {
    const [mine, theirs] = [organization.ctx(), other.ctx()];
    expect(domainInput.safeParse({ domain: 'a@b.test' }).success).toBe(false);
    await addDomain(theirs, domain);
    await addDomain(mine, domain);
    await expect(verifyDomain(mine, domain)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await findConnectionFor(`anybody@${domain}`)).toBeNull();
    const shown = (await getSingleSignOn(mine)).domains[0];
    records.set(shown?.recordName ?? '', shown?.recordValue ?? '');
    // Another organization's token in the record does not help us, nor ours them.
    await expect(verifyDomain(theirs, domain)).rejects.toMatchObject({ code: 'CONFLICT' });
    await verifyDomain(mine, domain);
    expect((await findConnectionFor(`Anybody@${domain.toUpperCase()}`))?._id.toString()).toBe(
      organization.organizationId,
    );
    const claim = (await getSingleSignOn(theirs)).domains[0];
    records.set(claim?.recordName ?? '', claim?.recordValue ?? '');
    await expect(verifyDomain(theirs, domain)).rejects.toMatchObject({
      message: expect.stringContaining('another organization'),
    });
    await expect(addDomain(mine, domain)).rejects.toMatchObject({ field: 'domain' });
  });
});

describe('signing in', () => {
  it('opens a session like any other, knows the person by subject afterwards, and ends when revoked', async () => {
    const person = await colleague('Dr Meera Rao');
    provider.people.set('s-meera', { email: person.email, email_verified: true, name: 'Meera' });
    const begun = await enter('s-meera', person.email);
    expect(new URL(begun.url).searchParams.get('code_challenge_method')).toBe('S256');
    const first = await begun.done;
    expect(first).toMatchObject({ kind: 'in', next: '/patients', person: { id: person.id, role: 'doctor' } });
    provider.people.set('s-meera', { email: `renamed@${domain}`, email_verified: true });
    const again = await entered('s-meera', person.email);
    expect(again.id).toBe(person.id);
    const principal = await readPrincipal(again);
    expect(principal).toMatchObject({ kind: 'staff', hasSecondFactor: false, method: 'single-sign-on' });
    await sessionModel.updateOne({ _id: again.sessionId }, { $set: { revokedAt: new Date() } });
    expect(await readPrincipal(again)).toBeNull();
    const events = await auditEventModel({ db: organization.db })
      .find({ action: 'account.single-sign-on', result: 'ok' })
      .lean();
    expect(events.length).toBe(2);
  });

  it('refuses what was tampered with, replayed, or is too old', async () => {
    const person = await colleague('Dr Tamper Test');
    provider.people.set('s-tamper', { email: person.email });
    const other = (name: string, value: string) => (address: string) => {
      const url = new URL(address, CALLBACK);
      url.searchParams.set(name, value);
      return address.startsWith('?') ? url.search : url.toString();
    };
    expect(await refused('s-tamper', person.email, { url: other('nonce', 'another-nonce') })).toBe(
      'SSO_FAILED',
    );
    expect(await refused('s-tamper', person.email, { search: other('state', 'another-state') })).toBe(
      'SSO_FAILED',
    );
    expect(await refused('s-tamper', person.email, { search: other('iss', 'https://evil.test') })).toBe(
      'SSO_FAILED',
    );
    expect(await refused('s-tamper', person.email, { search: other('code', 'made-up') })).toBe('SSO_FAILED');
    const late = new Date(Date.now() + 11 * 60_000);
    expect(await refused('s-tamper', person.email, { now: late })).toBe('SSO_EXPIRED');

    const { state, search, done } = await enter('s-tamper', person.email);
    expect((await done).kind).toBe('in');
    expect(await problemOf(finishSingleSignOn(search, state, facts))).toBe('SSO_EXPIRED');
    const fresh = await beginSingleSignOn({ email: person.email, next: 'https://evil.test/' });
    expect(await problemOf(finishSingleSignOn(search, fresh.state, facts))).toBe('SSO_FAILED');
    for (const forged of [undefined, '', 'forged', `${fresh.state.slice(0, -4)}AAAA`])
      expect(await problemOf(finishSingleSignOn(search, forged, facts))).toBe('SSO_EXPIRED');
  });

  it('refuses a foreign domain, an address that is not verified, and who the provider turns away', async () => {
    const person = await colleague('Dr Border Case');
    provider.people.set('s-border', { email: other.owner.email, email_verified: true });
    expect(await refused('s-border', person.email)).toBe('SSO_DOMAIN');
    provider.people.set('s-border', { email: person.email, email_verified: false });
    expect(await refused('s-border', person.email)).toBe('SSO_UNVERIFIED');
    provider.people.set('s-border', { email: 'no address' });
    expect(await refused('s-border', person.email)).toBe('SSO_FAILED');
    provider.state.isDenying = true;
    expect(await refused('s-border', person.email)).toBe('SSO_DENIED');
    provider.state.isDenying = false;
    const events = await auditEventModel({ db: organization.db })
      .find({ action: 'account.single-sign-on', result: 'refused', target: 'reason:SSO_DOMAIN' })
      .lean();
    expect(events).toHaveLength(1);
  });

  it('does not give an address that changed hands the account of the one before', async () => {
    const person = await colleague('Dr Recycled Address');
    provider.people.set('s-old', { email: person.email });
    expect((await entered('s-old', person.email)).id).toBe(person.id);
    provider.people.set('s-new', { email: person.email });
    expect(await refused('s-new', person.email)).toBe('SSO_OTHER_PERSON');
  });
});

describe('somebody who does not work here yet', () => {
  it('is refused, comes in by an invitation, or by a new account where that is switched on', async () => {
    const invited = `invited@${domain}`;
    provider.people.set('s-invited', { email: invited, name: 'Invited Person' });
    expect(await refused('s-invited', invited)).toBe('SSO_NO_ACCOUNT');
    expect(await userModel.exists({ emailKey: invited })).toBeNull();
    await inviteStaff(organization.ctx(), { name: 'Invited Person', email: invited, role: 'pharmacist' });
    expect(await entered('s-invited', invited)).toMatchObject({ role: 'pharmacist', name: 'Invited Person' });

    await rules({ isJustInTime: true });
    const fresh = `fresh@${domain}`;
    provider.people.set('s-fresh', { email: fresh, name: 'Fresh Person' });
    expect(await entered('s-fresh', fresh)).toMatchObject({ role: 'optometrist', name: 'Fresh Person' });
    await expect(signIn({ email: fresh, password: TEST_PASSWORD }, facts)).rejects.toMatchObject({
      problem: 'WRONG_CREDENTIALS',
    });
  });

  it('gets no more accounts than the plan has, and never the account of another organization or of the company', async () => {
    const _id = objectId(organization.organizationId);
    const before = await organizationModel.findById(_id).select('usage').orFail().lean();
    await organizationModel.updateOne({ _id }, { $set: { 'usage.seats': 9 } });
    const late = `late@${domain}`;
    provider.people.set('s-late', { email: late });
    expect(await refused('s-late', late)).toBe('SSO_FULL');
    expect(await userModel.exists({ emailKey: late })).toBeNull();
    await organizationModel.updateOne({ _id }, { $set: { 'usage.seats': before.usage?.seats ?? 0 } });

    const elsewhere = await other.addStaff('doctor', 'Dr Elsewhere');
    const email = `elsewhere@${domain}`;
    await userModel.updateOne({ _id: objectId(elsewhere.id) }, { $set: { email, emailKey: email } });
    provider.people.set('s-elsewhere', { email });
    expect(await refused('s-elsewhere', email)).toBe('SSO_NO_ACCOUNT');
    await userModel.updateOne({ emailKey: email }, { $set: { platformRole: 'owner' } });
    expect(await refused('s-elsewhere', email)).toBe('SSO_NO_ACCOUNT');
    expect(await membershipModel.exists({ userId: objectId(elsewhere.id), organizationId: _id })).toBeNull();
  });

  it('cannot go on from here into another organization of the same person', async () => {
    const person = await colleague('Dr Two Places');
    await membershipModel.create({
      userId: objectId(person.id),
      organizationId: objectId(other.organizationId),
      role: 'owner',
      status: 'active',
    });
    provider.people.set('s-two', { email: person.email });
    const session = await entered('s-two', person.email);
    const ctx = {
      ...organization.ctx(),
      actor: { kind: 'staff' as const, userId: person.id, name: '', email: '', role: 'doctor' as const },
    };
    await expect(
      switchOrganization(
        ctx,
        { organizationId: other.organizationId },
        { ...facts, sessionId: session.sessionId },
      ),
    ).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('a second factor', () => {
  it('counts when the provider says so or the organization does, and is asked for otherwise', async () => {
    const person = await colleague('Dr Two Factors');
    await rules();
    provider.people.set('s-strong', { email: person.email, amr: ['pwd', 'mfa'] });
    expect(await readPrincipal(await entered('s-strong', person.email))).toMatchObject({
      hasSecondFactor: true,
    });
    provider.people.set('s-strong', { email: person.email, amr: ['pwd'] });
    expect(await readPrincipal(await entered('s-strong', person.email))).toMatchObject({
      hasSecondFactor: false,
    });
    await rules({ countsAsSecondFactor: true });
    expect(await readPrincipal(await entered('s-strong', person.email))).toMatchObject({
      hasSecondFactor: true,
    });

    await rules();
    const _id = objectId(person.id);
    await userModel.updateOne({ _id }, { $set: { secondFactorSince: new Date() } });
    await secondFactorModel.create({ _id, recoveryHashes: [hashRecoveryCode('abcd-efgh')] });
    const done = await (await enter('s-strong', person.email)).done;
    if (done.kind !== 'second-step') throw new Error('no second step');
    expect(done.methods).toBe('recovery');
    const session = await finishSignIn({ challenge: done.challenge, recoveryCode: 'abcd-efgh' }, facts);
    expect(session).toMatchObject({ id: person.id, organizationId: organization.organizationId });
    expect(await sessionModel.findById(session.sessionId).lean()).toMatchObject({
      method: 'single-sign-on',
      isStrong: true,
    });
  });
});

describe('enforced single sign-on', () => {
  const byPassword = (email: string) => signIn({ email, password: TEST_PASSWORD }, facts);

  it('refuses passwords and passkeys, ends such sessions, and lets in the owner for emergencies with a second factor', async () => {
    const person = await colleague('Dr Enforced');
    const owner = organization.owner;
    await expect(rules({ isEnforced: true })).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(rules({ isEnforced: true, breakGlass: [owner.id] })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    await expect(rules({ isEnforced: true, breakGlass: [person.id] })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    const open = await byPassword(person.email);
    const secondFactorSince = new Date();
    await userModel.updateOne({ _id: objectId(owner.id) }, { $set: { secondFactorSince } });
    await rules({ isEnforced: true, breakGlass: [owner.id] });
    expect(await readPrincipal(open)).toBeNull();
    expect(await problemOf(byPassword(person.email))).toBe('SINGLE_SIGN_ON_REQUIRED');
    const user = await userModel.findById(objectId(person.id)).orFail().lean();
    expect(await problemOf(admit(user, facts, { method: 'passkey' }))).toBe('SINGLE_SIGN_ON_REQUIRED');
    // A wrong password says nothing of it.
    expect(await problemOf(signIn({ email: person.email, password: 'wrong' }, facts))).toBe(
      'WRONG_CREDENTIALS',
    );
    provider.people.set('s-enforced', { email: person.email });
    expect((await entered('s-enforced', person.email)).id).toBe(person.id);

    expect(await problemOf(byPassword(owner.email))).toBe('SECOND_FACTOR');
    const boss = await userModel.findById(objectId(owner.id)).orFail().lean();
    expect((await admit(boss, facts, { method: 'second-factor' })).id).toBe(owner.id);
    await expect(assertMayLoseFactor(organization.ctx(), false)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await problemOf(admit({ ...boss, secondFactorSince: null }, facts, { method: 'password' }))).toBe(
      'SINGLE_SIGN_ON_REQUIRED',
    );
    await expect(removeDomain(organization.ctx(), domain)).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('ends with the plan that has it: passwords work again', async () => {
    const _id = objectId(organization.organizationId);
    const person = await colleague('Dr Downgraded');
    await organizationModel.updateOne({ _id }, { $set: { plan: 'professional' } });
    expect((await byPassword(person.email)).id).toBe(person.id);
    expect(await findConnectionFor(person.email)).toBeNull();
    await expect(beginSingleSignOn({ email: person.email, next: '' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await organizationModel.updateOne({ _id }, { $set: { plan: 'enterprise' } });
  });
});

describe('a provider that is down', () => {
  it('is said so, before and on the way back', async () => {
    const email = `anybody@${domain}`;
    const begun = await beginSingleSignOn({ email, next: '' });
    await provider.stop();
    await expect(beginSingleSignOn({ email, next: '' })).rejects.toMatchObject({
      message: expect.stringContaining('does not answer'),
    });
    expect(await problemOf(finishSingleSignOn('?code=x&state=y', begun.state, facts))).toBe(
      'SSO_UNAVAILABLE',
    );
  });
});
