import 'server-only';
import type { Types } from 'mongoose';
import type { PlatformContext } from '@/lib/actions/platform';
import { notFoundError } from '@/lib/errors';
import { organizationModel } from '@/lib/master/models/organization';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { type InvoiceDetails, toInvoiceDetails } from './dto';
import { invoiceDetailsModel } from './model';

async function read(organizationId: string): Promise<InvoiceDetails> {
  const id = objectId(organizationId, 'organization');
  const [organization, row] = await Promise.all([
    organizationModel.findById(id).select('country').lean(),
    invoiceDetailsModel.findById(id).lean(),
  ]);
  if (!organization) throw notFoundError('organization');
  return toInvoiceDetails(row, organization.country);
}

/** Whom invoices to the organization are for; empty, with its country, where nobody has said. */
export const getInvoiceDetails = (ctx: TenantContext): Promise<InvoiceDetails> => read(ctx.organizationId);

/** The same for the company's people. @throws AppError NOT_FOUND */
export const getCustomerInvoiceDetails = (
  _ctx: PlatformContext,
  organizationId: string,
): Promise<InvoiceDetails> => read(organizationId);

/** The addresses that are written to about invoices and payments, with the name of the organization. */
export async function listInvoiceReaders(
  organizationId: Types.ObjectId,
): Promise<{ name: string; email: string }[]> {
  const row = await invoiceDetailsModel.findById(organizationId).select('legalName emails').lean();
  return row?.emails.map((email) => ({ name: row.legalName, email })) ?? [];
}

/** The stored details of an organization, for what tells Stripe; null where nobody has said any. */
export const findKnownDetails = async (organizationId: Types.ObjectId) =>
  invoiceDetailsModel.findById(organizationId).lean();
