import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACUITIES } from '@/lib/features/examinations/acuity';
import { toExamination } from '@/lib/features/examinations/dto';
import { examinationModel } from '@/lib/features/examinations/model';
import { EYES } from '@/lib/features/examinations/policy';
import { assessInput, measureInput } from '@/lib/features/examinations/schema';
import { assess, measure } from '@/lib/features/examinations/service';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Day, instantAt, shiftDay, today } from '@/lib/time';
import { closeConnections, testOrganization } from '@/tests/support/organization';
import { registerPatientInput } from '../../patients/schema';
import { registerPatient } from '../../patients/service';
import { checkInInput } from '../../queue/schema';
import { checkIn } from '../../queue/service/check-in';
import { dayChangeModel } from './model';
import { bringUpToDate, readSummaries } from './roll-up';

const ZONE = 'America/New_York';
const CODES = ['H25.1', 'H40.1', 'H52.1'] as const;
const SIDES = ['right', 'left', 'both', 'none'] as const;

describe('what days say of diagnoses and acuity', () => {
  let organization: Awaited<ReturnType<typeof testOrganization>>;
  let ctx: TenantContext;
  const present = today(ZONE);
  const from = shiftDay(present, -24);
  let state = 11;
  const random = (below: number): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
  const one = <T>(all: readonly T[]): T | undefined => all[random(all.length)];
  const visits: { id: string; measured: number; assessed: number }[] = [];

  beforeAll(async () => {
    organization = await testOrganization({ timeZone: ZONE });
    ctx = organization.ctx();
    const patients = await Promise.all(
      ['Nora', 'Omar', 'Pia', 'Quin'].map(async (firstName, index) => {
        const made = await registerPatient(
          ctx,
          registerPatientInput.parse({
            firstName,
            phone: `98450 3000${index}`,
            sex: 'other',
            dateOfBirth: `19${50 + index}-01-01`,
          }),
        );
        if (made.kind !== 'registered') throw new Error('not registered');
        return made.patient.id;
      }),
    );
    for (let ago = 24; ago >= 0; ago -= 3)
      for (const patientId of patients) {
        if (random(4) === 0) continue;
        // Close to midnight: another day in UTC.
        const at = instantAt(shiftDay(present, -ago), '23:10', ZONE);
        const { visit } = await checkIn(ctx, checkInInput.parse({ patientId }), at);
        visits.push({ id: visit.id, measured: 0, assessed: 0 });
      }
  });
  afterAll(async () => {
    await organization.dispose();
    await closeConnections();
  });

  const acuity = () => (random(3) === 0 ? '' : String(one(ACUITIES)?.base));

  /** Some visit is measured or judged, for the first time or again: late entries and corrections in any order. */
  async function change(): Promise<void> {
    const visit = one(visits);
    if (!visit) throw new Error('no visit');
    if (random(2) === 0) {
      const eyes = Object.fromEntries(
        EYES.flatMap((eye) => [
          [`${eye}-unaided`, acuity()],
          [`${eye}-refraction`, acuity()],
        ]),
      );
      await measure(ctx, measureInput.parse({ visitId: visit.id, version: visit.measured, ...eyes }));
      visit.measured += 1;
    } else {
      const diagnoses = CODES.filter(() => random(2) === 0).map((code) => `${code}:${one(SIDES)}`);
      await assess(ctx, assessInput.parse({ visitId: visit.id, version: visit.assessed, diagnoses }));
      visit.assessed += 1;
    }
  }

  const BANDS = [95, 86, 60, 45, 0];
  const band = (base: number) => BANDS.findIndex((least) => base >= least);
  /** logMAR as audits write it, also below the chart. */
  const logMar = (base: number) => ({ 4: 2.1, 3: 2.4, 2: 2.7, 1: 3 })[base] ?? (110 - base) / 50;

  /** The slow way: of each eye of each patient, every reading there is, in order. */
  async function plain(day: Day) {
    const rows = await examinationModel(ctx).find().sort({ startedAt: 1 }).lean();
    const all = rows.map(toExamination);
    const ofDay = all.filter((exam) => exam.day === day);
    const best = (exam: (typeof all)[number], eye: 'right' | 'left') =>
      Math.max(-1, ...Object.values(exam.measurements[eye].acuity));
    const pairs = ofDay.flatMap((exam) =>
      EYES.flatMap((eye) => {
        const now = best(exam, eye);
        const earlier = all
          .slice(0, all.indexOf(exam))
          .filter(({ patientId }) => patientId === exam.patientId)
          .map((other) => best(other, eye))
          .filter((value) => value >= 0);
        const before = earlier.at(-1);
        if (now < 0 || before === undefined) return [];
        const codes = exam.assessment.diagnoses
          .filter(({ side }) => side === eye || side === 'both' || side === 'none')
          .map(({ code }) => code);
        return [{ now, before, codes: ['', ...codes] }];
      }),
    );
    const count = (values: number[]) => BANDS.map((_, index) => values.filter((at) => at === index).length);
    return {
      examined: ofDay.length,
      diagnoses: CODES.flatMap((code) => {
        const patients = ofDay.filter(({ assessment }) =>
          assessment.diagnoses.some((found) => found.code === code),
        ).length;
        return patients > 0 ? [{ code, patients }] : [];
      }),
      outcomes: ['', ...CODES].flatMap((code) => {
        const eyes = pairs.filter(({ codes }) => codes.includes(code));
        if (eyes.length === 0) return [];
        const moved = eyes.map(({ before, now }) => Math.round((logMar(before) - logMar(now)) * 100));
        return [
          {
            code,
            eyes: eyes.length,
            gained: moved.filter((by) => by >= 20).length,
            lost: moved.filter((by) => by <= -20).length,
            before: count(eyes.map(({ before }) => band(before))),
            now: count(eyes.map(({ now }) => band(now))),
          },
        ];
      }),
    };
  }

  it('is what all the examinations come to, after every late entry and correction', async () => {
    // Later than ten minutes past midnight, whatever the clock says now.
    const now = new Date(Date.now() + 15 * 60_000);
    await bringUpToDate(ctx, { now });
    let compared = 0;
    for (let round = 0; round < 8; round++) {
      for (let step = 0; step < 12; step++) await change();
      const { days, preparedThrough } = await readSummaries(ctx, { from, to: present }, now, [
        'examined',
        'diagnoses',
        'outcomes',
      ]);
      expect(preparedThrough).toBeNull();
      for (const { day, examined, diagnoses, outcomes } of days) {
        expect({ examined, diagnoses, outcomes }, `${day} in round ${round}`).toEqual(await plain(day));
        compared += outcomes[0]?.eyes ?? 0;
      }
    }
    expect(compared).toBeGreaterThan(50);
    expect(await dayChangeModel(ctx).countDocuments({})).toBe(0);
  });
});
