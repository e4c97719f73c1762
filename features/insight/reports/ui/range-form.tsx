import { clsx } from 'clsx';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import Link from '@/components/ui/link';
import { Select } from '@/components/ui/select';
import { withQuery } from '@/lib/query-words';
import type { Day } from '@/lib/time';
import { addressOf, presetsOf, type Range } from '../schema';

/**
 * Chooses the days of a report. Links and a plain form: the range stays in the address and works without
 * script.
 */
export function RangeForm({
  range,
  today,
  action,
  branches = [],
}: {
  range: Range;
  today: Day;
  action: string;
  /** Whose figures may be chosen; none where there is nothing to choose. */
  branches?: readonly { value: string; label: string }[];
}) {
  const { branch } = range;
  return (
    <div className="no-print mb-5 grid gap-3">
      <nav aria-label="Period" className="flex flex-wrap gap-1.5">
        {presetsOf(today).map(({ label, from, to }) => {
          const isChosen = range.from === from && range.to === to;
          return (
            <Link
              key={label}
              href={withQuery(action, addressOf({ from, to, ...(branch ? { branch } : {}) }))}
              aria-current={isChosen ? 'page' : undefined}
              className={clsx(
                'inline-flex min-h-8 items-center rounded-md border px-3 text-[0.8125rem]',
                isChosen
                  ? 'border-accent bg-accent-soft font-medium text-text'
                  : 'border-border text-text-muted hover:border-border-strong hover:text-text',
              )}
            >
              {label}
            </Link>
          );
        })}
      </nav>
      <form
        key={`${range.from}${range.to}${branch}`}
        action={action}
        className="flex flex-wrap items-end gap-3"
      >
        <Field label="From">
          {(control) => <Input {...control} type="date" name="from" defaultValue={range.from} max={today} />}
        </Field>
        <Field label="To">
          {(control) => <Input {...control} type="date" name="to" defaultValue={range.to} max={today} />}
        </Field>
        {branches.length > 0 ? (
          <Field label="Branch">
            {(control) => <Select {...control} name="branch" defaultValue={branch} options={[...branches]} />}
          </Field>
        ) : null}
        <Button type="submit" variant="secondary">
          Show
        </Button>
      </form>
    </div>
  );
}
