import { afterAll, beforeAll, expect, it } from 'vitest';
import { auditEventModel } from '@/lib/audit/ledger';
import { companyDraftModel } from '@/lib/master/models/company-draft';
import { expectIndexed } from '@/tests/assertions/explain';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { companyDrafts, discardDraft, findDraft, saveDraft } from './drafts';
import { draftModel } from './model';
import { draftQuery, saveDraftInput } from './schema';

let org: Awaited<ReturnType<typeof testOrganization>>;
let other: Awaited<ReturnType<typeof testOrganization>>;
beforeAll(async () => {
  [org, other] = [await testOrganization(), await testOrganization()];
});
afterAll(async () => {
  await org.dispose();
  await other.dispose();
  await closeConnections();
});

const query = { form: 'assessment', of: 'a'.repeat(24) };
const typed = (fields: Record<string, string | string[]>, version = 3) =>
  saveDraftInput.parse({ ...query, fields, base: { plan: '' }, version });

it('keeps what is typed under the record and its version, and gives it back to its author', async () => {
  const ctx = org.ctx('doctor');
  await saveDraft(ctx, typed({ plan: 'Dro' }));
  await saveDraft(ctx, typed({ plan: 'Drops', diagnoses: ['H25.1:right'] }));
  expect(await findDraft(ctx, query)).toMatchObject({
    fields: { plan: 'Drops', diagnoses: ['H25.1:right'] },
    base: { plan: '' },
    version: 3,
  });
  expect(await draftModel(ctx).countDocuments({})).toBe(1);
  const stored = JSON.stringify(await draftModel(ctx).collection.findOne({}));
  expect(stored).not.toContain('Drops');
  // Not a change of any record.
  expect(await auditEventModel(ctx).countDocuments({})).toBe(0);
});

it('shows it to no colleague, to no other organization, to no support and to no job', async () => {
  const ctx = org.ctx('doctor');
  await saveDraft(ctx, typed({ plan: 'Mine' }));
  const colleague = { ...ctx, actor: { ...ctx.actor, kind: 'staff' as const, userId: 'f'.repeat(24) } };
  expect(await findDraft(colleague as typeof ctx, query)).toBeNull();
  await saveDraft(colleague as typeof ctx, typed({ plan: 'Theirs' }));
  expect((await findDraft(ctx, query))?.fields).toEqual({ plan: 'Mine' });
  await discardDraft(colleague as typeof ctx, query);
  expect((await findDraft(ctx, query))?.fields).toEqual({ plan: 'Mine' });

  expect(await findDraft(other.ctx('doctor'), query)).toBeNull();
  const support = { ...ctx, actor: { ...ctx.actor, onBehalfOf: { id: 'x', name: 'Owner' } } };
  expect(await findDraft(support as typeof ctx, query)).toBeNull();
  await expect(saveDraft(support as typeof ctx, typed({ plan: 'x' }))).rejects.toMatchObject({
    code: 'FORBIDDEN',
  });
});

it('forgets it when it is discarded, and after seven days', async () => {
  const ctx = org.ctx('doctor');
  const now = new Date();
  await saveDraft(ctx, typed({ plan: 'Old' }), now);
  const late = new Date(now.getTime() + 7 * 86_400_000 + 1_000);
  expect(await findDraft(ctx, query, late)).toBeNull();
  await saveDraft(ctx, { ...typed({ plan: 'New' }), form: 'measurements' }, late);
  expect(await draftModel(ctx).countDocuments({})).toBe(1);
  await discardDraft(ctx, { ...query, form: 'measurements' });
  expect(await draftModel(ctx).countDocuments({})).toBe(0);
});

it('keeps at most fifty of a person', async () => {
  const ctx = org.ctx('doctor');
  for (let index = 0; index < 53; index++)
    await saveDraft(
      ctx,
      { ...typed({ plan: String(index) }), of: `record-${index}` },
      new Date(Date.now() + index),
    );
  expect(await draftModel(ctx).countDocuments({})).toBe(50);
  const mine = { userId: ctx.actor.kind === 'staff' ? ctx.actor.userId : '' };
  expectIndexed(await draftModel(ctx).find(mine).sort({ savedAt: -1 }).explain('executionStats'));
  expect(await findDraft(ctx, { ...query, of: 'record-0' })).toBeNull();
  expect(await findDraft(ctx, { ...query, of: 'record-52' })).not.toBeNull();
});

it('holds no secret, no operator and nothing that is longer than a form', () => {
  const { fields } = typed({ plan: 'x', currentPassword: 'hunter2', pin: '123456', token: 't' });
  expect(fields).toEqual({ plan: 'x' });
  for (const of of ['', '{"$ne":null}', 'a b', 'x'.repeat(61)])
    expect(draftQuery.safeParse({ form: 'f', of }).success, of).toBe(false);
  expect(saveDraftInput.safeParse({ ...query, fields: { plan: { $ne: null } }, base: {} }).success).toBe(
    false,
  );
  expect(
    saveDraftInput.safeParse({ ...query, fields: { plan: 'x'.repeat(400_001) }, base: {} }).success,
  ).toBe(false);
});

it('keeps those of the company’s people in the master database, sealed, each for its author', async () => {
  const [me, colleague] = ['1'.repeat(24), '2'.repeat(24)];
  const revision = 'r'.repeat(22);
  const input = saveDraftInput.parse({
    form: 'ticket-answer',
    of: 'b'.repeat(24),
    fields: { message: 'Dear Asha' },
    base: { message: '' },
    version: revision,
  });
  await companyDrafts.save(me, input);
  expect(await companyDrafts.find(me, input)).toMatchObject({
    fields: { message: 'Dear Asha' },
    version: revision,
    savedAt: expect.stringMatching(/UTC$/),
  });
  expect(await companyDrafts.find(colleague, input)).toBeNull();
  expect(JSON.stringify(await companyDraftModel.find({ userId: me }).lean())).not.toContain('Asha');
  // No hospital has it, and one of a hospital's people has none there.
  expect(await findDraft(org.ctx('doctor'), input)).toBeNull();
  await companyDrafts.discard(colleague, input);
  expect(await companyDrafts.find(me, input)).not.toBeNull();
  await companyDrafts.discard(me, input);
  expect(await companyDrafts.find(me, input)).toBeNull();
});
