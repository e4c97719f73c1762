import { summarizeUse } from '@/features/fleet/usage/summarize';
import { membershipModel } from '@/lib/master/models/membership';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { countUse, flushUse } from '@/lib/usage/recorder';
import { aTicket } from '@/tests/builders/ticket';

const DAY_MS = 24 * 60 * 60_000;
const OPENED = ['queue', 'patients', 'patients', 'appointments', 'today', 'medicines', 'reports'];

/** What the company sees of a hospital that has worked for a month: use of the product, and a question. */
export async function seedCompanySide(ctx: TenantContext): Promise<void> {
  const now = new Date();
  // Asked once for all days: the embedded server reads through everything for it.
  const size = await ctx.db.stats();
  const db = { stats: async () => size };
  const members = await membershipModel
    .find({ organizationId: objectId(ctx.organizationId), status: 'active' })
    .select('userId')
    .lean();
  for (let daysAgo = 29; daysAgo >= 0; daysAgo--) {
    const at = new Date(now.getTime() - daysAgo * DAY_MS);
    const isSunday = at.getUTCDay() === 0;
    for (const [index, { userId }] of members.entries()) {
      if (isSunday || (daysAgo * 3 + index * 5) % 7 === 0) continue;
      for (let page = 0; page < 20 + ((daysAgo + index) % 9); page++) {
        const feature = OPENED[(page * 3 + index) % OPENED.length] ?? 'today';
        countUse(
          { organizationId: ctx.organizationId, userId: userId.toString(), feature, kind: 'page' },
          at,
        );
      }
    }
    await flushUse();
    await summarizeUse(ctx.organizationId, db, at);
  }
  const question = {
    category: 'question',
    priority: 'normal',
    subject: 'Can two receptionists share one screen?',
    message:
      'We have one computer at the desk and two people who take turns.\n\nHow do they change places quickly?',
  } as const;
  await aTicket(ctx, question, new Date(now.getTime() - 3 * 60 * 60_000));
}
