'use client';
import { useState } from 'react';
import { ActionButton } from '@/components/forms/action-button';
import { Section } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Field } from '@/components/ui/field';
import { Icon } from '@/components/ui/icon';
import { Input } from '@/components/ui/input';
import { type Currency, formatAmount } from '@/lib/currency';
import { formatDay } from '@/lib/time';
import { activateServiceAction, addStarterServicesAction, deactivateServiceAction } from '../actions';
import { GROUPS, NOT_IN_PACKAGES } from '../policy';
import type { PricedService } from '../queries';
import { PackageDialog } from './package-dialog';
import { EditService, EndPrice, isOwn, type PriceOwner, SetPrice } from './price-dialogs';
import type { TaxOption } from './service-fields';

type PriceTableProps = {
  services: readonly PricedService[];
  currency: Currency;
  taxes: readonly TaxOption[];
  today: string;
  canWrite: boolean;
  /** Whose prices are shown; null for everybody's. */
  owner: PriceOwner | null;
};

const fits = ({ name, code }: PricedService, words: string): boolean =>
  words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => `${name} ${code}`.toLowerCase().includes(word));

/** The services with what they cost today, by group. Typing narrows them down. */
export function PriceTable({ services, currency, taxes, today, canWrite, owner }: PriceTableProps) {
  const [words, setWords] = useState('');
  const nameOf = new Map(services.map(({ id, name }) => [id, name]));
  const shown = services.filter((service) => fits(service, words.trim()));
  const groups = Object.entries(GROUPS)
    .map(([group, label]) => ({ group, label, rows: shown.filter((one) => one.group === group) }))
    .filter(({ rows }) => rows.length > 0);
  if (services.length === 0) {
    return (
      <EmptyState
        icon={<Icon of="tags" />}
        title="Nothing on the list"
        action={
          canWrite ? (
            <ActionButton action={addStarterServicesAction}>
              Start from the services of an eye hospital
            </ActionButton>
          ) : null
        }
      >
        What is billed comes from this list.
      </EmptyState>
    );
  }
  return (
    <div className="grid gap-5">
      <Field label="Find a service" hideLabel className="sm:max-w-xs">
        {(control) => (
          <Input
            {...control}
            type="search"
            placeholder="Find a service by name or code"
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
        )}
      </Field>
      {groups.length === 0 ? (
        <EmptyState icon={<Icon of="search-x" />} title={`Nothing found for “${words}”`} />
      ) : null}
      {groups.map(({ group, label, rows }) => (
        <Section key={group} title={label} flush>
          <ul className="divide-y divide-border">
            {rows.map((service) => (
              <li
                key={service.id}
                className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 px-4 py-2.5 sm:px-5"
              >
                <div className="min-w-40 flex-1">
                  <p className="break-words font-medium text-text">{service.name}</p>
                  <p className="text-[0.8125rem] text-text-muted">
                    {service.code}
                    {service.next
                      ? `, ${formatAmount(service.next.amountMinor, currency)} from ${formatDay(service.next.from)}`
                      : ''}
                  </p>
                  {service.includes.length > 0 ? (
                    <p className="text-[0.8125rem] text-text-muted">
                      Includes{' '}
                      {service.includes
                        .map(({ serviceId, quantity }) => `${quantity} × ${nameOf.get(serviceId) ?? '?'}`)
                        .join(', ')}{' '}
                      within {service.includeDays} days
                    </p>
                  ) : null}
                </div>
                <p className="text-right tabular-nums">
                  {service.price ? (
                    <span className="font-medium text-text">
                      {formatAmount(service.price.amountMinor, currency)}
                      {owner ? (
                        <span className="block font-normal text-[0.8125rem] text-text-muted">
                          {isOwn(service.price, owner) ? 'its own price' : 'the wider price'}
                        </span>
                      ) : null}
                      {service.price.isInclusive ? (
                        <span className="block font-normal text-[0.8125rem] text-text-muted">with tax</span>
                      ) : null}
                    </span>
                  ) : (
                    <span className="text-warning">No price</span>
                  )}
                </p>
                {canWrite ? (
                  <div className="flex flex-wrap gap-2">
                    {service.isActive ? (
                      <>
                        <SetPrice service={service} currency={currency} today={today} owner={owner} />
                        {owner && [service.price, service.next].some((one) => isOwn(one, owner)) ? (
                          <EndPrice service={service} today={today} owner={owner} />
                        ) : null}
                        <EditService service={service} taxes={taxes} />
                        {NOT_IN_PACKAGES.includes(service.group) ? null : (
                          <PackageDialog service={service} services={services} />
                        )}
                        <ActionButton
                          size="sm"
                          variant="ghost"
                          action={deactivateServiceAction}
                          fields={{ serviceId: service.id }}
                          aria-label={`Take ${service.name} off the list`}
                        >
                          Remove
                        </ActionButton>
                      </>
                    ) : (
                      <ActionButton
                        size="sm"
                        action={activateServiceAction}
                        fields={{ serviceId: service.id }}
                        aria-label={`Put ${service.name} back on the list`}
                      >
                        Put back
                      </ActionButton>
                    )}
                  </div>
                ) : null}
              </li>
            ))}
          </ul>
        </Section>
      ))}
    </div>
  );
}
