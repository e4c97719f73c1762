import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isSealed } from '@/lib/crypto/field-cipher';
import type { TenantContext } from '@/lib/tenancy/context';
import { expectIndexed } from '@/tests/assertions/explain';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { aVisit } from '@/tests/builders/visit';
import { madeGlassesModel, spectaclesModel } from './model';
import { spectacleBlocks } from './paper';
import {
  findMadeGlasses,
  findSpectaclesOfPatient,
  findSpectaclesOfVisit,
  getGlassesVersion,
  getSpectacles,
  listMadeGlasses,
  listSpectaclesOfPatient,
} from './queries';
import { answerGlassesInput, noteMadeInput, prescribeSpectaclesInput } from './schema';
import { answerGlasses, noteMadeGlasses, prescribeSpectacles, voidSpectacles } from './service';

type Organization = Awaited<ReturnType<typeof testOrganization>>;
let a: Organization;
let b: Organization;
let optometrist: TenantContext;
beforeAll(async () => {
  a = await testOrganization();
  b = await testOrganization();
  optometrist = a.ctx('optometrist');
});
afterAll(async () => {
  await a.dispose();
  await b.dispose();
  await closeConnections();
});

const typed = (visitId: string, fields: Record<string, unknown> = {}) => ({
  visitId,
  version: 0,
  requestKey: randomUUID(),
  advice: 'glasses',
  kind: 'bifocal',
  'right-sphere': '-1.25',
  'right-cylinder': '-0.5',
  'right-axis': '90',
  'right-add': '2',
  'right-pupil': '31.5',
  'left-sphere': 'plano',
  ...fields,
});

describe('glasses', () => {
  it('are what was typed, in quarters, and sealed', async () => {
    const { id, patientId } = await aVisit(optometrist);
    const made = await prescribeSpectacles(optometrist, prescribeSpectaclesInput.parse(typed(id)));
    expect(made.spectacles).toMatchObject({
      kind: 'bifocal',
      right: { sphere: -5, cylinder: -2, axis: 90, add: 8 },
      left: { sphere: 0, cylinder: 0 },
      pupils: { right: 63 },
      validMonths: 12,
    });
    expect(isSealed(String((await spectaclesModel(optometrist).collection.findOne({}))?.content))).toBe(true);
    expectIndexed(await findSpectaclesOfPatient(optometrist, patientId).explain('executionStats'));
    expectIndexed(await findSpectaclesOfVisit(optometrist, id).explain('executionStats'));
    expect(await getGlassesVersion(optometrist, id)).toBe(1);
    await expect(getSpectacles(b.ctx(), made.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('have a second prism across the first and the vertex distance, and nothing of them where it makes no sense', async () => {
    const { id } = await aVisit(optometrist);
    const prisms = {
      ...{ 'right-prism': '1.5', 'right-base': 'in', 'right-secondPrism': '0.75', 'right-secondBase': 'up' },
      vertexMm: '12',
    };
    const made = await prescribeSpectacles(optometrist, prescribeSpectaclesInput.parse(typed(id, prisms)));
    expect(made.spectacles).toMatchObject({
      vertexMm: 12,
      right: { prism: { quarters: 6, base: 'in' }, secondPrism: { quarters: 3, base: 'up' } },
    });
    const said = JSON.stringify(spectacleBlocks(made.spectacles, made.day));
    expect(said).toContain('1.50 base in, 0.75 base up');
    expect(said).toContain('12 mm');
    const fields = (more: Record<string, unknown>) =>
      prescribeSpectaclesInput
        .safeParse(typed(id, { ...prisms, ...more }))
        .error?.issues.map(({ path }) => path[0]);
    expect(fields({ 'right-secondBase': 'out' })).toContain('right-secondBase');
    expect(fields({ 'right-secondBase': '' })).toContain('right-secondBase');
    expect(fields({ 'right-prism': '', 'right-base': '' })).toContain('right-prism');
    expect(fields({ vertexMm: '40' })).toContain('vertexMm');
    expect(fields({ vertexMm: '12.5' })).toContain('vertexMm');
  });

  it('are replaced with a reason, and what they were stays readable', async () => {
    const { id, patientId } = await aVisit(optometrist);
    const first = prescribeSpectaclesInput.parse(typed(id));
    const made = await prescribeSpectacles(optometrist, first);
    expect(await prescribeSpectacles(optometrist, first)).toEqual(made);
    await expect(
      prescribeSpectacles(optometrist, prescribeSpectaclesInput.parse(typed(id, { version: 1 }))),
    ).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    // The second of two tabs still shows none; the first says why these change.
    const unseen = typed(id, { reason: 'Sees well without' });
    await expect(
      prescribeSpectacles(optometrist, prescribeSpectaclesInput.parse(unseen)),
    ).rejects.toMatchObject({ code: 'CONFLICT' });
    const other = { ...typed(id, { 'right-sphere': '-2' }), requestKey: first.requestKey };
    await expect(
      prescribeSpectacles(optometrist, prescribeSpectaclesInput.parse(other)),
    ).rejects.toMatchObject({ code: 'CONFLICT' });
    const next = typed(id, { advice: 'none', reason: 'Sees well without', version: 1 });
    const none = await prescribeSpectacles(optometrist, prescribeSpectaclesInput.parse(next));
    expect(
      (await listSpectaclesOfPatient(optometrist, patientId)).map(({ voided }) => voided?.reason),
    ).toEqual([undefined, 'Sees well without']);
    await voidSpectacles(optometrist, { spectaclesId: none.id, reason: 'Mistake' });
    await expect(
      voidSpectacles(optometrist, { spectaclesId: none.id, reason: 'Mistake' }),
    ).rejects.toMatchObject({ code: 'CONFLICT' });
    // What is changed was voided meanwhile: nothing is left to be replaced.
    const late = typed(id, { version: 3, reason: 'Wants some' });
    await expect(
      prescribeSpectacles(optometrist, prescribeSpectaclesInput.parse(late)),
    ).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('hold what the lenses are made of, and a balance lens where no power is prescribed', async () => {
    const { id } = await aVisit(optometrist);
    const fields = {
      ...{ kind: 'progressive', 'right-middleAdd': '1', 'right-nearPupil': '30.5', 'left-sphere': 'Balance' },
      ...{ material: 'trivex', index: '1.53', coatings: ['uv', 'scratch'], tint: 'green', use: 'needed' },
    };
    const { spectacles } = await prescribeSpectacles(
      optometrist,
      prescribeSpectaclesInput.parse(typed(id, fields)),
    );
    expect(spectacles).toMatchObject({
      ...{ material: 'trivex', index: '1.53', tint: 'green', use: 'needed', coatings: ['scratch', 'uv'] },
      ...{ right: { add: 8, middleAdd: 4 }, nearPupils: { right: 61 } },
    });
    expect(spectacles).not.toHaveProperty('left');
    const [table, facts] = spectacleBlocks(spectacles, '2026-11-30');
    expect(table).toMatchObject({
      columns: ['', 'Sphere', 'Cylinder', 'Axis', 'Middle add', 'Add', 'Prism'],
      rows: [
        ['Right (R)', '−1.25', '−0.50', '90°', '+1.00', '+2.00', ''],
        ['Left (L)', 'balance', '', '', '', '', ''],
      ],
    });
    expect(JSON.stringify(facts)).toContain('Scratch resistant, UV protection');
  });

  it('are noted as they were made, in order, once of two, and never of void ones', async () => {
    const { id } = await aVisit(optometrist);
    const { id: spectaclesId } = await prescribeSpectacles(
      optometrist,
      prescribeSpectaclesInput.parse(typed(id)),
    );
    const { visitId: _visit, requestKey: _key, advice: _advice, ...boxes } = typed(id, { index: '1.56' });
    const note = (version: number, reason: string) =>
      noteMadeGlasses(a.ctx('pharmacist'), noteMadeInput.parse({ ...boxes, spectaclesId, version, reason }));
    await note(0, 'No 1.67 in stock');
    const both = await Promise.allSettled([note(1, 'Frame is small'), note(1, 'Frame is large')]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const made = await listMadeGlasses(optometrist, spectaclesId);
    expect(made.map(({ place }) => place)).toEqual([1, 2]);
    expect(made[0]).toMatchObject({ reason: 'No 1.67 in stock', spectacles: { index: '1.56' } });
    expect((await getSpectacles(optometrist, spectaclesId)).spectacles).not.toHaveProperty('index');
    // Made after all as they were prescribed, and then not fetched: each answer stays, the last one counts.
    const answer = (version: number, outcome: string, reason = '') =>
      answerGlasses(
        a.ctx('pharmacist'),
        answerGlassesInput.parse({ spectaclesId, version, outcome, reason }),
      );
    expect(answerGlassesInput.safeParse({ spectaclesId, version: 2, outcome: 'not-made' }).success).toBe(
      false,
    );
    await answer(2, 'as-prescribed');
    await expect(answer(2, 'not-made', 'Stale page')).rejects.toMatchObject({ code: 'CONFLICT' });
    const said = await answer(3, 'not-made', 'Bought elsewhere');
    expect(said.made).toMatchObject({ outcome: 'not-made', reason: 'Bought elsewhere', place: 4 });
    expect((await listMadeGlasses(optometrist, spectaclesId)).map(({ outcome }) => outcome)).toEqual([
      ...['changed', 'changed', 'as-prescribed', 'not-made'],
    ]);
    expect(isSealed(String((await madeGlassesModel(optometrist).collection.findOne({}))?.content))).toBe(
      true,
    );
    expectIndexed(await findMadeGlasses(optometrist, spectaclesId).explain('executionStats'));
    await voidSpectacles(optometrist, { spectaclesId, reason: 'Mistake' });
    await expect(note(4, 'Too late')).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('change once, of two who have the same ones open', async () => {
    const { id, patientId } = await aVisit(optometrist);
    await prescribeSpectacles(optometrist, prescribeSpectaclesInput.parse(typed(id)));
    const changes = ['-2', '-3'].map((sphere) =>
      prescribeSpectaclesInput.parse(typed(id, { 'right-sphere': sphere, version: 1, reason: 'Weaker' })),
    );
    const done = await Promise.allSettled(changes.map((one) => prescribeSpectacles(optometrist, one)));
    expect(done.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const all = await listSpectaclesOfPatient(optometrist, patientId);
    expect(all.filter(({ voided }) => !voided)).toHaveLength(1);
  });

  it.each([
    [{ 'right-axis': '' }, 'right-axis'],
    [{ 'right-sphere': '' }, 'right-sphere'],
    [{ 'right-sphere': '-1.3' }, 'right-sphere'],
    [{ 'right-pupil': '63' }, 'right-pupil'],
    [{ 'right-add': '' }, 'kind'],
    [{ 'right-prism': '1.5' }, 'right-base'],
    [{ 'right-base': 'in' }, 'right-prism'],
    [{ 'left-sphere': '', 'left-base': 'in' }, 'left-sphere'],
    [{ 'left-sphere': '' }, 'left-sphere'],
    [{ 'left-sphere': 'balance', 'left-add': '2' }, 'left-sphere'],
    [{ 'right-middleAdd': '1' }, 'kind'],
    [{ kind: 'trifocal', 'right-middleAdd': '2' }, 'kind'],
    [{ 'right-nearPupil': '63' }, 'right-nearPupil'],
    [{ index: '9' }, 'index'],
    [{ coatings: ['gold'] }, 'coatings.0'],
    [{ validMonths: '' }, 'validMonths'],
    [{ validMonths: '99' }, 'validMonths'],
    [{ validMonths: 'a year' }, 'validMonths'],
    [{ kind: 'monocle' }, 'kind'],
  ])('says what is wrong beside the box: %o', (fields, path) => {
    const { error } = prescribeSpectaclesInput.safeParse(typed('x', fields));
    expect(error?.issues.map((issue) => issue.path.join('.'))).toContain(path);
  });
});
