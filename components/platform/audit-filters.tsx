import Link from 'next/link';
import type { ReactNode } from 'react';
import { Button, buttonClass } from '@/components/ui/button';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import type { PlatformAuditQuery } from '@/lib/features/platform/schema';
import { PLATFORM } from './addresses';

const RESULTS = [
  { value: 'ok', label: 'Done' },
  { value: 'refused', label: 'Refused' },
  { value: 'failed', label: 'Failed' },
];

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

/** Which entries of the company's log are shown. A plain form over the address, as on the hospitals' own page. */
export function AuditFilters({ query }: { query: PlatformAuditQuery }) {
  return (
    <form
      action={PLATFORM.audit}
      aria-label="Filter the log"
      className="no-print mb-4 grid items-end gap-3 grid-cols-[repeat(auto-fill,minmax(10.5rem,1fr))]"
    >
      <Labelled id="log-from" label="From (UTC)">
        <Input type="date" id="log-from" name="from" defaultValue={query.from} />
      </Labelled>
      <Labelled id="log-to" label="To (UTC)">
        <Input type="date" id="log-to" name="to" defaultValue={query.to} />
      </Labelled>
      <Labelled id="log-who" label="Who">
        <Input
          id="log-who"
          name="who"
          defaultValue={query.who}
          maxLength={254}
          placeholder="Email or IP address"
        />
      </Labelled>
      <Labelled id="log-action" label="Action">
        <Input id="log-action" name="q" defaultValue={query.q} maxLength={60} placeholder="ticket.answer" />
      </Labelled>
      <Labelled id="log-organization" label="Organization">
        <Input
          id="log-organization"
          name="organization"
          defaultValue={query.organization}
          maxLength={24}
          placeholder="Its id, from its page"
        />
      </Labelled>
      <Labelled id="log-result" label="Result">
        <Select
          id="log-result"
          name="result"
          defaultValue={query.result ?? ''}
          placeholder="All results"
          options={RESULTS}
        />
      </Labelled>
      <div className="flex gap-2">
        <Button type="submit">Apply</Button>
        <Link href={PLATFORM.audit} className={buttonClass({ variant: 'ghost' })}>
          Clear
        </Link>
      </div>
    </form>
  );
}
