import { afterAll, beforeAll, expect, it } from 'vitest';
import { jobModel } from '@/lib/master/models/job';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { inviteStaffInput } from './schema';
import { inviteStaff, revokeInvitation } from './service/invitations';

let orgs: Awaited<ReturnType<typeof testOrganization>>[];
beforeAll(async () => {
  orgs = [
    await testOrganization({ maxUsers: null }),
    await testOrganization({ maxUsers: null }),
    await testOrganization({ maxUsers: null }),
  ];
});
afterAll(async () => {
  for (const org of orgs) await org.dispose();
  await closeConnections();
});

it('a stranger gets few invitations in an hour, whatever is revoked in between and whoever sends them', async () => {
  const email = 'stranger@elsewhere.test';
  const sent = async () => jobModel.countDocuments({ kind: 'mail.send', 'payload.to': email });
  const perOrganization: number[] = [];
  for (const org of orgs) {
    const before = await sent();
    for (let round = 0; round < 14; round++) {
      const ctx = org.ctx('owner');
      const spelled = round % 2 ? email : email.toUpperCase();
      const input = inviteStaffInput.parse({ name: 'Stranger', email: spelled, role: 'doctor' });
      const invited = await inviteStaff(ctx, { ...input, email }).catch((error: unknown) => {
        expect(error).toMatchObject({ code: 'TOO_MANY_REQUESTS' });
      });
      if (invited) await revokeInvitation(ctx, invited.id);
    }
    perOrganization.push((await sent()) - before);
  }
  expect(perOrganization).toEqual([10, 10, 0]);
  const [first] = orgs;
  if (!first) throw new Error('there is no organization');
  const another = inviteStaffInput.parse({ name: 'Other', email: 'other@elsewhere.test', role: 'doctor' });
  expect((await inviteStaff(first.ctx('owner'), another)).email).toBe('other@elsewhere.test');
});

it('its names hold no address and no line break', () => {
  const fields = { email: 'stranger@elsewhere.test', role: 'doctor' };
  for (const name of ['Win at https://evil.test', 'Asha\r\nBcc: x@y.test', 'evil.com'])
    expect(inviteStaffInput.safeParse({ ...fields, name }).success, name).toBe(false);
});
