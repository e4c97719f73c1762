import 'server-only';
import { op } from '@/lib/mongo';
import type { TenantDatabase } from '@/lib/tenancy/tenant-database';
import { dayOf, timeOf } from '@/lib/time';
import { appointmentModel } from './model';
import { slotAt } from './slots';

/**
 * Keeps the day and the hour of what is booked when the organization's time zone is corrected: that is what
 * people were told. What was booked or moved since is in the new zone already, so a second run changes
 * nothing. An hour that the new zone leaves out keeps its instant. @returns how many were written
 */
export async function followTimeZone(
  ctx: { db: TenantDatabase },
  { from, to, at }: { from: string; to: string; at: string },
): Promise<number> {
  const changedAt = new Date(at);
  const rows = appointmentModel(ctx)
    .find({
      day: op({ $gte: dayOf(changedAt, from) }),
      status: 'booked',
      startsAt: op({ $gt: changedAt }),
      updatedAt: op({ $lt: changedAt }),
    })
    .select('startsAt endsAt updatedAt day')
    .lean()
    .cursor();
  let written = 0;
  for await (const row of rows) {
    const minutes = Math.round((row.endsAt.getTime() - row.startsAt.getTime()) / 60_000);
    const slot = slotIn(row.day, timeOf(row.startsAt, from), minutes, to);
    if (!slot) continue;
    const { modifiedCount } = await appointmentModel(ctx).updateOne(
      { _id: row._id, updatedAt: row.updatedAt },
      { $set: slot, $inc: { version: 1 } },
    );
    written += modifiedCount;
  }
  return written;
}

function slotIn(day: string, time: string, minutes: number, timeZone: string) {
  try {
    return slotAt(day, time, minutes, timeZone);
  } catch {
    return null;
  }
}
