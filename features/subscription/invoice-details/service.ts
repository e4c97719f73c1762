import 'server-only';
import type { ClientSession } from 'mongoose';
import type Stripe from 'stripe';
import { auditedMasterWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { env } from '@/lib/env';
import { AppError, notFoundError } from '@/lib/errors';
import { organizationModel } from '@/lib/master/models/organization';
import { objectId } from '@/lib/mongo';
import { assertUnchanged } from '@/lib/revision';
import { stripe } from '@/lib/stripe/client';
import { reach } from '@/lib/stripe/failures';
import type { TenantContext } from '@/lib/tenancy/context';
import { putDetails } from './at-stripe';
import { invoiceFormOf } from './dto';
import { invoiceDetailsModel } from './model';
import { invoiceFieldsOf, isKnownType, missingFields, taxIdKindOf } from './policy';
import { type InvoiceAtSignup, invoiceDetailsInput, type SaveInvoiceDetailsInput } from './schema';
import { readTaxNumber } from './tax-numbers';

const NOTED = [
  ...(['legalName', 'line1', 'line2', 'city', 'state', 'postalCode', 'country'] as const),
  ...(['taxId', 'purchaseOrder', 'emails'] as const),
];

type Typed = Omit<SaveInvoiceDetailsInput, 'version'>;

/** @throws AppError INVALID_INPUT on a tax number that does not fit its country. */
function detailsOf({ legalName, taxId, purchaseOrder, emails, ...address }: Typed) {
  const kind = taxIdKindOf(address.country);
  const value = taxId && kind ? readTaxNumber(kind.type, address.country, taxId) : null;
  if (taxId && !value)
    throw new AppError(
      'INVALID_INPUT',
      kind
        ? `Check the ${kind.label}: it does not look like ${kind.example}, or its check digit does not fit.`
        : 'We do not know the tax numbers of this country. Leave the field empty and write to us.',
      { field: 'taxId' },
    );
  return {
    legalName,
    address,
    taxId: kind && value ? { type: kind.type, value } : null,
    emails,
    purchaseOrder: purchaseOrder ?? null,
  };
}

type Details = ReturnType<typeof detailsOf>;

const signupName = (field: string): string => `invoice${field.charAt(0).toUpperCase()}${field.slice(1)}`;

/**
 * What somebody who signs up has said of invoices; null where nothing was.
 * @throws AppError INVALID_INPUT on the first field that is wrong or missing.
 */
export function detailsAtSignup(input: InvoiceAtSignup, country: string): Details | null {
  const given = {
    ...{ legalName: input.invoiceLegalName, line1: input.invoiceLine1, city: input.invoiceCity },
    ...{ state: input.invoiceState, postalCode: input.invoicePostalCode, taxId: input.invoiceTaxId },
    ...{ purchaseOrder: input.invoicePurchaseOrder, emails: input.invoiceEmails },
  };
  if (!Object.values(given).some(Boolean)) return null;
  const read = invoiceDetailsInput.safeParse({ ...given, country });
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new AppError('INVALID_INPUT', issue?.message ?? 'Check the details of the invoice.', {
      field: signupName(String(issue?.path[0] ?? 'legalName')),
    });
  }
  try {
    return detailsOf(read.data);
  } catch (cause) {
    if (!(cause instanceof AppError) || cause.field !== 'taxId') throw cause;
    throw new AppError('INVALID_INPUT', cause.message, { field: signupName('taxId'), cause });
  }
}

/** Writes the details in the transaction of what asked for them, such as a sign-up. */
export async function writeInvoiceDetails(
  organizationId: ReturnType<typeof objectId>,
  { taxId, purchaseOrder, ...details }: Details,
  session: ClientSession,
): Promise<void> {
  await invoiceDetailsModel.updateOne(
    { _id: organizationId },
    {
      $set: { ...details, ...(taxId ? { taxId } : {}), ...(purchaseOrder ? { purchaseOrder } : {}) },
      $unset: { ...(taxId ? {} : { taxId: '' }), ...(purchaseOrder ? {} : { purchaseOrder: '' }) },
    },
    { session, upsert: true },
  );
}

/**
 * Says whom our invoices are for. Stripe hears of it before it is kept, so that what it refuses is not; those
 * that are written already stay as they are.
 * @throws AppError INVALID_INPUT on the tax number, CONFLICT when somebody saved something else meanwhile.
 */
export async function saveInvoiceDetails(
  ctx: TenantContext,
  { version, ...input }: SaveInvoiceDetailsInput,
): Promise<void> {
  const _id = objectId(ctx.organizationId);
  const details = detailsOf(input);
  const organization = await organizationModel.findById(_id).select('country email stripeCustomerId').lean();
  if (!organization) throw notFoundError('organization');
  const known = async (session: ClientSession | null) =>
    invoiceFormOf(await invoiceDetailsModel.findById(_id).session(session).lean(), organization.country);
  assertUnchanged(await known(null), version);
  const { stripeCustomerId: customer } = organization;
  await auditedMasterWrite(ctx, async (session) => {
    const before = await known(session);
    assertUnchanged(before, version);
    await writeInvoiceDetails(_id, details, session);
    // After the row is ours: of two who save at once, Stripe hears of the one that is kept.
    if (customer) await reach(putDetails(customer, details, organization.email));
    noteChange(ctx, before, await known(session), NOTED);
  });
}

/**
 * What a payer typed on Stripe's own page, where nobody had said it here: kept, so that the billing page
 * shows what stands on the invoices.
 */
export async function adoptInvoiceDetails(
  organizationId: ReturnType<typeof objectId>,
  customer: Stripe.Customer,
): Promise<void> {
  const { address, name } = customer;
  if (!address?.country || !address.line1 || !name) return;
  if (await invoiceDetailsModel.exists({ _id: organizationId })) return;
  const { data } = await stripe().customers.listTaxIds(customer.id, { limit: 1 });
  const [taxId] = data;
  await invoiceDetailsModel.updateOne(
    { _id: organizationId },
    {
      $setOnInsert: {
        legalName: name,
        address: {
          line1: address.line1,
          ...(address.line2 ? { line2: address.line2 } : {}),
          ...(address.city ? { city: address.city } : {}),
          ...(address.state ? { state: address.state } : {}),
          ...(address.postal_code ? { postalCode: address.postal_code } : {}),
          country: address.country,
        },
        ...(taxId && isKnownType(taxId.type) ? { taxId: { type: taxId.type, value: taxId.value } } : {}),
        emails: [],
      },
    },
    { upsert: true },
  );
}

/**
 * A customer who came before an invoice had to say the code of the service, or before the code changed: the
 * next invoice says it, without anybody saving the details again. It is asked at each look at Stripe, and
 * each night of all.
 */
export async function completeInvoiceFields(
  organizationId: ReturnType<typeof objectId>,
  customer: Stripe.Customer,
): Promise<void> {
  const { BILLING_SAC: sac } = env();
  if (!sac) return;
  const details = await invoiceDetailsModel
    .findById(organizationId)
    .select('address.country purchaseOrder')
    .lean();
  const organization = details
    ? null
    : await organizationModel.findById(organizationId).select('country').lean();
  const country = details?.address.country ?? customer.address?.country ?? organization?.country ?? '';
  const wanted = invoiceFieldsOf(country, { purchaseOrder: details?.purchaseOrder, sac });
  const fields = missingFields(customer.invoice_settings.custom_fields ?? [], wanted);
  if (!fields) return;
  await stripe().customers.update(customer.id, { invoice_settings: { custom_fields: fields } });
}

/** The end of an organization. Its invoices are Stripe's to keep. */
export async function forgetInvoiceDetails(organizationId: string): Promise<void> {
  await invoiceDetailsModel.deleteOne({ _id: objectId(organizationId) });
}
