import { LogChoice, LogFilter, LogFilterForm, ResultFilter } from '@/features/insight/audit/ui/filter-form';
import {
  type NamedOrganization,
  OrganizationChoice,
} from '@/features/support/announcements/ui/organization-fields';
import { PLATFORM } from '@/lib/paths';
import type { PlatformAuditQuery } from '../schema';

/** The filters of the company's log. */
export function AuditFilters({
  query,
  organization,
}: {
  query: PlatformAuditQuery;
  /** Whom the address names. */
  organization: NamedOrganization | null;
}) {
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
      <LogChoice label="Organization" name="organization">
        <OrganizationChoice id="log-organization" name="organization" organization={organization} />
      </LogChoice>
      <ResultFilter value={query.result} />
    </LogFilterForm>
  );
}
