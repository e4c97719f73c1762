import 'server-only';
import type { ClientSession } from 'mongoose';
import type { DayPlan } from '@/features/frontdesk/schedules/policy';
import { readDayPlan } from '@/features/frontdesk/schedules/queries';
import { auditedWrite } from '@/lib/audit/audited';
import { AppError } from '@/lib/errors';
import { objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { formatDay, today } from '@/lib/time';
import { lockDoctorDay, lockPlan, openDoctorDay, openPlan } from './doctor-day';
import { appointmentModel } from './model';
import { OCCUPYING_STATUSES, PAST_GRACE_MINUTES } from './policy';
import { type FreeTime, nextFreeTimes } from './queries';
import { hasRoom, problemWith, type Slot, type SlotProblem, slotAt } from './slots';

type Claim = {
  doctor: { id: string; name: string };
  branchId: string;
  slot: Slot;
  input: { date: string; time: string; durationMinutes: number; overbookReason?: string | undefined };
  now: Date;
  except?: string;
};

/** Why a time may be taken that is not free: what the person wrote, whose right it is. */
type Taking = { overbookReason: string | null };

/**
 * Runs `write` in a transaction in which nobody else can book the doctor's day or change the doctor's hours.
 * @throws AppError CONFLICT with the next free times.
 */
export async function takeTime<T>(
  ctx: TenantContext,
  claim: Claim,
  write: (session: ClientSession, taking: Taking) => Promise<T>,
): Promise<T> {
  const { doctor, branchId, slot, input, except } = claim;
  await Promise.all([openDoctorDay(ctx, doctor.id, input.date), openPlan(ctx, doctor.id)]);
  const outcome = await auditedWrite(
    ctx,
    async (session) => {
      await lockPlan(ctx, doctor.id, session);
      await lockDoctorDay(ctx, doctor.id, input.date, session);
      const of = { day: input.date, timeZone: ctx.timeZone };
      const plan = await readDayPlan(ctx, { doctorId: doctor.id, day: input.date, branchId }, session);
      const busy = await busyOn(ctx, doctor.id, input.date, session, except);
      const problem = problemWith(plan, slot, busy, of);
      if (problem && !mayOverbook(ctx, problem, input)) return { problem, plan };
      return {
        data: await write(session, { overbookReason: problem ? (input.overbookReason ?? null) : null }),
      };
    },
    { isChange: (result) => 'data' in result },
  );
  if ('data' in outcome) return outcome.data;
  throw await timeRefused(ctx, claim, outcome);
}

const mayOverbook = (ctx: TenantContext, problem: SlotProblem, { overbookReason }: Claim['input']): boolean =>
  problem !== 'taken' && Boolean(overbookReason) && ctx.can('overbookings:write');

/** What takes the doctor's time on a day. Call it after `lockDoctorDay` in the same transaction. */
async function busyOn(
  ctx: TenantContext,
  doctorId: string,
  day: string,
  session: ClientSession,
  except?: string,
): Promise<Slot[]> {
  return appointmentModel(ctx)
    .find({
      doctorId: objectId(doctorId, 'doctor'),
      day,
      status: op({ $in: [...OCCUPYING_STATUSES] }),
      ...(except ? { _id: op({ $ne: objectId(except) }) } : {}),
    })
    .select('startsAt endsAt')
    .session(session)
    .lean();
}

type Given = {
  doctorId: string;
  branchId: string;
  day: string;
  slot: Slot;
  except: string;
  isOverbooked: boolean;
};

/**
 * Whether somebody else has the time meanwhile; what was put on top of a full slot on purpose takes nobody's.
 * Call it after `lockDoctorDay` in the same transaction.
 */
export async function isTaken(
  ctx: TenantContext,
  { doctorId, branchId, day, slot, except, isOverbooked }: Given,
  session: ClientSession,
): Promise<boolean> {
  const plan = await readDayPlan(ctx, { doctorId, day, branchId }, session);
  if (isOverbooked && plan.isSet) return false;
  const busy = await busyOn(ctx, doctorId, day, session, except);
  return !hasRoom(plan, slot, busy, { day, timeZone: ctx.timeZone });
}

/** Whether a time may be booked like any other. Call it after both locks in the same transaction. */
export async function isFree(
  ctx: TenantContext,
  { doctorId, branchId, day, slot }: Pick<Given, 'doctorId' | 'branchId' | 'day' | 'slot'>,
  session: ClientSession,
): Promise<boolean> {
  const plan = await readDayPlan(ctx, { doctorId, day, branchId }, session);
  const busy = await busyOn(ctx, doctorId, day, session);
  return problemWith(plan, slot, busy, { day, timeZone: ctx.timeZone }) === null;
}

type Refusal = { problem: SlotProblem; plan: DayPlan };

const sentenceOf = ({ doctor, input }: Claim, { problem, plan }: Refusal): string => {
  const { time, date } = input;
  switch (problem) {
    case 'taken':
      return `${doctor.name} is already booked at ${time}.`;
    case 'full':
      return plan.capacity === 1
        ? `${doctor.name} is already booked at ${time}.`
        : `All ${plan.capacity} places with ${doctor.name} at ${time} are taken.`;
    case 'kept':
      return `What is left with ${doctor.name} at ${time} is kept for patients without an appointment.`;
    case 'away':
      return `${doctor.name} is away at ${time} on ${formatDay(date)}.`;
    case 'closed':
      return `${doctor.name} sees nobody at ${time} on ${formatDay(date)}.`;
    case 'between':
      return `${time} lies between two slots of ${doctor.name}.`;
  }
};

async function timeRefused(ctx: TenantContext, claim: Claim, refusal: Refusal): Promise<AppError> {
  const { doctor, branchId, slot, input, now, except } = claim;
  const free = await nextFreeTimes(ctx, {
    ...{ doctorId: doctor.id, branchId },
    durationMinutes: input.durationMinutes,
    from: input.date,
    after: slot.startsAt,
    now,
    except,
  });
  const hint =
    free.length > 0 ? `Next free: ${inWords(free, input.date)}.` : 'Nothing is free in the next two weeks.';
  const mayWithReason = refusal.problem !== 'taken' && ctx.can('overbookings:write');
  const anyway = mayWithReason ? ' To book it anyway, say why.' : '';
  return new AppError('CONFLICT', `${sentenceOf(claim, refusal)} ${hint}${anyway}`, {
    field: mayWithReason ? 'overbookReason' : 'time',
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
