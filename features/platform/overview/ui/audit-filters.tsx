import { LogFilter, LogFilterForm, ResultFilter } from '@/features/insight/audit/ui/filter-form';
import { PLATFORM } from '@/lib/paths';
import type { PlatformAuditQuery } from '../schema';

/** The filters of the company's log. */
export function AuditFilters({ query }: { query: PlatformAuditQuery }) {
  return (
    <LogFilterForm action={PLATFORM.audit}>
      <LogFilter label="From (UTC)" type="date" name="from" defaultValue={query.from} />
      <LogFilter label="To (UTC)" type="date" name="to" defaultValue={query.to} />
      <LogFilter
        label="Who"
        name="who"
        defaultValue={query.who}
        maxLength={254}
        placeholder="Email or IP address"
      />
      <LogFilter label="Action" name="q" defaultValue={query.q} maxLength={60} placeholder="ticket.answer" />
      <LogFilter
        label="Organization"
        name="organization"
        defaultValue={query.organization}
        maxLength={24}
        placeholder="Its id, from its page"
      />
      <ResultFilter value={query.result} />
    </LogFilterForm>
  );
}
