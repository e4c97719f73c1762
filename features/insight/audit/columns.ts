import type { Columns } from '@/lib/columns';
import type { AuditLogEntry } from './dto';

/** The company's log also says which organization an entry is about. */
export type ExportedEntry = AuditLogEntry & { organizationId?: string | null };
type LogColumns = Columns<AuditLogEntry>;

const changesOf = ({ changes }: AuditLogEntry): string =>
  changes
    .map(({ field, before, after, isRedacted }) =>
      isRedacted ? `${field}: changed` : `${field}: ${before ?? ''} -> ${after ?? ''}`,
    )
    .join('; ');

const BEGINNING: LogColumns = [
  ['Number', 'seq'],
  ['Time (UTC)', 'at'],
  ['Actor', 'actorName'],
];
const DEED: LogColumns = [
  ['Action', 'action'],
  ['Target', 'target'],
  ['Result', 'result'],
];
const ORIGIN: LogColumns = [
  ['IP address', 'ip'],
  ['User agent', 'userAgent'],
  ['Request', 'requestId'],
  ['Hash', 'hash'],
];

export const organizationLogColumns: LogColumns = [
  ...BEGINNING,
  ['Role', 'role'],
  ['On behalf of', 'onBehalfOfName'],
  ...DEED,
  ['Changes', changesOf],
  ...ORIGIN,
];
export const companyLogColumns: Columns<ExportedEntry> = [
  ...BEGINNING,
  ['Kind', 'actorKind'],
  ['Organization', 'organizationId'],
  ...DEED,
  ...ORIGIN,
];
