import { randomBytes } from 'node:crypto';
import type mongoose from 'mongoose';
import { afterAll, describe, expect, it } from 'vitest';
import '@/server/tenant-models';
import { newObjectId } from '@/lib/mongo';
import { describeProvider } from '@/tests/assertions/provider-conformance';
import { assertOutside, parseExternal } from '../external/address';
import { addressOf, connected, type TenantTarget } from '../provider';
import { externalProvider, inspectExternal } from './external';

const server = process.env.MONGODB_URI ?? '';
const made: string[] = [];
const asCustomer = <T>(work: (client: InstanceType<typeof mongoose.mongo.MongoClient>) => Promise<T>) =>
  connected(server, work);

/** What the customer does on their own server before they come to us. */
async function customerUser(databaseName: string, role: 'read' | 'readWrite' = 'readWrite') {
  made.push(databaseName);
  const username = `hospital_${randomBytes(4).toString('hex')}`;
  const password = randomBytes(18).toString('base64url');
  await asCustomer((client) =>
    client
      .db(databaseName)
      .command({ createUser: username, pwd: password, roles: [{ role, db: databaseName }] }),
  );
  const address = new URL(addressOf(server));
  address.searchParams.set('authSource', databaseName);
  return { username, password, address: address.toString() };
}

async function newTarget(role?: 'read' | 'readWrite'): Promise<TenantTarget> {
  const organizationId = newObjectId().toString();
  const databaseName = `hospital_${organizationId}`;
  const user = await customerUser(databaseName, role);
  return { organizationId, databaseName, isolation: 'dedicated-user', ...user };
}

afterAll(async () => {
  await asCustomer(async (client) => {
    for (const name of made) {
      await client.db(name).command({ dropAllUsersFromDatabase: 1 });
      await client.db(name).dropDatabase();
    }
  });
});

describeProvider('external', {
  provider: async () => externalProvider,
  prepare: async (organizationId) => customerUser(`org_${organizationId}`),
});

describe('a customer’s server', () => {
  it('is refused with the user’s missing rights, a wrong password, foreign content, or no answer', async () => {
    await expect(inspectExternal(await newTarget('read'))).rejects.toThrow('role readWrite');
    const target = await newTarget();
    await expect(inspectExternal({ ...target, password: 'wrong' })).rejects.toThrow('refused the user name');
    const nobody = 'mongodb://127.0.0.1:1/';
    await expect(inspectExternal({ ...target, address: nobody })).rejects.toThrow('did not answer');
    expect(await inspectExternal(target)).toBe('empty');
    await asCustomer((client) => client.db(target.databaseName).collection('theirs').insertOne({ a: 1 }));
    await expect(inspectExternal(target)).rejects.toThrow('not empty');
    await expect(externalProvider.ensureDatabase(target)).rejects.toThrow('not empty');
  });

  it('keeps what is not ours when we leave', async () => {
    const target = await newTarget();
    await externalProvider.ensureDatabase(target);
    await asCustomer((client) => client.db(target.databaseName).collection('theirs').insertOne({ a: 1 }));
    await externalProvider.remove(target);
    const left = await asCustomer((client) => client.db(target.databaseName).listCollections().toArray());
    expect(left.map(({ name }) => name)).toEqual(['theirs']);
  });
});

describe('a connection string', () => {
  it.each([
    ['http://u:p@db.test/x', 'Begin with mongodb'],
    ['mongodb://', 'not a connection string'],
    ['mongodb://u:p@db.test/x', 'Add tls=true'],
    ['mongodb+srv://u:p@db.test/x?tls=false', 'Add tls=true'],
    ['mongodb://u:p@127.0.0.1,db.test/x', 'Add tls=true'],
    ['mongodb://u:p@db.test/x?tls=true&ssl=false', 'contradict each other'],
    ['mongodb+srv://u:p@db.test/x?ssl=true&tls=false', 'contradict each other'],
    ['mongodb://db.test/x?tls=true', 'user name and password'],
    ['mongodb://u:p@db.test/?tls=true', 'Name a database'],
    ['mongodb://u:p@db.test/admin?tls=true', 'Name a database'],
    ['mongodb://u:p@db.test/x?tls=true&tlsCAFile=/etc/passwd', 'Leave out the option tlsCAFile'],
    ['mongodb://u:p@db.test/x?tls=true&tlsAllowInvalidCertificates=true', 'Leave out the option'],
    ['mongodb://u:p@db.test/x?tls=true&proxyHost=10.0.0.1', 'Leave out the option proxyHost'],
    ['mongodb://u:p@db.test/x?tls=true&authMechanism=MONGODB-AWS', 'cannot have this value'],
    ['mongodb://u:p@db.test/x?tls=true&w=0', 'cannot have this value'],
  ])('%s is refused', (text, sentence) => {
    expect(() => parseExternal(text)).toThrow(sentence);
  });

  it('is kept without what the provider appends for itself, and never to machines’ metadata', async () => {
    const given = parseExternal(
      ' mongodb+srv://u:p%40q@db.test/hospital?retryWrites=true&w=majority&appName=C0 ',
    );
    expect(given).toMatchObject({ hosts: ['db.test'], password: 'p@q', databaseName: 'hospital' });
    expect(given.address).toBe('mongodb+srv://db.test/?retryWrites=true&w=majority');
    const metadata = parseExternal('mongodb://u:p@169.254.169.254/x?tls=true');
    await expect(assertOutside(metadata)).rejects.toThrow('private address');
    await expect(assertOutside(parseExternal('mongodb://u:p@nowhere.invalid/x?tls=true'))).rejects.toThrow(
      'not known',
    );
  });
});
