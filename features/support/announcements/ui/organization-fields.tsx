'use client';
import { useRef, useState } from 'react';
import { useField } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { Combobox, type ComboboxOption } from '@/components/ui/combobox';
import { FieldGroup } from '@/components/ui/field';
import { Icon } from '@/components/ui/icon';
import { paths } from '@/lib/paths';

export type NamedOrganization = { id: string; name: string };

type Answer = {
  groups: { heading: string; items: { id: string; label: string; hint: string }[] }[];
};

/** Customers by any part of a name, an e-mail, a phone or a Stripe id, as the search from anywhere. */
async function findOrganizations(words: string, signal: AbortSignal): Promise<ComboboxOption[]> {
  if (words.trim().length < 2) return [];
  const answer = await fetch(`${paths.platformSearch}?q=${encodeURIComponent(words.trim())}`, { signal });
  if (!answer.ok) throw new Error(`The search answered ${answer.status}`);
  const { groups }: Answer = await answer.json();
  const customers = groups.find(({ heading }) => heading === 'Customers')?.items ?? [];
  return customers.map(({ id, label, hint }) => ({ value: id, label, description: hint }));
}

const WORDS = {
  placeholder: 'Name, e-mail, phone',
  emptyText: 'No customer has these letters; write two or more',
};

/** One organization by its name, for a plain form over the address. */
export function OrganizationChoice({
  id,
  name,
  organization,
}: {
  id: string;
  name: string;
  organization: NamedOrganization | null;
}) {
  return (
    <Combobox
      id={id}
      name={name}
      loadOptions={findOrganizations}
      defaultOption={organization ? { value: organization.id, label: organization.name } : null}
      {...WORDS}
    />
  );
}

/** As it is posted: the id, and the name, which a draft has to bring back. */
const postedOf = ({ id, name }: NamedOrganization): string => `${id} ${name}`;
const readPosted = (posted: string): NamedOrganization => ({
  id: posted.slice(0, 24),
  name: posted.slice(25),
});

/** Any number of organizations, each by its name. */
export function OrganizationsField({
  name,
  label,
  help,
  organizations = [],
}: {
  name: string;
  label: string;
  help: string;
  organizations?: readonly NamedOrganization[] | undefined;
}) {
  const { id, error, keptList } = useField(name, label);
  const [chosen, setChosen] = useState<readonly NamedOrganization[]>(() =>
    keptList ? keptList.map(readPosted) : organizations,
  );
  const list = useRef<HTMLUListElement>(null);
  const change = (next: readonly NamedOrganization[]) => {
    setChosen(next);
    // The form around watches for what people type; a click on a button fires no input event.
    list.current?.dispatchEvent(new Event('input', { bubbles: true }));
  };
  return (
    <FieldGroup id={id} legend={label} error={error} help={help}>
      <ul ref={list} className="flex flex-wrap gap-2 empty:hidden">
        {chosen.map((one) => (
          <li
            key={one.id}
            className="flex min-w-0 items-center gap-1 rounded-md border border-border py-0.5 pr-0.5 pl-2.5 text-sm"
          >
            <span className="min-w-0 break-words">{one.name}</span>
            <input type="hidden" name={`${name}[]`} value={postedOf(one)} data-shown={one.name} readOnly />
            <Button
              variant="ghost"
              size="icon-sm"
              aria-label={`Remove ${one.name}`}
              onClick={() => change(chosen.filter((other) => other.id !== one.id))}
            >
              <Icon of="x" />
            </Button>
          </li>
        ))}
      </ul>
      <Combobox
        // Empty again after each choice.
        key={chosen.map((one) => one.id).join()}
        name={`add-${name}`}
        aria-label={`Add to ${label.toLowerCase()}`}
        loadOptions={async (words, signal) =>
          (await findOrganizations(words, signal)).filter(({ value }) =>
            chosen.every((one) => one.id !== value),
          )
        }
        onSelect={(option) => {
          if (option) change([...chosen, { id: option.value, name: option.label }]);
        }}
        {...WORDS}
      />
    </FieldGroup>
  );
}
