'use client';
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useTransition } from 'react';
import { Select, type SelectOption } from '@/components/ui/select';

/** A filter that stands in the address; choosing starts the list from its first page. */
export function AddressSelect({
  name,
  label,
  all,
  options,
}: {
  name: string;
  label: string;
  all: string;
  options: readonly SelectOption[];
}) {
  const router = useRouter();
  const pathname = usePathname();
  const search = useSearchParams();
  const [pending, start] = useTransition();
  return (
    <Select
      aria-label={label}
      aria-busy={pending}
      className="w-44 max-sm:w-full"
      placeholder={all}
      options={options}
      value={search.get(name) ?? ''}
      onChange={(event) => {
        const next = new URLSearchParams(search);
        for (const cursor of ['after', 'before']) next.delete(cursor);
        if (event.target.value) next.set(name, event.target.value);
        else next.delete(name);
        start(() => router.replace(next.size > 0 ? `${pathname}?${next}` : pathname, { scroll: false }));
      }}
    />
  );
}
