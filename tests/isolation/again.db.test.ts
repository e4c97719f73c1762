/// <reference types="vite/client" />
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { exportOrganizationAction } from '@/features/fleet/operations/actions';
import { removePasskeyAction } from '@/features/identity/passkeys/actions';
import { removePinAction } from '@/features/identity/shared-computer/actions';
import { changeRoleAction } from '@/features/identity/staff/actions';
import { giveAccessAction } from '@/features/support/support-access/actions';
import type { ActionResult } from '@/lib/action-result';
import { definitionOf } from '@/lib/actions/gated';
import { jobModel } from '@/lib/master/models/job';
import { membershipModel } from '@/lib/master/models/membership';
import { operationModel } from '@/lib/master/models/operation';
import { passkeyModel } from '@/lib/master/models/passkey';
import { supportGrantModel } from '@/lib/master/models/support-grant';
import { userModel } from '@/lib/master/models/user';
import { objectId } from '@/lib/mongo';
import { clearPoints } from '@/lib/rate-limit/limiter';
import { revisionOf } from '@/lib/revision';
import { closeConnections, TEST_PASSWORD, testOrganization } from '@/tests/builders/organization';
import { staffPrincipal } from '@/tests/builders/principals';
import { request } from '@/tests/emulators/request';
import '@/server/tenant-models';

const files = import.meta.glob<Record<string, unknown>>('/features/**/actions.ts', { eager: true });
type Definition = { audit?: string; again?: unknown; tellOwners?: unknown; input?: { shape?: object } };

let org: Awaited<ReturnType<typeof testOrganization>>;
let doctor: Awaited<ReturnType<typeof org.addStaff>>;
beforeAll(async () => {
  org = await testOrganization({ maxUsers: null, plan: 'enterprise' });
  doctor = await org.addStaff('doctor', 'Doctor');
  request.principal = await staffPrincipal(org.organizationId, org.owner, 'owner');
});
afterAll(async () => {
  await org.dispose();
  await closeConnections();
});

beforeEach(() => clearPoints('password-again.user', org.owner.id));

const press = <T>(
  action: (previous: ActionResult<T>, form: FormData) => Promise<ActionResult<T>>,
  fields: Record<string, string>,
): Promise<ActionResult<T>> => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return action({ status: 'idle' }, form);
};
const subjectsTo = async (email: string): Promise<string[]> =>
  (await jobModel.find({ kind: 'mail.send', 'payload.to': email }).lean()).map(({ payload }) =>
    String(payload?.subject),
  );

/** What of one's own, of the organization or of its people a session alone must not do. */
const WEIGHTY =
  /^account\.(passkey|pin|second-factor|recovery-codes|password|email)|^organization\.(export|database|single-sign-on)|^support-access\.(allow|give)|^staff\.(invite|role)$/;
/** Weighty by name, and yet free: they take nothing away and give nothing out. */
const FREE = [
  'account.passkey.add',
  'account.passkey.ask',
  'account.passkey.rename',
  'account.passkey.sign-in',
  'account.pin.come-back',
  'account.second-factor.add',
  'account.second-factor.sign-in',
  'account.password.forgot',
  'account.password.reset',
  'account.email.confirm',
  'account.email.resend',
  'account.email.verify',
  'account.email.undo',
  'organization.single-sign-on.test',
];

describe('who they are is asked again', () => {
  it('by every action that is weighty by its name', () => {
    const weighty = Object.values(files).flatMap((exports) =>
      Object.values(exports).flatMap((action) => {
        const definition = definitionOf(action) as Definition | undefined;
        return definition?.audit && WEIGHTY.test(definition.audit) ? [definition] : [];
      }),
    );
    const bare = weighty
      .filter(({ again, input }) => !again && !Object.hasOwn(input?.shape ?? {}, 'currentPassword'))
      .map(({ audit }) => audit);
    expect(bare.filter((audit) => !FREE.includes(audit ?? ''))).toEqual([]);
    expect(weighty.length - bare.length).toBeGreaterThanOrEqual(13);
  });

  it.each([
    ['nothing', {}],
    ['nothing in it', { currentPassword: '' }],
    ['a wrong password', { currentPassword: 'not my password at all' }],
    ['a code of no app', { currentPassword: '123456' }],
    ['too much', { currentPassword: 'x'.repeat(5_000) }],
  ])('and with %s nothing happens and nobody is written to', async (_name, password) => {
    const before = await subjectsTo(org.owner.email);
    await passkeyModel.create({
      _id: `key-${_name}`,
      userId: objectId(org.owner.id),
      name: 'Phone',
      publicKey: 'x',
      counter: 0,
    });
    const access = { reason: 'While we are on the telephone', scope: 'read-only', durationMinutes: '60' };
    for (const refused of [
      await press(removePasskeyAction, { passkeyId: `key-${_name}`, ...password }),
      await press(removePinAction, password),
      await press(exportOrganizationAction, password),
      await press(giveAccessAction, { ...access, ...password }),
      await press(changeRoleAction, {
        userId: doctor.id,
        role: 'owner',
        version: revisionOf({ role: 'doctor' }),
        ...password,
      }),
    ])
      expect(refused).toMatchObject({
        status: 'invalid',
        fieldErrors: { currentPassword: expect.any(Array) },
      });
    const here = { organizationId: objectId(org.organizationId) };
    expect(await passkeyModel.countDocuments({ _id: `key-${_name}` })).toBe(1);
    expect(await operationModel.countDocuments(here)).toBe(0);
    expect(await supportGrantModel.countDocuments(here)).toBe(0);
    expect(await membershipModel.countDocuments({ ...here, role: 'owner' })).toBe(1);
    expect(await subjectsTo(org.owner.email)).toEqual(before);
  });

  it('and with it the person, or each owner, is told', async () => {
    const currentPassword = TEST_PASSWORD;
    await userModel.updateOne({ _id: objectId(org.owner.id) }, { $set: { pinHash: 'x' } });
    expect(await press(removePasskeyAction, { passkeyId: 'key-nothing', currentPassword })).toMatchObject({
      status: 'ok',
    });
    expect(await press(removePinAction, { currentPassword })).toMatchObject({ status: 'ok' });
    expect(await press(exportOrganizationAction, { currentPassword })).toMatchObject({ status: 'ok' });
    expect(
      await press(changeRoleAction, {
        userId: doctor.id,
        role: 'owner',
        version: revisionOf({ role: 'doctor' }),
        currentPassword,
      }),
    ).toMatchObject({ status: 'ok' });
    expect(await subjectsTo(org.owner.email)).toEqual(
      expect.arrayContaining([
        'A passkey was removed from your account',
        'The PIN of your account was removed',
        'An export of everything was asked for',
        'Your organization gets another owner',
      ]),
    );
    expect(await subjectsTo(doctor.email)).toContain('Your organization gets another owner');
  });

  it('not for what is no more than work', async () => {
    const clerk = await org.addStaff('receptionist', 'Clerk');
    expect(
      await press(changeRoleAction, {
        userId: clerk.id,
        role: 'optometrist',
        version: revisionOf({ role: 'receptionist' }),
      }),
    ).toMatchObject({
      status: 'ok',
    });
  });
});
