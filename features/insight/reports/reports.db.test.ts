import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appointmentModel } from '@/features/frontdesk/appointments/model';
import { STATUS_LABEL } from '@/features/frontdesk/appointments/policy';
import { queueEntryModel } from '@/features/frontdesk/queue/model';
import type { Cell } from '@/lib/columns';
import { newObjectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { shiftDay, today as todayIn } from '@/lib/time';
import { readPdf } from '@/tests/assertions/pdf-text';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { analyticsLines, reportLines } from './csv';
import { analyticsPdf } from './pdf/analytics';
import { basicReportPdf } from './pdf/basic';
import { getAnalytics, getBasicReport, getFirstNumbers } from './queries';
import { ANALYTICS_EXPORTS, daysOf, EXPORTS, rangeOf } from './schema';

describe('the reports of an organization', () => {
  let organization: Awaited<ReturnType<typeof testOrganization>>;
  let ctx: TenantContext;
  let pro: TenantContext;
  beforeAll(async () => {
    organization = await testOrganization();
    ctx = organization.ctx();
    const features = { ...ctx.organization.features, enableAnalytics: true };
    pro = { ...ctx, organization: { ...ctx.organization, features } };
  });
  afterAll(async () => {
    await organization.dispose();
    await closeConnections();
  });

  it('count what happened within the range and nothing outside it', async () => {
    const day = todayIn(ctx.timeZone);
    const one = (onDay: string, status: 'booked' | 'completed' | 'no-show') => ({
      patientId: newObjectId(),
      patientName: 'Asha Rai',
      patientNumber: 'P-1',
      doctorId: newObjectId(),
      doctorName: 'Dr Rao',
      startsAt: new Date(`${onDay}T05:00:00Z`),
      endsAt: new Date(`${onDay}T05:15:00Z`),
      day: onDay,
      status,
      bookedByName: 'Owner',
      version: 0,
    });
    await appointmentModel(ctx).create([
      one(day, 'booked'),
      one(day, 'completed'),
      one(shiftDay(day, -3), 'no-show'),
      one(shiftDay(day, -60), 'completed'),
    ]);
    const joined = Date.parse(`${day}T05:00:00Z`);
    const step = (status: 'done' | 'skipped', minutes: number, sequence: number) => ({
      visitId: newObjectId(),
      patientId: newObjectId(),
      patient: { name: 'Asha Rai', number: 'P-1', sex: 'female', dateOfBirth: '1980-01-01' },
      day,
      token: sequence,
      sequence,
      station: 'doctor' as const,
      status,
      isOpen: false,
      priority: 'normal' as const,
      priorityRank: 1,
      waitingSince: new Date(joined),
      queuedAt: new Date(joined),
      ...(status === 'done' ? { startedAt: new Date(joined + minutes * 60_000) } : {}),
      timesRequeued: 0,
      byUserId: 'u',
      byName: 'Owner',
    });
    await queueEntryModel(ctx).create([step('done', 10, 1), step('done', 25, 2), step('skipped', 500, 3)]);

    const range = rangeOf({}, day);
    const report = await getBasicReport(ctx, range);
    expect(report.now).toMatchObject({ booked: 3, missed: 1, due: 2 });
    expect(report.before.booked).toBe(0);
    expect(report.days.map((one) => one.day)).toEqual(daysOf(range));
    expect(report.days.at(-1)).toMatchObject({ day, booked: 2 });
    expect(Object.fromEntries(report.appointments.map((row) => [row.status, row.count]))).toMatchObject({
      booked: 1,
      completed: 1,
      'no-show': 1,
      cancelled: 0,
    });
    expect(await getFirstNumbers(ctx)).toEqual({ patients: 0, visitsThisMonth: 0 });

    const paper = readPdf(await basicReportPdf(ctx, report, range)).text;
    expect(paper).toContain(ctx.organization.name);
    // The same figures as on the page: 1 of 2 appointments missed, the counts of each status.
    expect(paper).toContain('1 of 2 appointments');
    for (const { status, count } of report.appointments) {
      const at = paper.indexOf(STATUS_LABEL[status]);
      expect(paper[at + 1], status).toBe(String(count));
    }
    const analytics = await getAnalytics(pro, range);
    const sheets = readPdf(await analyticsPdf(pro, analytics, range)).text;
    expect(sheets[sheets.indexOf('Doctor', sheets.indexOf('Stations')) + 1]).toBe('2');
    expect(analytics.days).toHaveLength(30);
    expect(analytics.days.at(-1)).toMatchObject({ day, kept: 1, booked: 1, missed: 0 });
    expect(analytics.days.reduce((sum, row) => sum + row.missed, 0)).toBe(1);
    expect(analytics.stations.find(({ station }) => station === 'doctor')).toMatchObject({
      patients: 2,
      waitMinutes: 17.5,
      medianMinutes: 10,
      p90Minutes: 25,
    });
    expect(analytics.bottleneck?.station).toBe('doctor');
    expect(analytics.utilisation.doctors.map(({ bookedMinutes }) => bookedMinutes).sort()).toEqual([
      0, 15, 15,
    ]);
    expect(analytics.utilisation.doctors.map(({ missedMinutes }) => missedMinutes).sort()).toEqual([
      0, 0, 15,
    ]);
    // A quarter of an hour of eight.
    expect(sheets.slice(sheets.indexOf("Use of doctors' time"))).toContain('3 % (\u2013)');
    expect(analytics.forecast).toBeNull();
  });

  it('refuse analytics to a plan without them, whoever asks', async () => {
    await expect(getAnalytics(ctx, rangeOf({}, '2026-01-31'))).rejects.toMatchObject({
      code: 'PAYMENT_REQUIRED',
    });
  });

  it('are given as CSV part by part, each line as wide as its head', async () => {
    const range = rangeOf({}, todayIn(ctx.timeZone));
    const [report, analytics] = [await getBasicReport(ctx, range), await getAnalytics(pro, range)];
    const parts = new Map<string, (readonly Cell[])[]>();
    for (const what of EXPORTS) parts.set(what, [...reportLines(report, what)]);
    for (const what of ANALYTICS_EXPORTS) parts.set(what, [...analyticsLines(analytics, what)]);
    for (const [what, [head = [], ...rows]] of parts) {
      expect(head.length, what).toBeGreaterThan(1);
      for (const row of rows) expect(row, what).toHaveLength(head.length);
    }
    expect(parts.get('utilisation')?.some(([name]) => name === 'Dr Rao')).toBe(true);
    expect(parts.get('retention')).toHaveLength(13);
    expect(parts.get('returning')).toHaveLength(range.days + 1);
    expect(parts.get('recalls')).toHaveLength(15);
  });
});
