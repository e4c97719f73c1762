'use server';
import { revalidatePath } from 'next/cache';
import { byPlatform } from '@/features/fleet/operations/service/begin';
import { resetToTemplate } from '@/features/fleet/operations/service/reset';
import { platformAction } from '@/lib/actions/platform';
import { paths } from '@/lib/paths';
import { demoInput, resetInput } from './schema';
import { makeDemo } from './service';

export const makeDemoAction = platformAction({
  permission: 'demos:write',
  input: demoInput,
  audit: 'organization.make-demo',
  target: ({ purpose, organizationName }) => `${purpose}:${organizationName}`,
  run: async (ctx, input) => ({ organizationId: await makeDemo(ctx, input) }),
  message: 'It is being made. Its owner is asked for a password by mail.',
});

export const resetDemoAction = platformAction({
  permission: 'demos:write',
  input: resetInput,
  audit: 'organization.reset',
  target: ({ organizationId }) => `organization:${organizationId}`,
  organizationId: ({ organizationId }) => organizationId,
  run: async (ctx, { organizationId }) => {
    await resetToTemplate(byPlatform(ctx), organizationId);
    revalidatePath(paths.platformOrganization(organizationId));
  },
  message: 'The reset has begun. What is in it now is kept for some days.',
});
