import 'server-only';
import { parseArgs } from 'node:util';
import { type FleetRow, listFleet } from '@/features/fleet/migrations/queries';
import { migrateFleet } from '@/features/fleet/migrations/service/migrate-fleet';
import { AppError } from '@/lib/errors';
import { OBJECT_ID } from '@/lib/object-id';
import { SCHEMA_VERSION } from '@/lib/tenancy/schema-version';

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

/** Rows as columns of equal width. */
export function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  return [head, ...rows]
    .map((row) =>
      widths
        .map((width, column) => (row[column] ?? '').padEnd(width))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const stateOf = (row: FleetRow): string => row.state ?? (row.isBehind ? 'waiting' : 'as provisioned');

/** `npm run tenants -- status`: the version of every organization. Not 0 while one has failed. */
export async function showFleet(): Promise<number> {
  const fleet = await listFleet();
  print(
    tableOf(
      ['organization', 'name', 'status', 'version', 'migration', 'attempts', 'error'],
      fleet.map((row) => [
        row.organizationId,
        row.name,
        row.status,
        row.isBehind ? `${row.version} (behind)` : String(row.version),
        stateOf(row),
        String(row.attempts),
        row.lastError ?? '',
      ]),
    ),
  );
  const behind = fleet.filter(({ isBehind }) => isBehind).length;
  const failed = fleet.filter(({ state }) => state === 'failed').length;
  print(
    `${fleet.length} organizations, the newest version is ${SCHEMA_VERSION}; ${behind} behind, ${failed} failed.`,
  );
  return failed > 0 ? 1 : 0;
}

const MOST_PARALLEL = 8;

function migrateOptions(args: readonly string[]) {
  const use =
    'Use: npm run tenants -- migrate (--all | --organization <id>) [--canary <id>] [--parallel 1..8]';
  const wrong = (): AppError => new AppError('INVALID_INPUT', use);
  let values: { all?: boolean; organization?: string; canary?: string; parallel?: string };
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        all: { type: 'boolean' },
        organization: { type: 'string' },
        canary: { type: 'string' },
        parallel: { type: 'string' },
      },
    }));
  } catch {
    throw wrong();
  }
  const { all = false, organization, canary } = values;
  const parallel = Number(values.parallel ?? 4);
  const isId = (id: string | undefined): boolean => id === undefined || OBJECT_ID.test(id);
  if (all === Boolean(organization) || !isId(organization) || !isId(canary)) throw wrong();
  if (!Number.isInteger(parallel) || parallel < 1 || parallel > MOST_PARALLEL) throw wrong();
  return { organizationIds: organization ? [organization] : undefined, canary, parallel };
}

/**
 * `npm run tenants -- migrate`: one organization, or all that are behind, the canary first. May be started
 * again after a failure: what is done stays done. Not 0 when any has failed, or when a failed canary kept the
 * others from being tried.
 */
export async function migrateTenants(args: readonly string[]): Promise<number> {
  const results = await migrateFleet({
    ...migrateOptions(args),
    onResult: ({ organizationId, error }) =>
      print(`${organizationId}  ${error ? `failed: ${error}` : 'done'}`),
  });
  const failed = results.filter(({ error }) => error !== null).length;
  print(`${results.length - failed} migrated, ${failed} failed.`);
  return failed > 0 ? 1 : 0;
}
