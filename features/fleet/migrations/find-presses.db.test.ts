import { expect, it } from 'vitest';
import { ONCE_PER_PRESS, onceWhereGiven } from '@/lib/mongo';
import { tenantDefinitionOf, tenantDefinitions } from '@/lib/tenancy/define-tenant-model';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { findNotes, findPresses } from './find-presses';

it('the same press is found by an index, in a new database and in one of before', async () => {
  const organization = await testOrganization({ plan: 'enterprise' });
  const { db } = organization.ctx();
  const models = tenantDefinitions()
    .map((definition) => db.model(definition))
    .filter(({ schema }) => schema.indexes().some(([, options]) => options?.name === ONCE_PER_PRESS.name));
  expect(models.map(({ modelName }) => modelName).sort()).toEqual(
    ['Bill', 'Deposit', 'Estimate', 'Expense', 'Receipt', 'TdsCertificate'].sort(),
  );
  for (const { collection } of models)
    await collection.createIndex(
      { requestKey: 1 },
      { unique: true, partialFilterExpression: { requestKey: { $type: 'string' } } },
    );
  await findPresses(db);
  await findPresses(db);
  for (const { collection, modelName } of models) {
    const names = (await collection.indexes()).map(({ name }) => name);
    expect(names, modelName).not.toContain('requestKey_1');
    const plan = await collection.find({ requestKey: 'a-press' }).explain('queryPlanner');
    expect(JSON.stringify(plan.queryPlanner.winningPlan), modelName).toContain(ONCE_PER_PRESS.name);
    const row = { requestKey: 'a-press' };
    await collection.insertOne({ ...row, number: 'x-1' });
    await expect(collection.insertOne({ ...row, number: 'x-2' })).rejects.toThrow(/E11000/);
  }
  await organization.dispose();
});

it('so is a note that is in the log already', async () => {
  const organization = await testOrganization();
  const { db } = organization.ctx();
  const { name } = onceWhereGiven('noteId');
  const definition = tenantDefinitionOf('audit_log');
  const { collection } = db.model(definition);
  await collection.createIndex(
    { noteId: 1 },
    { unique: true, partialFilterExpression: { noteId: { $type: 'string' } } },
  );
  await findNotes(db);
  await findNotes(db);
  const names = (await collection.indexes()).map((one) => one.name);
  expect(names).toContain(name);
  expect(names).not.toContain('noteId_1');
  const plan = await collection.find({ noteId: { $in: ['a', 'b'] } }).explain('queryPlanner');
  expect(JSON.stringify(plan)).toContain(`"indexName":"${name}"`);
  await organization.dispose();
  await closeConnections();
});
