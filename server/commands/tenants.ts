import 'server-only';
import '@/server/master-models';
import '../tenant-models';
import { isAppError } from '@/lib/errors';
import { closeMaster } from '@/lib/master/connection';
import { ensureMasterIndexes } from '@/lib/master/define-master-model';
import { closeProvisioner } from '@/lib/provisioning/providers/self-hosted';
import { drainTenants } from '@/lib/tenancy/factory';
import { LIFE_VERBS } from './life';
import { migrateTenants, showFleet } from './migrate';
import { rebuildReports } from './rebuild-reports';

type Verb = {
  /** What follows the verb, for the list of verbs. */
  use: string;
  /** Gets what follows the verb. @returns the exit code. */
  run: (args: readonly string[]) => Promise<number>;
};

/** The operator's verbs; each is a thin function of its feature. */
const VERBS: Record<string, Verb> = {
  status: { use: 'the schema version of every organization', run: showFleet },
  migrate: {
    use: '(--all | --organization <id>) [--canary <id>] [--parallel 4]  to the newest schema version',
    run: migrateTenants,
  },
  'rebuild-reports': {
    use: '<organization id>  its daily figures, made anew from the records',
    run: rebuildReports,
  },
  ...LIFE_VERBS,
};

const usage = (): string =>
  [
    'Use: npm run tenants -- <verb>',
    ...Object.entries(VERBS).map(([verb, { use }]) => `  ${verb.padEnd(16)} ${use}`),
  ].join('\n');

/** The operator's command behind `npm run tenants`. @returns the exit code; 2 for a wrong use. */
export async function runTenants([verb, ...args]: readonly string[]): Promise<number> {
  const known = verb && Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined;
  if (!known) {
    process.stderr.write(`${usage()}\n`);
    return 2;
  }
  try {
    await ensureMasterIndexes();
    return await known.run(args);
  } catch (error) {
    // A mistyped id or option is answered with its sentence; anything else is a bug and shows where.
    if (!isAppError(error)) throw error;
    process.stderr.write(`${error.message}\n`);
    return error.code === 'INVALID_INPUT' ? 2 : 1;
  } finally {
    drainTenants();
    await closeProvisioner();
    await closeMaster();
  }
}
