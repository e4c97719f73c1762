import { Schema } from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isSealed } from '@/lib/crypto/field-cipher';
import { newObjectId, op } from '@/lib/mongo';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { defineTenantModel } from './define-tenant-model';

const schema = new Schema(
  { name: String, secret: String, other: String },
  { timestamps: true, strict: 'throw' },
);
const secretModel = defineTenantModel('SealedFieldsTest', 'sealed_fields_test', schema, {
  sensitive: ['secret', 'other'],
});

let org: Awaited<ReturnType<typeof testOrganization>>;
const model = () => secretModel({ db: org.db });
const raw = (filter: Record<string, unknown>) => model().collection.findOne(filter);

beforeAll(async () => {
  org = await testOrganization();
  await org.db.ensureCollections([
    { name: 'SealedFieldsTest', collection: 'sealed_fields_test', schema, sensitive: [] },
  ]);
});
afterAll(async () => {
  await org.dispose();
  await closeConnections();
});

describe('sealed fields', () => {
  it('are ciphertext however they are written, and text however they are read', async () => {
    const [created] = await model().create([{ name: 'create', secret: 'one', other: '' }]);
    expect(created?.secret).toBe('one');
    expect(created?.isModified()).toBe(false);
    const given = [{ name: 'many', secret: 'two' }];
    const many = await model().insertMany(given);
    expect([many[0]?.secret, given[0]?.secret]).toEqual(['two', 'two']);
    const [upserted, updated] = [newObjectId(), newObjectId()];
    await model().updateOne(
      { _id: upserted },
      { $setOnInsert: { name: 'upsert', secret: 'three' } },
      { upsert: true },
    );
    await model().create([{ _id: updated, name: 'update', secret: 'old' }]);
    const update = { $set: { secret: 'four' } };
    const answer = await model()
      .findOneAndUpdate({ _id: updated }, update, { returnDocument: 'after' })
      .lean();
    expect([answer?.secret, update.$set.secret]).toEqual(['four', 'four']);

    const texts: Record<string, string> = { create: 'one', many: 'two', upsert: 'three', update: 'four' };
    for (const [name, text] of Object.entries(texts)) {
      const stored = await raw({ name });
      expect(isSealed(stored?.secret), name).toBe(true);
      expect((await model().findOne({ name }).lean())?.secret, name).toBe(text);
      expect((await model().findOne({ name }))?.secret, name).toBe(text);
    }
    expect((await model().find({}).sort({ name: 1 }).lean()).map((row) => row.secret)).toEqual([
      'one',
      'two',
      'four',
      'three',
    ]);
    const seen: unknown[] = [];
    for await (const row of model().find({}).sort({ name: 1 }).lean().cursor()) seen.push(row.secret);
    expect(seen).toEqual(['one', 'two', 'four', 'three']);
  });

  it('are saved again only when they were changed', async () => {
    const row = await model().findOne({ name: 'create' }).orFail();
    const before = await raw({ name: 'create' });
    row.name = 'create again';
    await row.save();
    const after = await raw({ name: 'create again' });
    expect(after?.secret).toBe(before?.secret);
    row.secret = 'changed';
    await row.save();
    expect(isSealed((await raw({ _id: row._id }))?.secret)).toBe(true);
    expect(row.secret).toBe('changed');
  });

  it('seal once what is saved again after a failure', async () => {
    const row = await model().create({ name: 'first', secret: 'x' });
    const twin = new (model())({ _id: row._id, name: 'twin', secret: 'kept' });
    await expect(twin.save()).rejects.toMatchObject({ code: 11000 });
    await model().deleteOne({ _id: row._id });
    await twin.save();
    expect((await model().findById(twin._id).lean())?.secret).toBe('kept');
  });

  it('read what was never sealed, and open nothing that was not asked for', async () => {
    const _id = newObjectId();
    await model().collection.insertOne({ _id, name: 'plain', secret: 'in the clear' });
    expect((await model().findById(_id).lean())?.secret).toBe('in the clear');
    // A ciphertext of another record does not open; unasked, nobody tries.
    const foreign = await raw({ name: 'many' });
    await model().collection.updateOne({ _id }, { $set: { secret: foreign?.secret } });
    expect((await model().findById(_id).select('name').lean())?.name).toBe('plain');
    await expect(model().findById(_id).lean()).rejects.toThrow();
    await model().deleteOne({ _id });
  });

  it('refuse what could not be sealed, searched or sorted', async () => {
    const _id = newObjectId();
    const calls: Record<string, () => Promise<unknown>> = {
      filter: () => model().find({ secret: 'one' }).exec(),
      nested: () =>
        model()
          .find({ $or: [{ name: 'x' }, { other: op({ $gt: 'a' }) }] })
          .exec(),
      count: () => model().countDocuments({ secret: 'one' }).exec(),
      sort: () => model().find({}).sort({ secret: 1 }).exec(),
      'update of many': () =>
        model()
          .updateMany({ name: 'x' }, { $set: { secret: 'y' } })
          .exec(),
      'update without _id': () => model().updateOne({ name: 'x' }, { secret: 'y' }).exec(),
      replace: () => model().replaceOne({ _id }, { secret: 'y' }).exec(),
      bulk: () => model().bulkWrite([{ insertOne: { document: { secret: 'y' } } }]),
    };
    for (const [name, call] of Object.entries(calls)) await expect(call(), name).rejects.toThrow(/seal/);
    expect(await model().countDocuments({ secret: op({ $exists: true }) })).toBeGreaterThan(0);
    expect(await raw({ secret: 'y' })).toBeNull();
    expect(() =>
      defineTenantModel('Wrong', 'wrong', new Schema({ at: Date }), { sensitive: ['at'] }),
    ).toThrow('cannot be sealed');
  });
});
