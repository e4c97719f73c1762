import { staffRoute } from '@/lib/actions/staff';
import { recordAudit } from '@/lib/audit/record';
import { csvLine, csvResponse } from '@/lib/csv';
import type { AuditLogEntry } from '@/lib/features/audit/dto';
import { eachAuditEntry } from '@/lib/features/audit/queries';
import { auditQuery } from '@/lib/features/audit/schema';
import { today } from '@/lib/time';

const HEADINGS = [
  'Number',
  'Time (UTC)',
  'Actor',
  'Role',
  'On behalf of',
  'Action',
  'Target',
  'Result',
  'Changes',
  'IP address',
  'User agent',
  'Request',
  'Hash',
];

/** The log as filtered, as CSV or, with `?format=json`, one JSON object a line; streamed. */
export const GET = staffRoute('audit:read', async (ctx, request) => {
  const given = Object.fromEntries(new URL(request.url).searchParams);
  const query = auditQuery.parse(given);
  await recordAudit(ctx, { action: 'audit.export', target: 'audit:log' });
  const name = `audit-log-${today(ctx.timeZone)}`;
  const entries = eachAuditEntry(ctx, query);
  if (given.format !== 'json') return csvResponse(`${name}.csv`, csv(entries));
  const answer = csvResponse(`${name}.jsonl`, json(entries));
  answer.headers.set('content-type', 'application/x-ndjson; charset=utf-8');
  return answer;
});

async function* csv(entries: AsyncIterable<AuditLogEntry>): AsyncGenerator<string> {
  yield csvLine(HEADINGS);
  for await (const one of entries) {
    const changes = one.changes.map(({ field, before, after, isRedacted }) =>
      isRedacted ? `${field}: changed` : `${field}: ${before ?? ''} -> ${after ?? ''}`,
    );
    yield csvLine([
      one.seq,
      one.at,
      one.actorName,
      one.role,
      one.onBehalfOfName,
      one.action,
      one.target,
      one.result,
      changes.join('; '),
      one.ip,
      one.userAgent,
      one.requestId,
      one.hash,
    ]);
  }
}

async function* json(entries: AsyncIterable<AuditLogEntry>): AsyncGenerator<string> {
  for await (const one of entries) yield `${JSON.stringify(one)}\n`;
}
