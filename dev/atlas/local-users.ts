import mongoose from 'mongoose';
import type { DatabaseUser } from './world';

const { MongoClient, MongoServerError } = mongoose.mongo;

/**
 * The users of the emulated project, made for real on a local server: what is placed on "Atlas" then works
 * end to end.
 */
export async function openLocalUsers(uri: string) {
  const client = await new MongoClient(uri, { maxPoolSize: 2 }).connect();
  const admin = client.db('admin');
  const ignoring = async (code: number, command: Record<string, unknown>) => {
    try {
      await admin.command(command);
      return true;
    } catch (error) {
      if (error instanceof MongoServerError && error.code === code) return false;
      throw error;
    }
  };
  const rolesOf = (user: DatabaseUser) =>
    user.roles.map(({ roleName, databaseName }) => ({ role: roleName, db: databaseName }));

  return {
    async put(user: DatabaseUser, pwd: string | undefined): Promise<void> {
      const facts = { ...(pwd ? { pwd } : {}), roles: rolesOf(user) };
      const isNew = pwd !== undefined && (await ignoring(51003, { createUser: user.username, ...facts }));
      if (!isNew) await admin.command({ updateUser: user.username, ...facts });
    },
    drop: (username: string) => ignoring(11, { dropUser: username }),
    /** A cluster that goes takes its databases along. */
    dropDatabases: async (user: DatabaseUser): Promise<void> => {
      for (const { databaseName } of user.roles)
        if (/^org_[0-9a-f]{24}(_r\d+)?$/.test(databaseName)) await client.db(databaseName).dropDatabase();
    },
    close: () => client.close(),
  };
}
export type LocalUsers = Awaited<ReturnType<typeof openLocalUsers>>;
