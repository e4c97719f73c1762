import 'server-only';
import { revisionOf } from '@/lib/revision';
import type { TaxIdType } from './policy';

type Maybe<T> = T | null | undefined;
type Row = {
  legalName: string;
  address: {
    line1: string;
    line2?: Maybe<string>;
    city?: Maybe<string>;
    state?: Maybe<string>;
    postalCode?: Maybe<string>;
    country: string;
  };
  taxId?: Maybe<{ type: TaxIdType; value: string }>;
  emails: string[];
  purchaseOrder?: Maybe<string>;
};

/** The fields of the form; all empty, but for the country, where nothing is known. */
export const invoiceFormOf = (row: Row | null, country: string) => ({
  legalName: row?.legalName ?? '',
  line1: row?.address.line1 ?? '',
  line2: row?.address.line2 ?? '',
  city: row?.address.city ?? '',
  state: row?.address.state ?? '',
  postalCode: row?.address.postalCode ?? '',
  country: row?.address.country ?? country,
  taxId: row?.taxId?.value ?? '',
  emails: row?.emails.join(', ') ?? '',
  purchaseOrder: row?.purchaseOrder ?? '',
});

/** The same for a page, with what a form sends along to say what it was opened on. */
export function toInvoiceDetails(row: Row | null, country: string) {
  const form = invoiceFormOf(row, country);
  return { ...form, isKnown: row !== null, version: revisionOf(form) };
}
export type InvoiceDetails = ReturnType<typeof toInvoiceDetails>;
