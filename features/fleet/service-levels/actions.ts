'use server';
import { revalidatePath } from 'next/cache';
import { platformAction } from '@/lib/actions/platform';
import { paths } from '@/lib/paths';
import { settleMonthInput } from './schema';
import { settleMonth } from './service';

export const settleMonthAction = platformAction({
  permission: 'terms:write',
  input: settleMonthInput,
  again: true,
  audit: 'service-level.settle',
  target: ({ organizationId, month }) => `organization:${organizationId}:${month}`,
  organizationId: ({ organizationId }) => organizationId,
  run: async (ctx, input) => {
    const words = await settleMonth(ctx, input);
    revalidatePath(paths.platformOrganization(input.organizationId));
    return { words };
  },
  message: ({ words }) => `${words}.`,
});
