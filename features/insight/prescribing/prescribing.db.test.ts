import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { printModel } from '@/features/identity/papers/model';
import {
  findGlasses,
  findMade,
  findPrescribed,
  findPrinted,
} from '@/features/insight/reports/rollups/papers';
import { voidPrescription } from '@/features/record/prescriptions/service/void-prescription';
import { answerGlassesInput, prescribeSpectaclesInput } from '@/features/record/spectacles/schema';
import { answerGlasses, prescribeSpectacles } from '@/features/record/spectacles/service';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { shiftDay, today } from '@/lib/time';
import { expectIndexed } from '@/tests/assertions/explain';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { aLine, aPrescription, aRegistration } from '@/tests/builders/prescription';
import { aVisit } from '@/tests/builders/visit';
import { getPrescribing } from './queries';
import { prescribingRange } from './schema';

let a: Awaited<ReturnType<typeof testOrganization>>;
let doctor: TenantContext;
beforeAll(async () => {
  a = await testOrganization();
  doctor = a.ctx('doctor');
  await aRegistration(doctor, 'TN 12345');
});
afterAll(async () => {
  await a.dispose();
  await closeConnections();
});

it('counts what is signed and holds, day by day, by an index', async () => {
  const day = today(doctor.timeZone);
  await aPrescription(doctor, {
    lines: [
      aLine({ ingredient: 'Moxifloxacin' }),
      aLine({ name: 'Cmc', strength: '0.5 %', ingredient: undefined, site: 'both' }),
    ],
  });
  const gone = await aPrescription(doctor);
  await voidPrescription(doctor, { prescriptionId: gone.id, version: 1, reason: 'Mistake' });
  const { id } = await aVisit(doctor);
  const typed = { visitId: id, version: 0, requestKey: randomUUID(), advice: 'glasses', kind: 'near' };
  const lens = { 'right-sphere': '-1.25', 'left-sphere': 'balance' };
  const glasses = await prescribeSpectacles(doctor, prescribeSpectaclesInput.parse({ ...typed, ...lens }));
  // What the optical shop says last counts.
  for (const [version, outcome] of ['as-prescribed', 'not-made'].entries()) {
    const said = { spectaclesId: glasses.id, version, outcome, reason: 'Bought elsewhere' };
    await answerGlasses(doctor, answerGlassesInput.parse(said));
  }
  const subject = `spectacles:${id}`;
  const at = new Date();
  const printed = [new Date(at.getTime() - 86_400_000), at, at];
  await printModel(doctor).insertMany(printed.map((one) => ({ subject, byName: 'A', at: one })));
  const range = prescribingRange({ from: day, to: day }, day);
  expect(await getPrescribing(doctor, range)).toMatchObject({
    ...{ prescriptions: 1, lines: 2, known: 1, byIngredient: 1 },
    dispensed: { waiting: 1, done: 0 },
    classes: [
      { key: 'fluoroquinolone', lines: 1 },
      { key: 'none', lines: 1 },
    ],
    prints: { spectacles: { prints: 2, copies: 2 }, letter: { prints: 0, copies: 0 } },
    glasses: {
      ...{ prescribed: 1, none: 0, kinds: { near: 1 }, powers: { 'low-minus': 1 } },
      made: { 'as-prescribed': 0, changed: 0, 'not-made': 1, open: 0 },
    },
  });
  const yesterday = shiftDay(day, -1);
  const before = await getPrescribing(doctor, prescribingRange({ from: yesterday, to: yesterday }, day));
  expect(before).toMatchObject({ prescriptions: 0, medicines: [], glasses: { prescribed: 0 } });
  expectIndexed(await findPrescribed(doctor, day).explain('executionStats'));
  expectIndexed(await findGlasses(doctor, day).explain('executionStats'));
  expectIndexed(await findMade(doctor, [{ _id: objectId(glasses.id) }]).explain('executionStats'));
  expectIndexed(await findPrinted(doctor, day).explain('executionStats'));
});

it('reads five years at most: the last days of what was asked for', () => {
  const range = prescribingRange({ from: '2001-01-01', to: '2026-11-29' }, '2026-11-29');
  expect(range).toEqual({ from: '2021-11-26', to: '2026-11-29', days: 5 * 366 });
  expect(prescribingRange({ from: '2023-01-01', to: '2026-11-29' }, '2026-11-29').from).toBe('2023-01-01');
});
