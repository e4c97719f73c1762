import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isSealed } from '@/lib/crypto/field-cipher';
import type { TenantContext } from '@/lib/tenancy/context';
import { expectIndexed } from '@/tests/assertions/explain';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { aVisit } from '@/tests/builders/visit';
import { contactLensesModel } from './model';
import {
  findContactLensesOfPatient,
  findContactLensesOfVisit,
  getContactLenses,
  getContactLensesVersion,
  listContactLensesOfPatient,
} from './queries';
import { prescribeContactLensesInput } from './schema';
import { prescribeContactLenses, voidContactLenses } from './service';

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
  ...{ visitId, version: 0, requestKey: randomUUID(), replacement: 'monthly' },
  ...{ 'right-curve': '8.6', 'right-diameter': '14.2', 'right-sphere': '-2', 'right-quantity': '6' },
  ...fields,
});
const prescribe = (fields: ReturnType<typeof typed>) =>
  prescribeContactLenses(optometrist, prescribeContactLensesInput.parse(fields));

describe('contact lenses', () => {
  it('are what was typed, in whole parts of a millimetre, sealed and of their hospital alone', async () => {
    const { id, patientId } = await aVisit(optometrist);
    const made = await prescribe(typed(id));
    expect(made.lenses).toEqual({
      right: { baseCurve: 860, diameter: 142, sphere: -8, cylinder: 0, quantity: 6 },
      ...{ replacement: 'monthly', wear: 'day', validMonths: 6 },
    });
    const stored = await contactLensesModel(optometrist).collection.findOne({});
    expect(isSealed(String(stored?.content))).toBe(true);
    expectIndexed(await findContactLensesOfPatient(optometrist, patientId).explain('executionStats'));
    expectIndexed(await findContactLensesOfVisit(optometrist, id).explain('executionStats'));
    await expect(getContactLenses(b.ctx(), made.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('are replaced once, with a reason, of two who have the same ones open; a press happens once', async () => {
    const { id, patientId } = await aVisit(optometrist);
    const first = typed(id);
    const made = await prescribe(first);
    expect(await prescribe(first)).toEqual(made);
    await expect(prescribe(typed(id, { version: 1 }))).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    const changes = ['-3', '-4'].map((sphere) =>
      typed(id, { 'right-sphere': sphere, version: 1, reason: 'Over-refraction' }),
    );
    const done = await Promise.allSettled(changes.map(prescribe));
    expect(done.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const [now, ...before] = await listContactLensesOfPatient(optometrist, patientId);
    expect(now?.voided).toBeNull();
    expect(before.map(({ voided }) => voided?.reason)).toEqual(['Over-refraction']);
    await voidContactLenses(optometrist, { contactLensesId: now?.id ?? '', reason: 'Mistake' });
    expect(await getContactLensesVersion(optometrist, id)).toBe(4);
  });

  it.each([
    [{ 'right-curve': '' }, 'right-curve'],
    [{ 'right-curve': '86' }, 'right-curve'],
    [{ 'right-curve': '8.605' }, 'right-curve'],
    [{ 'right-diameter': '14.25' }, 'right-diameter'],
    [{ 'right-sphere': '' }, 'right-sphere'],
    [{ 'right-sphere': '2' }, 'right-sphere'],
    [{ 'right-cylinder': '-0.75' }, 'right-axis'],
    [{ 'right-axis': '90' }, 'right-cylinder'],
    [{ 'right-quantity': '0' }, 'right-quantity'],
    [{ 'left-brand': 'Acuvue' }, 'left-curve'],
    [{ replacement: '' }, 'replacement'],
    [{ validMonths: '25' }, 'validMonths'],
    [{ 'right-curve': '', 'right-diameter': '', 'right-sphere': '', 'right-quantity': '' }, 'right-curve'],
  ])('says what is wrong beside the box: %o', (fields, path) => {
    const { error } = prescribeContactLensesInput.safeParse(typed('x', fields));
    expect(error?.issues.map((issue) => issue.path.join('.'))).toContain(path);
  });
});
