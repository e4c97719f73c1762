import Link from 'next/link';
import type { ReactNode } from 'react';
import { Button, buttonClass } from '@/components/ui/button';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { type AuditQuery, RESULTS } from '@/lib/features/audit/schema';
import { paths } from '@/lib/paths';

function Labelled({ id, label, children }: { id: string; label: string; children: ReactNode }) {
  return (
    <div className="grid min-w-0 gap-1">
      <label htmlFor={id} className="text-[0.8125rem] text-text-muted">
        {label}
      </label>
      {children}
    </div>
  );
}

/** Which entries are shown. A plain form over the address: it can be linked, and works without script. */
export function AuditFilters({ query }: { query: AuditQuery }) {
  return (
    <form
      action={paths.audit}
      aria-label="Filter the log"
      className="no-print mb-4 grid items-end gap-3 grid-cols-[repeat(auto-fill,minmax(10.5rem,1fr))]"
    >
      <Labelled id="audit-from" label="From">
        <Input type="date" id="audit-from" name="from" defaultValue={query.from} />
      </Labelled>
      <Labelled id="audit-to" label="To">
        <Input type="date" id="audit-to" name="to" defaultValue={query.to} />
      </Labelled>
      <Labelled id="audit-actor" label="Person">
        <Input
          id="audit-actor"
          name="actor"
          defaultValue={query.actor}
          maxLength={100}
          placeholder="Beginning of the name"
        />
      </Labelled>
      <Labelled id="audit-action" label="Action">
        <Input
          id="audit-action"
          name="action"
          defaultValue={query.action}
          maxLength={60}
          placeholder="patient.open"
        />
      </Labelled>
      <Labelled id="audit-target" label="Target">
        <Input
          id="audit-target"
          name="target"
          defaultValue={query.target}
          maxLength={100}
          placeholder="Patient, number or kind"
        />
      </Labelled>
      <Labelled id="audit-result" label="Result">
        <Select
          id="audit-result"
          name="result"
          defaultValue={query.result ?? ''}
          placeholder="All results"
          options={Object.entries(RESULTS).map(([value, text]) => ({ value, label: text }))}
        />
      </Labelled>
      <div className="flex gap-2">
        <Button type="submit">Apply</Button>
        <Link href={paths.audit} className={buttonClass({ variant: 'ghost' })}>
          Clear
        </Link>
      </div>
    </form>
  );
}
