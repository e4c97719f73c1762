import 'server-only';
import type { Connection } from 'mongoose';

type Counts = Record<'master' | 'tenant', number>;
const KEY = Symbol.for('chakravue.commands');
const global = globalThis as { [key: symbol]: Counts | undefined };
// Route bundles do not share modules, so what is counted for the process hangs on globalThis.
global[KEY] ??= { master: 0, tenant: 0 };
const counts: Counts = global[KEY];

/**
 * Counts what a connection asks of its server from now on. Each command takes a connection out of the pool;
 * an event of the command itself would make the driver read each answer a second time.
 */
export function countCommands(connection: Connection, of: keyof Counts): Connection {
  connection.getClient().on('connectionCheckedOut', () => {
    counts[of]++;
  });
  return connection;
}

/** Commands since the process started. */
export const commandCounts = (): Readonly<Counts> => counts;
