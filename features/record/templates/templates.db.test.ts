import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TenantContext } from '@/lib/tenancy/context';
import { expectIndexed } from '@/tests/assertions/explain';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { findTemplateRows, listTemplates } from './queries';
import { saveTemplateInput } from './schema';
import { addStarterTemplates, deleteTemplate, saveTemplate } from './service';
import { STARTER_TEMPLATES } from './starter-templates';

let org: Awaited<ReturnType<typeof testOrganization>>;
let doctor: TenantContext;
let colleague: TenantContext;
beforeAll(async () => {
  org = await testOrganization();
  doctor = org.ctx('doctor');
  colleague = org.ctx('owner');
});
afterAll(async () => {
  await org.dispose();
  await closeConnections();
});

const save = (ctx: TenantContext, fields: Record<string, unknown>) =>
  saveTemplate(
    ctx,
    saveTemplateInput.parse({ name: 'Own', kind: 'glaucoma', owner: 'me', rows: ['disc'], ...fields }),
  );
const names = async (ctx: TenantContext) => (await listTemplates(ctx)).map(({ name }) => name);

it('are begun with once, and are everybody’s', async () => {
  expect(await addStarterTemplates(doctor)).toBe(STARTER_TEMPLATES.length);
  expect(await addStarterTemplates(colleague)).toBe(0);
  expect(await names(doctor)).toHaveLength(STARTER_TEMPLATES.length);
});

it('of one’s own are seen, changed and deleted by nobody else', async () => {
  const own = await save(doctor, { 'normal-disc': 'Pink, 0.3' });
  expect(own).toMatchObject({ isOwn: true, normals: { disc: 'Pink, 0.3' }, rows: ['disc'] });
  expect(await names(doctor)).toContain('Own');
  expect(await names(colleague)).not.toContain('Own');
  const theirs = { templateId: own.id, version: own.version, name: 'Taken' };
  await expect(save(colleague, theirs)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(deleteTemplate(colleague, own.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });

  // The same name is free for a colleague, and taken for oneself.
  await save(colleague, {});
  await expect(save(doctor, {})).rejects.toMatchObject({ code: 'CONFLICT' });
  const changed = await save(doctor, { templateId: own.id, version: own.version, rows: ['cup', 'disc'] });
  expect(changed.rows).toEqual(['cup', 'disc']);
  await expect(save(doctor, { templateId: own.id, version: own.version })).rejects.toMatchObject({
    code: 'CONFLICT',
  });
  await deleteTemplate(doctor, own.id);
  expect(await names(doctor)).not.toContain('Own');
});

it('are found by an index', async () => {
  expectIndexed(await findTemplateRows(doctor).explain('executionStats'));
});
