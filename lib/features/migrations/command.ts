import 'server-only';
import { SCHEMA_VERSION } from '@/lib/tenancy/schema-version';
import { type FleetRow, listFleet } from './queries';

const say = (text: string): void => {
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
  say(
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
  say(
    `${fleet.length} organizations, the newest version is ${SCHEMA_VERSION}; ${behind} behind, ${failed} failed.`,
  );
  return failed > 0 ? 1 : 0;
}
