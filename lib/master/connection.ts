import 'server-only';
import mongoose, { type ClientSession, type Connection } from 'mongoose';
import { countCommands } from '../command-counts';
import { env } from '../env';
import { AppError } from '../errors';
import { BASE_OPTIONS } from '../mongo';

type Holder = { connection: Connection; opening: Promise<Connection> | undefined };
const KEY = Symbol.for('chakravue.master');
const global = globalThis as { [key: symbol]: Holder | undefined };
// Route bundles do not share modules, so what must exist once per process hangs on globalThis.
global[KEY] ??= { connection: mongoose.createConnection(), opening: undefined };
const holder: Holder = global[KEY];

/** The connection that the master's models are compiled on, open or not. */
export const unopenedMaster: Connection = holder.connection;

/**
 * The connection to the master database; opened once per process, opened again after a failure to open.
 * @throws AppError UNAVAILABLE when the server cannot be reached.
 */
export function masterConnection(): Promise<Connection> {
  holder.opening ??= holder.connection
    .openUri(env().MONGODB_URI, {
      ...BASE_OPTIONS,
      dbName: env().MASTER_DATABASE,
      maxPoolSize: 30,
      minPoolSize: 2,
      maxIdleTimeMS: 300_000,
      appName: 'chakravue/master',
    })
    .then((connection) => countCommands(connection, 'master'))
    .catch((cause: unknown) => {
      holder.opening = undefined;
      throw new AppError(
        'UNAVAILABLE',
        'Our database cannot be reached right now. Please try again in a minute.',
        { cause },
      );
    });
  return holder.opening;
}

/** Runs `work` in one transaction of the master database; it may run more than once. */
export async function masterTransaction<T>(work: (session: ClientSession) => Promise<T>): Promise<T> {
  const connection = await masterConnection();
  const session = await connection.startSession();
  try {
    return await session.withTransaction(() => work(session));
  } finally {
    await session.endSession();
  }
}

export async function closeMaster(): Promise<void> {
  const { opening } = holder;
  holder.opening = undefined;
  await (await opening)?.close();
}
