import mongoose from 'mongoose';

const { MongoClient, MongoServerError } = mongoose.mongo;
const USER_EXISTS = 51003;

/** What an emulated vendor answers instead of the result. */
export class Failure extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** What happens to the next calls: an answer of the vendor's, or none after the work is done. */
export type Fault = { call: string; times: number } & (
  | { status: number; code: string }
  | { lostReply: true }
);

/** Faults in the order they were asked for. */
export function newFaults() {
  const faults: Fault[] = [];
  return {
    fail: (fault: Fault) => faults.push(fault),
    forgive: () => faults.splice(0),
    take: (call: string): Fault | undefined => faults.find((one) => one.call === call && one.times-- > 0),
  };
}

/**
 * The local server that stands behind every cluster of an emulated vendor: users and databases there are
 * real.
 */
export async function openLocalServer(mongoUri: string) {
  const client = await new MongoClient(mongoUri, { maxPoolSize: 2 }).connect();
  const admin = client.db('admin');
  return {
    host: new URL(mongoUri).host,
    /** A cluster's administrator. Asked for again, the first password stays, as at the vendors. */
    async addAdmin(username: string, pwd: string): Promise<void> {
      try {
        await admin.command({ createUser: username, pwd, roles: [{ role: 'root', db: 'admin' }] });
      } catch (error) {
        if (!(error instanceof MongoServerError) || error.code !== USER_EXISTS) throw error;
      }
    },
    dropAdmin: (username: string) => admin.command({ dropUser: username }),
    /**
     * A cluster that goes takes its databases and users along: those of the organization that its tags name.
     */
    async dropCluster(name: string, organization: string): Promise<void> {
      const generation = /-(\d+)$/.exec(name.slice(`ck-${organization}`.length))?.[1];
      const database = `org_${organization}${generation ? `_r${generation}` : ''}`;
      const { users } = await admin.command({ usersInfo: 1 });
      for (const { user } of users as { user: string }[])
        if (user === database || user.startsWith(`${database}_`)) await admin.command({ dropUser: user });
      await client.db(database).dropDatabase();
    },
    close: () => client.close(),
  };
}
