import 'server-only';
import type { Connection } from 'mongoose';
import { env } from './env';

type Counts = Record<'master' | 'tenant', number>;
const KEY = Symbol.for('chakravue.commands');
const global = globalThis as { [key: symbol]: Counts | undefined };
// Route bundles do not share modules, so what is counted for the process hangs on globalThis.
global[KEY] ??= { master: 0, tenant: 0 };
const counts: Counts = global[KEY];

/** Where nobody reads the metrics, the driver makes no event of each command. */
export const watched = (): { monitorCommands: boolean } => ({
  monitorCommands: env().METRICS_TOKEN !== undefined,
});

/** Counts what a connection asks of its server from now on; an opened one gets no events unless `watched`. */
export function countCommands(connection: Connection, of: keyof Counts): Connection {
  connection.getClient().on('commandStarted', () => {
    counts[of]++;
  });
  return connection;
}

/** Commands since the process started. */
export const commandCounts = (): Readonly<Counts> => counts;
