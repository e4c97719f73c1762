import type { ReactNode } from 'react';
import { Button, buttonClass } from '@/components/ui/button';
import { Input, type InputProps } from '@/components/ui/input';
import Link from '@/components/ui/link';
import { optionsOf, Select } from '@/components/ui/select';
import { RESULTS } from '../policy';

/**
 * Which entries of a log are shown. A plain form over the address: it can be linked, and works without
 * script.
 */
export function LogFilterForm({ action, children }: { action: string; children: ReactNode }) {
  return (
    <form
      action={action}
      aria-label="Filter the log"
      className="no-print mb-4 grid items-end gap-3 grid-cols-[repeat(auto-fill,minmax(10.5rem,1fr))]"
    >
      {children}
      <div className="flex gap-2">
        <Button type="submit">Apply</Button>
        <Link href={action} className={buttonClass({ variant: 'ghost' })}>
          Clear
        </Link>
      </div>
    </form>
  );
}

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

/** One box of the form; `name` is the word in the address. */
export function LogFilter({
  label,
  name,
  ...input
}: { label: string; name: string } & Omit<InputProps, 'id'>) {
  const id = `log-${name}`;
  return (
    <Labelled id={id} label={label}>
      <Input id={id} name={name} {...input} />
    </Labelled>
  );
}

/** The same around a control of another kind; its id is `log-` and the name. */
export function LogChoice({ label, name, children }: { label: string; name: string; children: ReactNode }) {
  return (
    <Labelled id={`log-${name}`} label={label}>
      {children}
    </Labelled>
  );
}

export function ResultFilter({ value }: { value: string | undefined }) {
  return (
    <Labelled id="log-result" label="Result">
      <Select
        id="log-result"
        name="result"
        defaultValue={value ?? ''}
        placeholder="All results"
        options={optionsOf(RESULTS)}
      />
    </Labelled>
  );
}
