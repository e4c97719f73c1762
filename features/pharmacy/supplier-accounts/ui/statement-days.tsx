'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import type { Day } from '@/lib/time';

/** Which days a statement is of. */
export function StatementDays({ from, to, today }: { from: Day; to: Day; today: Day }) {
  const router = useRouter();
  const [days, setDays] = useState({ from, to });
  return (
    <div className="flex flex-wrap items-end gap-3">
      <Field label="From">
        {(control) => (
          <Input
            {...control}
            type="date"
            max={days.to}
            value={days.from}
            onChange={({ target }) => setDays((all) => ({ ...all, from: target.value }))}
          />
        )}
      </Field>
      <Field label="To">
        {(control) => (
          <Input
            {...control}
            type="date"
            max={today}
            value={days.to}
            onChange={({ target }) => setDays((all) => ({ ...all, to: target.value }))}
          />
        )}
      </Field>
      <Button onClick={() => router.push(`?${new URLSearchParams(days)}`)}>Show</Button>
    </div>
  );
}
