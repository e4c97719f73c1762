import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayChangeModel } from '@/features/patients/notes/model';
import { ACUITIES } from '@/features/record/examinations/acuity';
import { EYES } from '@/features/record/examinations/policy';
import { assessInput, measureInput } from '@/features/record/examinations/schema';
import { assess, measure } from '@/features/record/examinations/service';
import type { TenantContext } from '@/lib/tenancy/context';
import { shiftDay, today } from '@/lib/time';
import { instantAt } from '@/lib/wall-clock';
import { allExaminations, plainExamined } from '@/tests/assertions/plain-examined';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { aPatient } from '@/tests/builders/patient';
import { aVisit } from '@/tests/builders/visit';
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
      ['Nora', 'Omar', 'Pia', 'Quin'].map(async (firstName) => (await aPatient(ctx, { firstName })).id),
    );
    for (let ago = 24; ago >= 0; ago -= 3)
      for (const patientId of patients) {
        if (random(4) === 0) continue;
        // Close to midnight: another day in UTC.
        const at = instantAt(shiftDay(present, -ago), '23:10', ZONE);
        const { id } = await aVisit(ctx, { patientId }, at);
        visits.push({ id, measured: 0, assessed: 0 });
      }
  });
  afterAll(async () => {
    await organization.dispose();
    await closeConnections();
  });

  const acuity = () => (random(3) === 0 ? '' : one(ACUITIES)?.metres);

  /**
   * Some visit is measured or judged, for the first time or again: late entries and corrections in any order.
   */
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

  it('is what all the examinations come to, after every late entry and correction', async () => {
    // Later than ten minutes past midnight, and never tomorrow: a day that goes on is noted by no change.
    const now = new Date(Math.max(Date.now(), instantAt(present, '00:11', ZONE).getTime()));
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
      const all = await allExaminations(ctx);
      for (const { day, examined, diagnoses, outcomes } of days) {
        expect({ examined, diagnoses, outcomes }, `${day} in round ${round}`).toEqual(
          plainExamined(all, day, day),
        );
        compared += outcomes[0]?.eyes ?? 0;
      }
    }
    expect(compared).toBeGreaterThan(50);
    expect(await dayChangeModel(ctx).countDocuments({})).toBe(0);
  });
});
