import { paths } from '@/lib/paths';
import type { AuditQuery } from '../schema';
import { LogFilter, LogFilterForm, ResultFilter } from './filter-form';

/** The filters of an organization's log. */
export function AuditFilters({ query }: { query: AuditQuery }) {
  return (
    <LogFilterForm action={paths.audit}>
      <LogFilter label="From" type="date" name="from" defaultValue={query.from} />
      <LogFilter label="To" type="date" name="to" defaultValue={query.to} />
      <LogFilter
        label="Person"
        name="actor"
        defaultValue={query.actor}
        maxLength={100}
        placeholder="Beginning of the name"
      />
      <LogFilter
        label="Action"
        name="action"
        defaultValue={query.action}
        maxLength={60}
        placeholder="patient.open"
      />
      <LogFilter
        label="Target"
        name="target"
        defaultValue={query.target}
        maxLength={100}
        placeholder="Patient, number or kind"
      />
      <ResultFilter value={query.result} />
    </LogFilterForm>
  );
}
