'use client';
import { LoaderCircle, Search } from 'lucide-react';
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useEffect, useRef, useState, useTransition } from 'react';
import { controlClasses } from './input';
import { cn } from './cn';

/** A search box that writes `q` into the address a moment after typing stops. */
export function SearchInput({ label, placeholder, className }: { label: string; placeholder?: string; className?: string }) {
  const router = useRouter();
  const pathname = usePathname();
  const search = useSearchParams();
  const [text, setText] = useState(search.get('q') ?? '');
  const [pending, startTransition] = useTransition();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  function change(value: string, delayMs: number) {
    setText(value);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      const params = new URLSearchParams(search);
      if (value.trim()) params.set('q', value.trim());
      else params.delete('q');
      params.delete('after');
      params.delete('before');
      startTransition(() => router.replace(`${pathname}?${params}`, { scroll: false }));
    }, delayMs);
  }

  const Icon = pending ? LoaderCircle : Search;
  return (
    <span className={cn('relative block w-72 max-w-full', className)}>
      <Icon className={cn('pointer-events-none absolute left-3 top-2.5 size-4 text-text-subtle', pending && 'animate-spin')} aria-hidden />
      <input
        type="search"
        aria-label={label}
        placeholder={placeholder ?? label}
        value={text}
        onChange={(event) => change(event.target.value, 220)}
        onKeyDown={(event) => event.key === 'Enter' && change(text, 0)}
        className={cn(controlClasses, 'h-9 pl-9')}
      />
    </span>
  );
}
