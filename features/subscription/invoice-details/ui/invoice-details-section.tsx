'use client';
import { useState } from 'react';
import { ActionForm, SubmitButton } from '@/components/forms/action-form';
import { FormField, FormSelect, FormTextarea } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { DescriptionList } from '@/components/ui/description-list';
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { countryName, countryOptions } from '@/lib/countries';
import { saveInvoiceDetailsAction } from '../actions';
import type { InvoiceDetails } from '../dto';
import { taxIdKindOf } from '../policy';

const COUNTRIES = countryOptions();

/** The address in lines, as an invoice has it. */
const addressLines = (details: InvoiceDetails): string[] =>
  [
    details.line1,
    details.line2,
    [details.postalCode, details.city].filter(Boolean).join(' '),
    details.state,
    countryName(details.country),
  ].filter(Boolean);

/** Whom invoices are for, as they say it. */
export function InvoiceDetailsList({ details }: { details: InvoiceDetails }) {
  return (
    <DescriptionList
      items={[
        { label: 'Registered name', value: details.legalName },
        {
          label: 'Address',
          value: addressLines(details).map((line) => (
            <span key={line} className="block break-words">
              {line}
            </span>
          )),
        },
        { label: taxIdKindOf(details.country)?.label ?? 'Tax number', value: details.taxId || 'None' },
        { label: 'Purchase order', value: details.purchaseOrder || 'None' },
        { label: 'Also mailed to', value: details.emails || 'Nobody else' },
      ]}
    />
  );
}

/** Whom our invoices to the organization are for, and the way to change it. */
export function InvoiceDetailsSection({
  organizationId,
  details,
  canChange,
}: {
  organizationId: string;
  details: InvoiceDetails;
  canChange: boolean;
}) {
  return (
    <Section
      title="Invoice details"
      description="They stand on every new invoice. Invoices that are written already stay as they are."
      actions={canChange ? <DetailsDialog organizationId={organizationId} details={details} /> : null}
    >
      {details.isKnown ? (
        <InvoiceDetailsList details={details} />
      ) : (
        <p className="text-[0.8125rem] text-text-muted">
          Invoices have the name of your organization and no tax number. Add what your accounts need on them.
        </p>
      )}
    </Section>
  );
}

function DetailsDialog({ organizationId, details }: { organizationId: string; details: InvoiceDetails }) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button size="sm">{details.isKnown ? 'Change details' : 'Add details'}</Button>
      </DialogTrigger>
      <DialogContent title="Invoice details" description="As your tax office and your accounts know you.">
        <ActionForm
          action={saveInvoiceDetailsAction}
          onSuccess={() => setOpen(false)}
          label="Invoice details"
          schema={async () => (await import('../schema')).saveInvoiceDetailsInput}
          draft={{ form: 'invoice-details', of: organizationId, version: details.version }}
        >
          <InvoiceFields details={details} />
          <div className="flex flex-wrap justify-end gap-2">
            <Button onClick={() => setOpen(false)}>Not now</Button>
            <SubmitButton>Save details</SubmitButton>
          </div>
        </ActionForm>
      </DialogContent>
    </Dialog>
  );
}

function InvoiceFields({ details }: { details: InvoiceDetails }) {
  const [country, setCountry] = useState(details.country);
  const kind = taxIdKindOf(country);
  return (
    <>
      <FormField
        name="legalName"
        label="Registered name"
        defaultValue={details.legalName}
        maxLength={150}
        autoComplete="organization"
        required
      />
      <FormField
        name="line1"
        label="Street and number"
        defaultValue={details.line1}
        maxLength={200}
        autoComplete="address-line1"
        required
      />
      <FormField
        name="line2"
        label="Building, floor or area"
        defaultValue={details.line2}
        maxLength={200}
        autoComplete="address-line2"
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <FormField name="city" label="City" defaultValue={details.city} maxLength={100} required />
        <FormField name="postalCode" label="Postal code" defaultValue={details.postalCode} maxLength={20} />
        <FormField name="state" label="State or region" defaultValue={details.state} maxLength={100} />
        <FormSelect
          name="country"
          label="Country"
          options={COUNTRIES}
          defaultValue={details.country}
          onChange={(event) => setCountry(event.target.value)}
          required
        />
        <FormField
          name="taxId"
          label={kind?.label ?? 'Tax number'}
          defaultValue={details.taxId}
          maxLength={30}
          help={kind ? `Such as ${kind.example}.` : 'We know none of this country yet; leave it empty.'}
        />
        <FormField
          name="purchaseOrder"
          label="Purchase order number"
          defaultValue={details.purchaseOrder}
          maxLength={60}
          help="Your own number, on every invoice until you change it."
        />
      </div>
      <FormTextarea
        name="emails"
        label="Mail invoices also to"
        defaultValue={details.emails}
        rows={2}
        maxLength={800}
        help="Up to three addresses, such as your accounts department. Owners and administrators are mailed anyway."
      />
    </>
  );
}
