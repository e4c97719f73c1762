'use server';
import { staffAction } from '@/lib/actions/staff';
import { getPrincipal } from '@/lib/auth/principal';
import { requestFacts } from '@/lib/auth/request';
import { setSessionCookie } from '@/lib/auth/session-cookie';
import { leaveOrganizationInput, switchOrganizationInput } from './schema';
import { leaveOrganization, switchOrganization } from './service';

export const switchOrganizationAction = staffAction({
  permission: 'today:read',
  beforeSecondFactor: true,
  input: switchOrganizationInput,
  audit: 'account.organization.switch',
  run: async (ctx, input) => {
    const sessionId = (await getPrincipal())?.sessionId ?? '';
    await setSessionCookie(await switchOrganization(ctx, input, { ...(await requestFacts()), sessionId }));
  },
});

export const leaveOrganizationAction = staffAction({
  permission: 'today:read',
  beforeSecondFactor: true,
  input: leaveOrganizationInput,
  audit: 'account.organization.leave',
  run: (ctx, input) => leaveOrganization(ctx, input),
});
