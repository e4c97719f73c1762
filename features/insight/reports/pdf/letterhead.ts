import 'server-only';
import { getLetterhead } from '@/features/identity/papers/queries';
import { organizationModel } from '@/lib/master/models/organization';
import { objectId } from '@/lib/mongo';
import { openSheet, type Sheet } from '@/lib/pdf/sheet';
import type { TenantContext } from '@/lib/tenancy/context';
import { formatDay, formatInstant } from '@/lib/time';
import { inMinutes, inPercent } from '../labels';
import type { Range } from '../schema';

const periodOf = ({ from, to, days }: Range): string =>
  days === 1 ? formatDay(from) : `${formatDay(from)} to ${formatDay(to)}, ${days} days`;
export const minutesOr = (minutes: number | null): string =>
  minutes === null ? '\u2013' : inMinutes(minutes);
export const noShows = ({ missed, due }: { missed: number; due: number }): string =>
  due > 0 ? inPercent(missed / due) : '\u2013';

/** A sheet under the hospital's letterhead. */
export async function letterhead(ctx: TenantContext, title: string, range: Range, now: Date): Promise<Sheet> {
  const [row, own] = await Promise.all([
    organizationModel.findById(objectId(ctx.organizationId)).select('phone email').lean(),
    getLetterhead(ctx),
  ]);
  const contact = own.address ? [own.address.replaceAll('\n', ', '), own.phone] : [row?.phone, row?.email];
  return openSheet({
    organization: own.name,
    contact: contact.filter(Boolean).join('  \u00b7  '),
    title,
    period: periodOf(range),
    printed: `${ctx.actor.name}, ${formatInstant(now, ctx.timeZone)}`,
  });
}
