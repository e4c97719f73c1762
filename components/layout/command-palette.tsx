'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { paths } from '@/lib/paths';
import { leaveSafely } from '../forms/unsaved-changes';
import { Avatar } from '../ui/avatar';
import {
  CommandDialog,
  CommandEmpty,
  CommandGroup,
  CommandInput,
  CommandItem,
  CommandList,
} from '../ui/command';
import { Kbd } from '../ui/kbd';
import { Spinner } from '../ui/spinner';
import { NavIcon } from './nav-icon';
import type { NavigationItem } from './navigation';
import { useRecords } from './record-search';

type FoundPatient = { id: string; name: string; number: string; phone: string; born: string };
type Search = {
  words: string;
  state: 'idle' | 'loading' | 'ready' | 'failed';
  patients: readonly FoundPatient[];
};

const DELAY_MS = 160;
const SHORTEST = 2;
const NOTHING: Search = { words: '', state: 'idle', patients: [] };

/** Patients, pages and actions by a few letters, then Enter. */
export function CommandPalette({
  open,
  onOpenChange,
  label,
  pages,
  actions,
  patientSearch,
  recordSearch,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  label: string;
  pages: readonly NavigationItem[];
  actions: readonly NavigationItem[];
  patientSearch: string | null;
  recordSearch: string | null;
}) {
  const router = useRouter();
  const [words, setWords] = useState('');
  const search = usePatients(patientSearch, open ? words.trim() : '');
  const records = useRecords(recordSearch, open ? words.trim() : '');
  const states = [search.state, records.state];
  const go = (href: string) => {
    onOpenChange(false);
    setWords('');
    leaveSafely(() => router.push(href));
  };
  const matches = (item: NavigationItem) => item.label.toLowerCase().includes(words.trim().toLowerCase());
  const foundActions = actions.filter(matches);
  const foundPages = pages.filter(matches);

  return (
    <CommandDialog open={open} onOpenChange={onOpenChange} label={label} filter={false}>
      <CommandInput
        value={words}
        onValueChange={setWords}
        maxLength={100}
        placeholder={
          patientSearch
            ? 'Name, phone, number, or a page'
            : recordSearch
              ? 'Name, e-mail, phone, Stripe id, ticket, or a page'
              : 'A page'
        }
      />
      <CommandList>
        {states.every((state) => state === 'ready' || state === 'idle') ? (
          <CommandEmpty>Nothing found for these letters.</CommandEmpty>
        ) : null}
        {search.state === 'loading' && search.patients.length === 0 ? (
          <p role="status" className="flex items-center gap-3 px-2.5 py-2 text-text-muted">
            <Spinner /> Searching patients
          </p>
        ) : null}
        {search.state === 'failed' ? (
          <p role="status" className="px-2.5 py-2 text-text-muted">
            The patient search did not answer. Type again to retry.
          </p>
        ) : null}
        {search.patients.length > 0 ? (
          <CommandGroup heading="Patients">
            {search.patients.map((patient) => (
              <CommandItem
                key={patient.id}
                value={`patient ${patient.id}`}
                onSelect={() => go(paths.patient(patient.id))}
              >
                <Avatar name={patient.name} size="sm" />
                <span className="min-w-0 flex-1 truncate font-medium">{patient.name}</span>
                <span className="text-[0.8125rem] text-text-subtle tabular-nums">{patient.born}</span>
                <span className="text-[0.8125rem] text-text-subtle tabular-nums">{patient.number}</span>
                <span className="text-[0.8125rem] text-text-subtle tabular-nums max-sm:hidden">
                  {patient.phone}
                </span>
              </CommandItem>
            ))}
          </CommandGroup>
        ) : null}
        {records.state === 'failed' ? (
          <p role="status" className="px-2.5 py-2 text-text-muted">
            The search did not answer. Type again to retry.
          </p>
        ) : null}
        {records.groups.map(({ heading, items }) => (
          <CommandGroup key={heading} heading={heading}>
            {items.map(({ id, label: name, hint, href }) => (
              <CommandItem key={id} value={`record ${id}`} onSelect={() => go(href)}>
                <span className="min-w-0 flex-1 truncate font-medium">{name}</span>
                <span className="text-[0.8125rem] text-text-subtle">{hint}</span>
              </CommandItem>
            ))}
          </CommandGroup>
        ))}
        {foundActions.length > 0 ? (
          <CommandGroup heading="Actions">
            {foundActions.map((item) => (
              <CommandItem key={item.href} value={`action ${item.href}`} onSelect={() => go(item.href)}>
                <NavIcon name={item.icon} />
                {item.label}
              </CommandItem>
            ))}
          </CommandGroup>
        ) : null}
        {foundPages.length > 0 ? (
          <CommandGroup heading="Pages">
            {foundPages.map((item) => (
              <CommandItem key={item.href} value={`page ${item.href}`} onSelect={() => go(item.href)}>
                <NavIcon name={item.icon} />
                {item.label}
              </CommandItem>
            ))}
          </CommandGroup>
        ) : null}
      </CommandList>
      <p
        aria-hidden="true"
        className="flex gap-4 border-border border-t px-4 py-2.5 text-text-subtle text-xs max-sm:hidden"
      >
        <span className="flex items-center gap-1.5">
          <Kbd>↑</Kbd>
          <Kbd>↓</Kbd> move
        </span>
        <span className="flex items-center gap-1.5">
          <Kbd>Enter</Kbd> open
        </span>
        <span className="flex items-center gap-1.5">
          <Kbd>Esc</Kbd> close
        </span>
      </p>
    </CommandDialog>
  );
}

function usePatients(endpoint: string | null, words: string): Search {
  const [search, setSearch] = useState<Search>(NOTHING);
  useEffect(() => {
    if (!endpoint || words.length < SHORTEST) {
      setSearch(NOTHING);
      return;
    }
    const controller = new AbortController();
    // The last hits stay while the next are on their way, so that the list does not flicker.
    setSearch((last) => ({ words, state: 'loading', patients: last.patients }));
    const timer = setTimeout(async () => {
      try {
        const response = await fetch(`${endpoint}?q=${encodeURIComponent(words)}`, {
          signal: controller.signal,
        });
        if (!response.ok) throw new Error(`answered ${response.status}`);
        const patients = patientsOf(await response.json());
        if (!controller.signal.aborted) setSearch({ words, state: 'ready', patients });
      } catch {
        if (!controller.signal.aborted) setSearch({ words, state: 'failed', patients: [] });
      }
    }, DELAY_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [endpoint, words]);
  return search;
}

function patientsOf(body: unknown): FoundPatient[] {
  if (!body || typeof body !== 'object' || !('patients' in body) || !Array.isArray(body.patients)) return [];
  return body.patients.flatMap((entry: unknown) => {
    if (!entry || typeof entry !== 'object') return [];
    const text = (key: string) => {
      const value: unknown = Reflect.get(entry, key);
      return typeof value === 'string' ? value : '';
    };
    return text('id')
      ? [
          {
            id: text('id'),
            name: text('name'),
            number: text('number'),
            phone: text('phone'),
            born: text('born'),
          },
        ]
      : [];
  });
}
