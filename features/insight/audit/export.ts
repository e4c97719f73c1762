import 'server-only';
import { csvLine, csvResponse } from '@/lib/csv';
import { ndjsonResponse } from '@/lib/ndjson';
import type { AuditLogEntry } from './dto';

/** The company's log also says which organization an entry is about. */
export type ExportedEntry = AuditLogEntry & { organizationId?: string | null };
type Column = readonly [heading: string, cell: (entry: ExportedEntry) => string | number | null];

const changesOf = ({ changes }: ExportedEntry): string =>
  changes
    .map(({ field, before, after, isRedacted }) =>
      isRedacted ? `${field}: changed` : `${field}: ${before ?? ''} -> ${after ?? ''}`,
    )
    .join('; ');

const BEGINNING: Column[] = [
  ['Number', ({ seq }) => seq],
  ['Time (UTC)', ({ at }) => at],
  ['Actor', ({ actorName }) => actorName],
];
const DEED: Column[] = [
  ['Action', ({ action }) => action],
  ['Target', ({ target }) => target],
  ['Result', ({ result }) => result],
];
const ORIGIN: Column[] = [
  ['IP address', ({ ip }) => ip],
  ['User agent', ({ userAgent }) => userAgent],
  ['Request', ({ requestId }) => requestId],
  ['Hash', ({ hash }) => hash],
];

export const ORGANIZATION_COLUMNS: readonly Column[] = [
  ...BEGINNING,
  ['Role', ({ role }) => role ?? null],
  ['On behalf of', ({ onBehalfOfName }) => onBehalfOfName],
  ...DEED,
  ['Changes', changesOf],
  ...ORIGIN,
];
export const COMPANY_COLUMNS: readonly Column[] = [
  ...BEGINNING,
  ['Kind', ({ actorKind }) => actorKind],
  ['Organization', ({ organizationId }) => organizationId ?? null],
  ...DEED,
  ...ORIGIN,
];

/** A log as a file that streams: CSV, or one JSON object a line where `json` is asked for. */
export function logResponse(
  name: string,
  columns: readonly Column[],
  entries: AsyncGenerator<ExportedEntry>,
  format: unknown,
): Response {
  return format === 'json'
    ? ndjsonResponse(entries, `${name}.jsonl`)
    : csvResponse(`${name}.csv`, linesOf(columns, entries));
}

async function* linesOf(
  columns: readonly Column[],
  entries: AsyncIterable<ExportedEntry>,
): AsyncGenerator<string> {
  yield csvLine(columns.map(([heading]) => heading));
  for await (const entry of entries) yield csvLine(columns.map(([, cell]) => cell(entry)));
}
