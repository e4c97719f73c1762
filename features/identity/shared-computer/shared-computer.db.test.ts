import { afterAll, beforeAll, expect, it } from 'vitest';
import { recordSignIn } from '@/features/identity/account/record-sign-in';
import { switchOrganization } from '@/features/identity/memberships/service';
import { auditEventModel } from '@/lib/audit/ledger';
import { leaveSession, readPrincipal } from '@/lib/auth/principal';
import { signIn } from '@/lib/auth/sign-in';
import { randomToken } from '@/lib/crypto/cipher';
import { membershipModel } from '@/lib/master/models/membership';
import { sessionModel } from '@/lib/master/models/session';
import { userModel } from '@/lib/master/models/user';
import { objectId } from '@/lib/mongo';
import { closeConnections, TEST_PASSWORD, testOrganization } from '@/tests/builders/organization';
import { hasPin, listPeople } from './queries';
import { comeBack, leaveComputer, removePin, setPin } from './service';

const PIN = '384951';
let organization: Awaited<ReturnType<typeof testOrganization>>;
beforeAll(async () => {
  organization = await testOrganization();
  await setPin(organization.ctx('owner'), { currentPassword: TEST_PASSWORD, pin: PIN });
});
afterAll(async () => {
  await organization.dispose();
  await closeConnections();
});

const at = (deviceId: string) => ({ ip: '10.0.0.7', userAgent: 'test', deviceId });
/** Signed in at a shared computer, which was then left. */
async function leave(deviceId = randomToken()) {
  const session = await signIn({ email: organization.owner.email, password: TEST_PASSWORD }, at(deviceId));
  await leaveComputer(session.sessionId, deviceId);
  const [waiting] = await listPeople(deviceId);
  return { session, deviceId, person: waiting?.person ?? '' };
}

it('asks for the password before a PIN is chosen, and stores no digits', async () => {
  const ctx = organization.ctx('owner');
  await expect(setPin(ctx, { currentPassword: 'wrong', pin: PIN })).rejects.toMatchObject({
    field: 'currentPassword',
  });
  const user = await userModel.findById(objectId(organization.owner.id)).select('+pinHash').lean();
  expect(user?.pinHash).toMatch(/^\$argon2id\$/);
  expect(await hasPin(ctx)).toBe(true);
});

it('leaves a session that opens nothing, and brings its person back into a new one with the old end', async () => {
  const { session, deviceId, person } = await leave();
  expect(await readPrincipal(session)).toBeNull();
  const back = await comeBack({ person, pin: PIN }, at(deviceId));
  expect(back).toMatchObject({ id: organization.owner.id, organizationId: organization.organizationId });
  const principal = await readPrincipal(back);
  expect(principal?.kind === 'staff' && principal.method).toBe('password');
  // A copy of the earlier cookie stays dead.
  expect(await readPrincipal(session)).toBeNull();
  const rows = await sessionModel.find({ deviceId }).sort({ createdAt: 1 }).lean();
  expect(rows[1]?.expiresAt).toEqual(rows[0]?.expiresAt);
  expect(await listPeople(deviceId)).toEqual([]);

  await recordSignIn(back.sessionId);
  const entry = await auditEventModel(organization.ctx('owner'))
    .findOne({ action: 'account.sign-in' })
    .lean();
  expect(entry).toMatchObject({
    target: 'sign-in:pin',
    ip: '10.0.0.7',
    actor: { id: organization.owner.id },
  });
});

it('opens nothing at another computer, after the end of the session, or twice', async () => {
  const { deviceId, person } = await leave();
  const elsewhere = randomToken();
  await expect(comeBack({ person, pin: PIN }, at(elsewhere))).rejects.toMatchObject({
    code: 'UNAUTHENTICATED',
  });
  await expect(comeBack({ person, pin: PIN }, { ip: '', userAgent: '' })).rejects.toMatchObject({
    code: 'UNAUTHENTICATED',
  });
  const tomorrow = new Date(Date.now() + 12.1 * 3_600_000);
  await expect(comeBack({ person, pin: PIN }, at(deviceId), tomorrow)).rejects.toMatchObject({
    code: 'UNAUTHENTICATED',
  });
  const both = await Promise.allSettled([1, 2].map(() => comeBack({ person, pin: PIN }, at(deviceId))));
  expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

it('asks for the password after five wrong PINs', async () => {
  const { deviceId, person } = await leave();
  for (const left of [4, 3, 2, 1])
    await expect(comeBack({ person, pin: '111112' }, at(deviceId))).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      field: 'pin',
      message: expect.stringContaining(String(left)),
    });
  await expect(comeBack({ person, pin: '111112' }, at(deviceId))).rejects.toMatchObject({
    code: 'UNAUTHENTICATED',
  });
  await expect(comeBack({ person, pin: PIN }, at(deviceId))).rejects.toMatchObject({
    code: 'UNAUTHENTICATED',
  });
  expect(await listPeople(deviceId)).toEqual([]);
});

it('may no more than before, however the sign-in was and however often it came back', async () => {
  const other = await testOrganization();
  const mine = objectId(organization.owner.id);
  await membershipModel.create({
    userId: mine,
    organizationId: objectId(other.organizationId),
    role: 'doctor',
    status: 'active',
  });
  const request = { organizationId: other.organizationId };
  for (const method of ['single-sign-on', 'password', 'passkey'] as const) {
    const deviceId = randomToken();
    let person = await signIn({ email: organization.owner.email, password: TEST_PASSWORD }, at(deviceId));
    await sessionModel.updateOne(
      { _id: person.sessionId },
      { $set: { method, organizationId: objectId(organization.organizationId), isStrong: false } },
    );
    for (let round = 0; round < 2; round++) {
      await leaveComputer(person.sessionId, deviceId);
      const [waiting] = await listPeople(deviceId);
      person = await comeBack({ person: waiting?.person ?? '', pin: PIN }, at(deviceId));
    }
    const session = await sessionModel.findById(person.sessionId).lean();
    expect(session).toMatchObject({ method, isReturn: true, isStrong: false });
    const switching = switchOrganization(organization.ctx('owner'), request, {
      ...at(deviceId),
      sessionId: person.sessionId,
    });
    if (method === 'single-sign-on') await expect(switching).rejects.toMatchObject({ code: 'FORBIDDEN' });
    else expect((await switching).organizationId).toBe(other.organizationId);
  }
  await membershipModel.deleteOne({ userId: mine, organizationId: objectId(other.organizationId) });
  await other.dispose();
});

it('locks at a shared computer when nobody did anything, and ends elsewhere', async () => {
  const deviceId = randomToken();
  const enter = (request: Parameters<typeof signIn>[1]) =>
    signIn({ email: organization.owner.email, password: TEST_PASSWORD }, request);
  const [shared, own] = [await enter(at(deviceId)), await enter({ ip: '10.0.0.8', userAgent: 'test' })];
  expect(await leaveSession(shared.sessionId, 'idle')).toBe(true);
  expect(await leaveSession(own.sessionId, 'idle')).toBe(false);
  expect(await readPrincipal(own)).toBeNull();
  expect(await listPeople(deviceId)).toHaveLength(1);
});

it('lets nobody back who was suspended, whose sessions were ended or whose PIN is gone', async () => {
  const mine = { userId: objectId(organization.owner.id) };
  const suspended = await leave();
  await membershipModel.updateOne(mine, { $set: { status: 'suspended' } });
  await expect(
    comeBack({ person: suspended.person, pin: PIN }, at(suspended.deviceId)),
  ).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  await membershipModel.updateOne(mine, { $set: { status: 'active' } });

  // As a new password or "End all other sessions" does.
  const ended = await leave();
  await sessionModel.updateMany({ ...mine, revokedAt: null }, { $set: { revokedAt: new Date() } });
  await expect(comeBack({ person: ended.person, pin: PIN }, at(ended.deviceId))).rejects.toMatchObject({
    code: 'UNAUTHENTICATED',
  });

  const last = await leave();
  await removePin(organization.ctx('owner'));
  await expect(comeBack({ person: last.person, pin: PIN }, at(last.deviceId))).rejects.toMatchObject({
    code: 'UNAUTHENTICATED',
  });
  const session = await signIn(
    { email: organization.owner.email, password: TEST_PASSWORD },
    at(last.deviceId),
  );
  await expect(leaveComputer(session.sessionId, last.deviceId)).rejects.toMatchObject({ code: 'CONFLICT' });
  expect(await readPrincipal(session)).not.toBeNull();
});
