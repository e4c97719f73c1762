/// <reference types="vite/client" />
import mongoose from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { definitionOf, gateOf } from '@/lib/actions/gated';
import { organizationModel } from '@/lib/master/models/organization';
import { newObjectId, objectId } from '@/lib/mongo';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { request } from '@/tests/emulators/request';

// The request around an action: organization A's owner is signed in; everything behind that is real.

type Action = (previous: { status: 'idle' }, form: FormData) => Promise<{ status: string }>;
const files = import.meta.glob<Record<string, unknown>>('/features/**/actions.ts');

const CANARY = 'Canary-of-B';

/** A value that could pass a schema: text where text is asked for, a choice where there is one. */
function plausible(name: string, schema: z.core.$ZodType): string {
  const json = z.toJSONSchema(schema as z.ZodType, { io: 'input', unrepresentable: 'any' }) as {
    enum?: unknown[];
    format?: string;
    type?: string;
  };
  if (json.enum?.[0] !== undefined) return String(json.enum[0]);
  if (json.format === 'date' || /day|date|expires/i.test(name)) return '2030-01-07';
  if (json.format === 'time' || /time/i.test(name)) return '10:00';
  if (json.format === 'email' || /email/i.test(name)) return 'somebody@hospital.test';
  if (/phone/i.test(name)) return '9845012345';
  if (
    json.type === 'number' ||
    json.type === 'integer' ||
    /quantity|minutes|count|version|cents|level|amount/i.test(name)
  )
    return '1';
  return 'Something plausible';
}

/** `attachmentIds[]` is how a form posts a list. */
const postedName = (name: string, schema: unknown): string => {
  const json = z.toJSONSchema(schema as z.ZodType, { io: 'input', unrepresentable: 'any' });
  return json.type === 'array' && /ids$/i.test(name) ? `${name}[]` : name;
};

/** The fields that an input takes, also when it is transformed afterwards. */
function shapeOf(input: unknown): Record<string, unknown> {
  if (input instanceof z.ZodObject) return input.shape;
  return input instanceof z.ZodPipe ? shapeOf(input.in) : {};
}

/** Everything in a database. */
async function contentOf(db: mongoose.mongo.Db): Promise<string> {
  const names = (await db.listCollections().toArray()).map(({ name }) => name).sort();
  const content = await Promise.all(
    names.map(async (name) => [name, await db.collection(name).find().sort({ _id: 1 }).toArray()]),
  );
  return JSON.stringify(content);
}

describe('organization A with ids of organization B', () => {
  let a: Awaited<ReturnType<typeof testOrganization>>;
  let b: Awaited<ReturnType<typeof testOrganization>>;
  let contentOfB: string;
  /** Of a record in each of B's collections: whatever an action looks for under it, B has. */
  const idOfB = newObjectId();
  const client = new mongoose.mongo.MongoClient(process.env.MONGODB_URI ?? '');
  const databaseOfB = () => client.db(b.db.name);

  beforeAll(async () => {
    a = await testOrganization({ maxUsers: null });
    b = await testOrganization({ name: CANARY, maxUsers: null });
    for (const { name } of await databaseOfB().listCollections().toArray()) {
      if (name === '_tenant') continue;
      await databaseOfB().collection(name).insertOne({ _id: idOfB, name: CANARY, note: CANARY });
    }
    contentOfB = await contentOf(databaseOfB());
    const organization = await organizationModel.findById(objectId(a.organizationId)).lean();
    request.principal = {
      kind: 'staff',
      userId: a.owner.id,
      name: a.owner.name,
      email: a.owner.email,
      isEmailVerified: true,
      createdAt: new Date(),
      sessionId: 'session-of-a',
      role: 'owner',
      organization,
    };
  });
  afterAll(async () => {
    await a.dispose();
    await b.dispose();
    await client.close();
    await closeConnections();
  });

  it('has an id to try that each of B’s collections has', () => {
    expect(contentOfB.split(idOfB.toString()).length - 1).toBeGreaterThan(50);
  });

  it.each(Object.keys(files))(
    'every action of %s leaves B as it was and says nothing of it',
    async (file) => {
      const exported = (await files[file]?.()) ?? {};
      for (const [name, action] of Object.entries(exported)) {
        if (gateOf(action) !== 'staff') continue;
        const definition = definitionOf(action) as { input: z.ZodType } | undefined;
        const shape = shapeOf(definition?.input);
        const idFields = Object.keys(shape).filter((key) => /ids?$/i.test(key));
        const form = new FormData();
        for (const [key, schema] of Object.entries(shape)) {
          form.set(
            postedName(key, schema),
            idFields.includes(key) ? idOfB.toString() : plausible(key, schema as z.core.$ZodType),
          );
        }
        const result = await (action as Action)({ status: 'idle' }, form);
        expect(JSON.stringify(result), name).not.toContain(CANARY);
        if (idFields.length > 0) expect(result.status, `${name}: ${JSON.stringify(result)}`).not.toBe('ok');
      }
      expect(await contentOf(databaseOfB()), file).toBe(contentOfB);
    },
  );
});
