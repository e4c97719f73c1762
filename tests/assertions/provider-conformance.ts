import { randomBytes } from 'node:crypto';
import mongoose from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connected, NotReadyYet, type Provider, type TenantTarget } from '@/lib/provisioning/provider';

type Case = {
  provider: () => Promise<Provider>;
  /** Lets the vendor's clock go on while something is being made. */
  pass?: () => Promise<void> | void;
  /** What the provider needs to know of the organization before it is asked. */
  prepare?: (organizationId: string) => Promise<Partial<TenantTarget>>;
  dispose?: () => Promise<void>;
};

/** An organization that nobody has placed yet. */
export const newTarget = (facts: Partial<TenantTarget> = {}): TenantTarget => {
  const organizationId = new mongoose.Types.ObjectId().toString();
  const databaseName = `org_${organizationId}`;
  return {
    organizationId,
    databaseName,
    username: databaseName,
    password: randomBytes(24).toString('base64url'),
    isolation: 'dedicated-user',
    ...facts,
  };
};

/** What every provider must do alike; the product relies on nothing else. */
export function describeProvider(name: string, options: Case): void {
  describe(`the ${name} provider`, () => {
    let provider: Provider;
    let own: TenantTarget;
    let other: TenantTarget;

    async function untilReady<T>(step: () => Promise<T>): Promise<T> {
      for (let turn = 0; turn < 60; turn++) {
        try {
          return await step();
        } catch (error) {
          if (!(error instanceof NotReadyYet)) throw error;
          expect(error.retryAfterMs).toBeGreaterThan(0);
          await options.pass?.();
        }
      }
      throw new Error('It was not ready after sixty turns');
    }

    async function make(): Promise<TenantTarget> {
      const draft = newTarget();
      const target = { ...draft, ...(await options.prepare?.(draft.organizationId)) };
      const { address } = await untilReady(() => provider.ensureDatabase(target));
      await untilReady(() => provider.ensureUser({ ...target, address }));
      return { ...target, address };
    }

    const inside = <T>(target: TenantTarget, work: (db: mongoose.mongo.Db) => Promise<T>): Promise<T> =>
      connected(provider.connectionString(target), (client) => work(client.db(target.databaseName)));

    beforeAll(async () => {
      provider = await options.provider();
      [own, other] = await Promise.all([make(), make()]);
    });
    afterAll(async () => {
      await untilReady(() => provider.remove(own));
      await untilReady(() => provider.remove(other));
      await options.dispose?.();
    });

    it('makes a database that bears the organization’s marker and can be worked in', async () => {
      await inside(own, async (db) => {
        expect(await db.collection('_tenant').findOne({})).toMatchObject({
          organizationId: own.organizationId,
        });
        await db.collection('notes').insertOne({ text: 'kept' });
        await db.collection('notes').createIndex({ text: 1 });
        expect(await db.collection('notes').findOne({ text: 'kept' })).toMatchObject({ text: 'kept' });
      });
    });

    it('does the same again without a second database, user or address', async () => {
      const { address } = await untilReady(() => provider.ensureDatabase(own));
      await Promise.all([provider.ensureUser(own), provider.ensureUser(own)]);
      expect(provider.connectionString({ ...own, address })).toBe(provider.connectionString(own));
      await inside(own, async (db) => expect(await db.collection('_tenant').countDocuments()).toBe(1));
    });

    it('gives a credential that the server refuses elsewhere', async () => {
      if (!provider.capabilities.perDatabaseUsers) return;
      await provider.assertIsolated(own, ['admin', 'chakravue_master', other.databaseName]);
      await connected(provider.connectionString(own), async (client) => {
        await expect(client.db(other.databaseName).collection('_tenant').findOne({})).rejects.toThrow();
      });
    });

    it('refuses a database that is marked as another’s', async () => {
      const intruder = { ...own, organizationId: new mongoose.Types.ObjectId().toString() };
      const attempt = async () => {
        await provider.ensureDatabase(intruder);
        await provider.ensureUser(intruder);
      };
      await expect(attempt()).rejects.toThrow(/another|not ours/i);
    });

    it('gives the user a new password when the stored one has changed', async () => {
      const changed = { ...other, password: randomBytes(24).toString('base64url') };
      if (!provider.capabilities.managesUsers) {
        await expect(provider.ensureUser(changed)).rejects.toThrow('password');
        await inside(other, async (db) => expect(await db.collection('_tenant').countDocuments()).toBe(1));
        return;
      }
      await untilReady(() => provider.ensureUser(changed));
      await expect(inside(other, (db) => db.collection('_tenant').findOne({}))).rejects.toThrow();
      other = changed;
      await inside(other, async (db) => expect(await db.collection('_tenant').countDocuments()).toBe(1));
    });

    it('can do what its record says', async () => {
      const { capabilities } = provider;
      const uri = provider.connectionString(own);
      expect(uri.includes('retryWrites=false')).toBe(!capabilities.retryWrites);
      await connected(uri, async (client) => {
        const rows = client.db(own.databaseName).collection('capable');
        await rows.insertOne({ name: 'Ä' });
        if (capabilities.transactions) {
          const aborted = client.withSession((session) =>
            session.withTransaction(async () => {
              await rows.insertOne({ name: 'undone' }, { session });
              throw new Error('abort');
            }),
          );
          await expect(aborted).rejects.toThrow('abort');
          expect(await rows.countDocuments({ name: 'undone' })).toBe(0);
        }
        if (capabilities.collation) {
          const found = await rows.findOne({ name: 'a' }, { collation: { locale: 'en', strength: 1 } });
          expect(found).not.toBeNull();
        }
        if (capabilities.changeStreams) {
          const stream = rows.watch();
          await stream.tryNext();
          await stream.close();
        }
      });
    });

    it('removes everything, and removing again is no error', async () => {
      const gone = await make();
      await inside(gone, (db) => db.collection('medicines').insertOne({ name: 'gone' }));
      await untilReady(() => provider.remove(gone));
      await untilReady(() => provider.remove(gone));
      if (!provider.capabilities.managesUsers) {
        expect(await inside(gone, (db) => db.listCollections().toArray())).toEqual([]);
        return;
      }
      await expect(inside(gone, (db) => db.collection('_tenant').findOne({}))).rejects.toThrow();
    });
  });
}
