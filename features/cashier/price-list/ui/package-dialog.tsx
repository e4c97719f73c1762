'use client';
import { useState } from 'react';
import { ActionForm, SubmitButton } from '@/components/forms/action-form';
import { FormCombobox } from '@/components/forms/form-combobox';
import { FormField, useField } from '@/components/forms/form-field';
import { PiecesField } from '@/components/forms/pieces-field';
import { Button } from '@/components/ui/button';
import type { ComboboxOption } from '@/components/ui/combobox';
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { FieldNotes } from '@/components/ui/field';
import { Icon } from '@/components/ui/icon';
import { setPackageAction } from '../actions';
import { MOST_OF_PART, NOT_IN_PACKAGES } from '../policy';
import type { PricedService } from '../queries';

const schema = async () => (await import('../schema')).setPackageInput;

type PackageDialogProps = { service: PricedService; services: readonly PricedService[] };

/** What the price of a package holds, and for how long. What was sold keeps what it was sold with. */
export function PackageDialog({ service, services }: PackageDialogProps) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button size="sm" variant="ghost" aria-label={`What ${service.name} includes`}>
          Includes
        </Button>
      </DialogTrigger>
      <DialogContent
        title={`What ${service.name} includes`}
        description="It is billed as one. What is done of its parts is not billed again; more of it is. Packages that were sold stay as they are."
      >
        <ActionForm
          action={setPackageAction}
          schema={schema}
          label="Package"
          version={service.version}
          onSuccess={() => setOpen(false)}
        >
          <input type="hidden" name="serviceId" value={service.id} />
          <PartFields service={service} services={services} />
          <FormField
            name="days"
            label="Days"
            help="From the bill on; what is not used by then lapses"
            inputMode="numeric"
            autoComplete="off"
            defaultValue={String(service.includeDays ?? 30)}
            required
          />
          <div className="flex justify-end gap-2">
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <SubmitButton pendingLabel="Saving">Save package</SubmitButton>
          </div>
        </ActionForm>
      </DialogContent>
    </Dialog>
  );
}

type Part = { serviceId: string; quantity: string };

function PartFields({ service, services }: PackageDialogProps) {
  const { id, error, kept } = useField('parts', 'What it includes');
  const [parts, setParts] = useState<Part[]>(() =>
    kept === undefined
      ? service.includes.map((one) => ({ ...one, quantity: String(one.quantity) }))
      : readParts(kept),
  );
  const [added, setAdded] = useState(0);
  const nameOf = new Map(services.map((one) => [one.id, one.name]));
  const find = async (words: string): Promise<ComboboxOption[]> => {
    const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
    return services
      .filter(({ id: partId, group, includes }) =>
        partId === service.id || includes.length > 0 ? false : !NOT_IN_PACKAGES.includes(group),
      )
      .filter(({ name, code }) => wanted.every((word) => `${name} ${code}`.toLowerCase().includes(word)))
      .slice(0, 12)
      .map(({ id: value, name, code }) => ({ value, label: name, description: code }));
  };
  const add = (option: ComboboxOption | null) => {
    if (!option) return;
    setParts((known) =>
      known.some(({ serviceId }) => serviceId === option.value)
        ? known
        : [...known, { serviceId: option.value, quantity: '1' }],
    );
    setAdded((count) => count + 1);
  };
  return (
    <div id={id} className="grid gap-3">
      <input
        type="hidden"
        name="parts"
        value={JSON.stringify(parts.map(({ serviceId, quantity }) => ({ serviceId, quantity })))}
      />
      <FormCombobox
        key={added}
        name="part"
        label="Add a part"
        loadOptions={find}
        onSelect={add}
        placeholder="Type three letters"
        autoFocus={added > 0}
      />
      {parts.length === 0 ? (
        <p className="text-text-muted">Nothing: it is a service as any other.</p>
      ) : (
        <ul aria-label="Parts of the package" className="divide-y divide-border">
          {parts.map(({ serviceId, quantity }, index) => {
            const name = nameOf.get(serviceId) ?? 'No longer offered';
            return (
              <li key={serviceId} className="flex items-center gap-3 py-2">
                <span className="min-w-0 flex-1 break-words">{name}</span>
                <PiecesField
                  of={`parts.${index}.quantity`}
                  label={`How many of ${name}`}
                  className="w-16"
                  value={quantity}
                  limit={{
                    most: MOST_OF_PART,
                    sentence: `A package holds at most ${MOST_OF_PART} of a part.`,
                  }}
                  onChange={(typed) =>
                    setParts((known) =>
                      known.map((one) => (one.serviceId === serviceId ? { ...one, quantity: typed } : one)),
                    )
                  }
                />
                <Button
                  variant="ghost"
                  size="icon-sm"
                  aria-label={`Remove ${name}`}
                  onClick={() => setParts((known) => known.filter((one) => one.serviceId !== serviceId))}
                >
                  <Icon of="trash" />
                </Button>
              </li>
            );
          })}
        </ul>
      )}
      <FieldNotes id={id} help={null} error={error} />
    </div>
  );
}

/** As it was typed before. */
function readParts(kept: string): Part[] {
  try {
    const rows: unknown = JSON.parse(kept);
    if (!Array.isArray(rows)) return [];
    return rows.flatMap(({ serviceId, quantity }: Record<string, unknown>) =>
      typeof serviceId === 'string' ? [{ serviceId, quantity: String(quantity || '') }] : [],
    );
  } catch {
    return [];
  }
}
