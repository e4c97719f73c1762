import 'server-only';
import type { ClientSession } from 'mongoose';
import { auditedWrite } from '@/lib/audit/audited';
import { AppError } from '@/lib/errors';
import { objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { formatDay, today } from '@/lib/time';
import { lockDoctorDay, openDoctorDay } from './doctor-day';
import { appointmentModel } from './model';
import { OCCUPYING_STATUSES, PAST_GRACE_MINUTES } from './policy';
import { type FreeTime, nextFreeTimes } from './queries';
import { type Slot, slotAt } from './slots';

type Claim = {
  doctor: { id: string; name: string };
  slot: Slot;
  input: { date: string; time: string; durationMinutes: number };
  now: Date;
  except?: string;
};

/**
 * Runs `write` in a transaction in which nobody else can book the doctor's day.
 * @throws AppError CONFLICT with the next free times.
 */
export async function takeTime<T>(
  ctx: TenantContext,
  claim: Claim,
  write: (session: ClientSession) => Promise<T>,
): Promise<T> {
  const { doctor, slot, input, except } = claim;
  await openDoctorDay(ctx, doctor.id, input.date);
  const outcome = await auditedWrite(
    ctx,
    async (session) => {
      await lockDoctorDay(ctx, doctor.id, input.date, session);
      if (await isTaken(ctx, doctor.id, input.date, slot, session, except)) return null;
      return { data: await write(session) };
    },
    { isChange: (result) => result !== null },
  );
  if (!outcome) throw await timeTaken(ctx, claim);
  return outcome.data;
}

/** Whether something else takes the doctor's time. Call it after `lockDoctorDay` in the same transaction. */
export async function isTaken(
  ctx: TenantContext,
  doctorId: string,
  day: string,
  slot: Slot,
  session: ClientSession,
  except?: string,
): Promise<boolean> {
  const clash = await appointmentModel(ctx)
    .findOne({
      doctorId: objectId(doctorId, 'doctor'),
      day,
      startsAt: op({ $lt: slot.endsAt }),
      endsAt: op({ $gt: slot.startsAt }),
      status: op({ $in: [...OCCUPYING_STATUSES] }),
      ...(except ? { _id: op({ $ne: objectId(except) }) } : {}),
    })
    .select('_id')
    .session(session)
    .lean();
  return clash !== null;
}

async function timeTaken(ctx: TenantContext, { doctor, slot, input, now, except }: Claim): Promise<AppError> {
  const free = await nextFreeTimes(ctx, {
    doctorId: doctor.id,
    durationMinutes: input.durationMinutes,
    from: input.date,
    after: slot.startsAt,
    now,
    except,
  });
  const hint =
    free.length > 0 ? `Next free: ${inWords(free, input.date)}.` : 'Nothing is free in the next two weeks.';
  return new AppError('CONFLICT', `${doctor.name} is already booked at ${input.time}. ${hint}`, {
    field: 'time',
  });
}

const inWords = (free: FreeTime[], day: string): string =>
  free.map((each) => (each.day === day ? each.time : `${formatDay(each.day)} at ${each.time}`)).join(', ');

/** @throws AppError INVALID_INPUT for a time that is past, does not exist or ends on another day. */
export function slotToCome(
  ctx: TenantContext,
  input: { date: string; time: string; durationMinutes: number },
  now: Date,
): Slot {
  const slot = slotAt(input.date, input.time, input.durationMinutes, ctx.timeZone);
  if (slot.startsAt.getTime() < now.getTime() - PAST_GRACE_MINUTES * 60_000) {
    const isToday = input.date === today(ctx.timeZone, now);
    const sentence = isToday
      ? `${input.time} has already passed. Choose a later time.`
      : 'That day has already passed. Choose today or a later day.';
    throw new AppError('INVALID_INPUT', sentence, { field: isToday ? 'time' : 'date' });
  }
  return slot;
}
