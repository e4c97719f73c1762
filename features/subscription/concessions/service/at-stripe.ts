import 'server-only';
import { randomUUID } from 'node:crypto';
import { findCustomerId } from '@/features/subscription/plan-changes/reach';
import type { PlatformContext } from '@/lib/actions/platform';
import { auditedMasterWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError } from '@/lib/errors';

/** @throws AppError NOT_FOUND for no organization, CONFLICT for one that Stripe does not know. */
export async function payingCustomer(organizationId: string): Promise<string> {
  const customer = await findCustomerId(organizationId);
  if (!customer) throw new AppError('CONFLICT', 'This organization is no customer at Stripe yet.');
  return customer;
}

/** Names a press at Stripe: the same press is done once there too. */
export const pressAt = (ctx: PlatformContext, what: string): string =>
  `${what}/${ctx.audit?.requestId ?? randomUUID()}`;

/** It is done at Stripe: what was given and why is stored in the company's log. */
export const noteTerms = (ctx: PlatformContext, what: string, why: string): Promise<void> =>
  auditedMasterWrite(ctx, async () =>
    // Not "reason": under that name hospitals keep what is said of patients, which no log repeats.
    noteChange(ctx, { given: '', givenReason: '' }, { given: what, givenReason: why }, [
      'given',
      'givenReason',
    ]),
  );
