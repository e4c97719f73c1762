import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { branchRecalls } from '@/features/fleet/migrations/branch-recalls';
import { noteRecalls } from '@/features/fleet/migrations/note-recalls';
import { appointmentModel } from '@/features/frontdesk/appointments/model';
import {
  cancelAppointment,
  markNoShow,
  moveAppointment,
  undoNoShow,
} from '@/features/frontdesk/appointments/service';
import { visitModel } from '@/features/frontdesk/queue/model';
import { checkInInput } from '@/features/frontdesk/queue/schema';
import { checkIn } from '@/features/frontdesk/queue/service/check-in';
import { patientChangeModel } from '@/features/patients/notes/model';
import { patientModel } from '@/features/patients/patients/model';
import { setPatientActive } from '@/features/patients/patients/service';
import { FIRST_BRANCH_ID } from '@/lib/branches';
import { isSealed } from '@/lib/crypto/field-cipher';
import type { TenantContext } from '@/lib/tenancy/context';
import { dayOf, shiftDay, shiftMonth, today } from '@/lib/time';
import { instantAt } from '@/lib/wall-clock';
import { expectIndexed } from '@/tests/assertions/explain';
import { anAppointment } from '@/tests/builders/appointment';
import { aBranch, branchesNow } from '@/tests/builders/branch';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { aPatient } from '@/tests/builders/patient';
import { aVisit } from '@/tests/builders/visit';
import { dueDay, duePeriods } from './policy';
import { countRecalls, findRecalls, listRecalls } from './queries';
import { recallQuery } from './schema';
import { refreshRecalls } from './service';

const ZONE = 'Asia/Kathmandu';

describe('who is due again', () => {
  let organization: Awaited<ReturnType<typeof testOrganization>>;
  let starter: TenantContext;
  let ctx: TenantContext;
  let doctorId: string;
  let number = 0;
  const present = today(ZONE);
  const month = present.slice(0, 7);
  /** A day in the middle of the month so many months ago. */
  const ago = (months: number) => `${shiftMonth(month, -months)}-15`;
  beforeAll(async () => {
    organization = await testOrganization({ timeZone: ZONE, plan: 'professional' });
    starter = organization.ctx();
    const features = { ...starter.organization.features, enableAnalytics: true };
    ctx = { ...starter, organization: { ...starter.organization, features } };
    doctorId = (await organization.doctor({ name: 'Dr Rao' })).id;
  });
  afterAll(async () => {
    await organization.dispose();
    await closeConnections();
  });

  async function patient(...visitDays: string[]): Promise<string> {
    number += 1;
    const { id } = await aPatient(ctx, {
      firstName: `Asha ${'abcdefghijklmnop'[number] ?? 'z'}`,
      dateOfBirth: `19${50 + number}-01-01`,
    });
    for (const day of visitDays) await aVisit(ctx, { patientId: id }, instantAt(day, '10:00', ZONE));
    return id;
  }
  const book = (patientId: string, date: string, time = '10:00') =>
    anAppointment(ctx, { patientId, doctorId, date, time });

  /** Everything is read, and each patient looked at by the words of the rule. */
  async function expectPlain(): Promise<void> {
    const [patients, visits, appointments] = await Promise.all([
      patientModel(ctx).find().lean(),
      visitModel(ctx).find().lean(),
      appointmentModel(ctx).find().lean(),
    ]);
    const waiting = patients.flatMap(({ _id, isActive }) => {
      const came = visits.filter((one) => one.patientId.equals(_id)).map(({ day }) => day);
      const booked = appointments
        .filter((one) => one.patientId.equals(_id) && one.status === 'booked')
        .map(({ day }) => day);
      return isActive && came.length > 0
        ? [{ id: _id.toString(), since: [...came, ...booked].sort().at(-1) }]
        : [];
    });
    for (const months of ['6', '12', '24'] as const) {
      const counts = await countRecalls(ctx, { months });
      for (const due of duePeriods(present)) {
        const expected = waiting
          .map(({ id, since = '' }) => ({ id, since, dueDay: dueDay(since, months) }))
          .filter((one) => one.dueDay.startsWith(due))
          .sort((a, b) => (a.since + a.id < b.since + b.id ? -1 : 1));
        const { patients: listed } = await listRecalls(ctx, recallQuery.parse({ months, due }));
        expect(listed.map(({ id, dueDay: on }) => [id, on])).toEqual(
          expected.map(({ id, dueDay: on }) => [id, on]),
        );
        expect(counts.find((one) => one.due === due)).toMatchObject({
          patients: expected.length,
          isMore: false,
        });
      }
    }
  }
  const sinceOf = async (id: string) => {
    await refreshRecalls(ctx);
    return (await patientModel(ctx).findById(id).lean())?.recallFrom;
  };

  it('follows visits and appointments as the services write them', async () => {
    const [once, never] = [await patient(ago(12)), await patient()];
    await patient(ago(14), ago(6));
    await patient(ago(30));
    expect(await sinceOf(once)).toBe(ago(12));
    await expectPlain();

    const next = shiftDay(present, 7);
    const first = await book(once, next);
    await book(never, next, '11:00');
    expect(await sinceOf(once)).toBe(next);
    expect(await sinceOf(never)).toBeUndefined();
    await expectPlain();

    const moved = await moveAppointment(ctx, {
      appointmentId: first.id,
      doctorId,
      date: shiftDay(next, 3),
      time: '12:00',
      durationMinutes: 15,
      version: first.version,
    });
    expect(await sinceOf(once)).toBe(shiftDay(next, 3));
    const begun = new Date(Date.parse(moved.appointment.startsAt) + 60_000);
    await markNoShow(ctx, first.id, begun);
    expect(await sinceOf(once)).toBe(ago(12));
    await undoNoShow(ctx, first.id);
    expect(await sinceOf(once)).toBe(shiftDay(next, 3));
    await cancelAppointment(ctx, { appointmentId: first.id, cancelReason: 'Asked to' });
    expect(await sinceOf(once)).toBe(ago(12));

    await setPatientActive(ctx, once, false);
    expect(await sinceOf(once)).toBeUndefined();
    await expectPlain();
    await setPatientActive(ctx, once, true);
    expect(await sinceOf(once)).toBe(ago(12));
    await checkIn(ctx, checkInInput.parse({ patientId: once }));
    expect(await sinceOf(once)).toBe(dayOf(new Date(), ZONE));
    await expectPlain();
  });

  it('comes out right when one is booked while another is cancelled', async () => {
    const id = await patient(ago(12));
    const near = shiftDay(present, 10);
    const far = await book(id, shiftDay(present, 20));
    await Promise.all([
      book(id, near, '09:00'),
      cancelAppointment(ctx, { appointmentId: far.id, cancelReason: 'Asked to' }),
    ]);
    expect(await sinceOf(id)).toBe(near);
  });

  it('takes each note once its patient is written, also with several readers at the same time', async () => {
    const id = await patient(ago(12));
    const booked = await book(id, shiftDay(present, 8), '15:00');
    expect(await patientChangeModel(ctx).countDocuments({ patientId: id })).toBeGreaterThan(0);
    await Promise.all([
      refreshRecalls(ctx),
      refreshRecalls(ctx),
      cancelAppointment(ctx, { appointmentId: booked.id, cancelReason: 'Asked to' }),
      refreshRecalls(ctx),
    ]);
    expect(await sinceOf(id)).toBe(ago(12));
    expect(await patientChangeModel(ctx).countDocuments()).toBe(0);
    await expectPlain();
  });

  it('is written for records of before by the migration, which changes nothing the second time', async () => {
    await patientModel(ctx).collection.updateMany({}, { $unset: { recallFrom: 1, recallRevision: 1 } });
    let changed = 0;
    const done = async (_: unknown, count: number) => {
      changed += count;
    };
    await noteRecalls(ctx.db, { from: null, done });
    expect(changed).toBe(5);
    await expectPlain();
    await noteRecalls(ctx.db, { from: null, done });
    expect(changed).toBe(5);
  });

  it('is listed by the branch that saw them last, to who may see it', async () => {
    const { id: there } = await aBranch(organization, 'There', 'TH');
    const branches = await branchesNow(organization);
    const features = { ...starter.organization.features, enableAnalytics: true };
    const at = (branchId: string, isKept = false): TenantContext => {
      const one = organization.ctx('owner', { branches, branchId });
      const kept = isKept ? { isKept, ownBranches: branches.filter(({ id }) => id === branchId) } : {};
      return { ...one, ...kept, organization: { ...one.organization, features } };
    };
    const day = ago(18);
    const [moved, stayed] = [await patient(ago(20)), await patient(day)];
    await aVisit(at(there), { patientId: moved }, instantAt(day, '11:00', ZONE));
    const due = { months: '12' as const, due: shiftMonth(month, -6) };
    const seen = async (who: TenantContext, branch?: string) => {
      const query = recallQuery.parse({ ...due, branch });
      const { patients } = await listRecalls(who, query);
      const counted = (await countRecalls(who, query)).find((one) => one.due === due.due);
      expect(counted?.patients).toBe(patients.length);
      return patients.map(({ id }) => id).sort();
    };
    const expectSeen = async () => {
      const both = await seen(at(FIRST_BRANCH_ID));
      expect(both).toEqual(expect.arrayContaining([moved, stayed]));
      expect(await seen(at(FIRST_BRANCH_ID), there)).toEqual([moved]);
      expect(await seen(at(there), FIRST_BRANCH_ID)).toEqual(both.filter((id) => id !== moved));
      // Who is kept to a branch sees its own, whatever the address asks for.
      expect(await seen(at(there, true), FIRST_BRANCH_ID)).toEqual([moved]);
    };
    await expectSeen();
    // Records of before say nothing, until the migration has looked.
    await patientModel(ctx).collection.updateMany({}, { $unset: { recallBranchId: 1 } });
    const changed: number[] = [];
    const progress = { from: null, done: async (_: unknown, count: number) => void changed.push(count) };
    await branchRecalls(ctx.db, progress);
    await expectSeen();
    await branchRecalls(ctx.db, progress);
    expect(changed).toEqual([1, 0]);
  });

  it('is listed 25 a page by an index alone, with the phone opened', async () => {
    const template = await patientModel(ctx).collection.findOne({});
    if (!template) throw new Error('nobody');
    const { _id: _, number: __, sequence: ___, phone, ...rest } = template;
    expect(isSealed(phone)).toBe(true);
    for (let index = 0; index < 60; index++)
      await patientModel(ctx).create({
        ...rest,
        phone: `98000 ${10_000 + index}`,
        number: `R-${index}`,
        sequence: 1_000 + index,
        // Two or so on each day of one month; five of another year.
        recallFrom: `${ago(index < 55 ? 25 : 36).slice(0, 8)}${String((index % 28) + 1).padStart(2, '0')}`,
      });
    const seen: string[] = [];
    let query = recallQuery.parse({ months: '24', due: shiftMonth(month, -1) });
    for (;;) {
      expectIndexed(await findRecalls(ctx, query).find.explain('executionStats'));
      const { patients, after } = await listRecalls(ctx, query);
      expect(patients.every(({ phone: shown }) => /^98/.test(shown))).toBe(true);
      seen.push(...patients.map(({ id }) => id));
      if (!after) break;
      query = { ...query, after };
    }
    expect(seen).toHaveLength(55);
    expect(new Set(seen).size).toBe(55);
  });

  it('is refused to a plan without analytics', async () => {
    const refused = { code: 'PAYMENT_REQUIRED' };
    await expect(listRecalls(starter, recallQuery.parse({}))).rejects.toMatchObject(refused);
    await expect(countRecalls(starter, { months: '12' })).rejects.toMatchObject(refused);
  });
});
