import { DatabaseError, driver } from './process.mjs';

/**
 * MONGODB_URI as it is, after looking whether it can do the work.
 * @type {import('./index.mjs').Source}
 */
export async function configured() {
  const uri = process.env.MONGODB_URI;
  if (!uri) return null;
  if (!/^mongodb(\+srv)?:\/\//.test(uri)) {
    throw new DatabaseError('MONGODB_URI must start with mongodb:// or mongodb+srv://.');
  }
  const { MongoClient } = await driver();
  /** @type {import('mongodb').MongoClient} */
  let client;
  try {
    client = new MongoClient(uri, { serverSelectionTimeoutMS: 5_000 });
    await client.connect();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DatabaseError(
      `The database at MONGODB_URI cannot be reached: ${reason.replace(/\/\/[^@]*@/g, '//***@')}`,
    );
  }
  try {
    const hello = await client.db('admin').command({ hello: 1 });
    if (!hello.setName && hello.msg !== 'isdbgrid') {
      throw new DatabaseError(
        'The server at MONGODB_URI is not a replica set or sharded cluster; transactions need one.',
      );
    }
    const status = await client.db('admin').command({ connectionStatus: 1, showPrivileges: true });
    const mayCreate = status.authInfo.authenticatedUserPrivileges.some(
      (/** @type {{ actions: string[] }} */ privilege) =>
        privilege.actions.some((action) => action === 'createUser' || action === 'anyAction'),
    );
    const isAdmin = status.authInfo.authenticatedUserRoles.some((/** @type {{ role: string }} */ { role }) =>
      ['root', 'userAdminAnyDatabase', 'atlasAdmin', 'userAdmin'].includes(role),
    );
    if (!mayCreate && !isAdmin) {
      throw new DatabaseError(
        'The user in MONGODB_URI may not create users; each organization needs a database user of its own.',
      );
    }
    const { version } = await client.db('admin').command({ buildInfo: 1 });
    return { uri, engine: 'MongoDB', version: String(version), stop: async () => {} };
  } finally {
    await client.close();
  }
}
