'use client';

import { clsx } from 'clsx';
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useEffect, useRef, useState, useTransition } from 'react';
import { Icon } from '@/components/ui/icon';
import { Spinner } from './spinner';

const DELAY_MS = 250;

/**
 * A search box that writes its words into the address (`?q=`), so that a search can be linked, reloaded and
 * gone back to.
 * Typing searches after a moment, Enter at once, the down arrow leads into the list; without script it is a
 * plain form.
 */
export function SearchInput({
  label,
  name = 'q',
  placeholder,
  className,
  autoFocus = false,
  onEnter,
}: {
  label: string;
  name?: string;
  placeholder?: string;
  className?: string;
  autoFocus?: boolean;
  /** What Enter does besides searching: opening the first hit. */
  onEnter?: (words: string) => void;
}) {
  const router = useRouter();
  const pathname = usePathname();
  const params = useSearchParams();
  const inAddress = params.get(name) ?? '';
  const [text, setText] = useState(inAddress);
  const [pending, start] = useTransition();
  const input = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const asked = useRef(inAddress);

  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    // Back, forward or a cleared filter: the box follows. What we asked for ourselves must not overwrite
    // later typing.
    if (inAddress !== asked.current) {
      asked.current = inAddress;
      setText(inAddress);
    }
  }, [inAddress]);

  const search = (words: string) => {
    clearTimeout(timer.current);
    const trimmed = words.trim();
    if (trimmed === asked.current) return;
    asked.current = trimmed;
    const next = new URLSearchParams(params);
    for (const key of ['cursor', 'after', 'before', 'page']) next.delete(key);
    if (trimmed) next.set(name, trimmed);
    else next.delete(name);
    start(() => router.replace(next.size ? `${pathname}?${next}` : pathname, { scroll: false }));
  };

  return (
    <search className={clsx('search-box', className)}>
      <form
        action={pathname}
        onSubmit={(event) => {
          event.preventDefault();
          search(text);
          if (text.trim()) onEnter?.(text.trim());
        }}
      >
        <Icon
          of="search"
          className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-text-subtle"
        />
        <input
          ref={input}
          type="search"
          name={name}
          value={text}
          maxLength={100}
          aria-label={label}
          placeholder={placeholder ?? label}
          autoComplete="off"
          spellCheck={false}
          // biome-ignore lint/a11y/noAutofocus: only where searching is what the page is for
          autoFocus={autoFocus}
          className="control control-line px-9 [&::-webkit-search-cancel-button]:hidden"
          onKeyDown={(event) => {
            if (event.key !== 'ArrowDown') return;
            const first = document.querySelector<HTMLAnchorElement>('a[data-row-link]');
            if (!first) return;
            event.preventDefault();
            first.focus();
          }}
          onChange={(event) => {
            const words = event.target.value;
            setText(words);
            clearTimeout(timer.current);
            timer.current = setTimeout(() => search(words), DELAY_MS);
          }}
        />
        {pending ? (
          <Spinner className="absolute top-1/2 right-3 -mt-2 text-text-subtle" />
        ) : text ? (
          <button
            type="button"
            aria-label="Clear search"
            className="absolute top-1/2 right-1.5 grid size-7 -translate-y-1/2 place-items-center rounded-md text-text-subtle hover:bg-surface-hover hover:text-text"
            onClick={() => {
              setText('');
              search('');
              input.current?.focus();
            }}
          >
            <Icon of="x" className="size-4" />
          </button>
        ) : null}
      </form>
    </search>
  );
}
