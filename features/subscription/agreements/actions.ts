'use server';
import { staffAction } from '@/lib/actions/staff';
import { requestFacts } from '@/lib/auth/request';
import { acceptInput } from './schema';
import { acceptAgreements } from './service';

export const acceptAgreementsAction = staffAction({
  permission: 'billing:write',
  input: acceptInput,
  audit: 'agreements.accept',
  run: async (ctx, { terms, 'data-processing': dataProcessing }) => {
    const { ip } = await requestFacts();
    await acceptAgreements(ctx, { terms, 'data-processing': dataProcessing }, ip);
    return { ok: true };
  },
  message: 'Accepted. You can take a copy along.',
});
