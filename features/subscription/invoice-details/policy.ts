const EU = new Set(
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' '),
);

export const TAX_ID_TYPES = [
  'in_gst',
  'gb_vat',
  'eu_vat',
  'ae_trn',
  'au_abn',
  'ch_vat',
  'np_pan',
  'nz_gst',
  'sg_gst',
  'us_ein',
] as const;
export type TaxIdType = (typeof TAX_ID_TYPES)[number];
export const isKnownType = (type: string): type is TaxIdType =>
  (TAX_ID_TYPES as readonly string[]).includes(type);

type TaxIdKind = { type: TaxIdType; label: string; example: string };

const KINDS: Readonly<Record<string, TaxIdKind>> = {
  IN: { type: 'in_gst', label: 'GSTIN', example: '27AAPFU0939F1ZV' },
  GB: { type: 'gb_vat', label: 'VAT number', example: 'GB980780684' },
  AE: { type: 'ae_trn', label: 'TRN', example: '100123456700003' },
  AU: { type: 'au_abn', label: 'ABN', example: '83 914 571 673' },
  CH: { type: 'ch_vat', label: 'VAT number', example: 'CHE-107.787.577 MWST' },
  NP: { type: 'np_pan', label: 'PAN', example: '301234567' },
  NZ: { type: 'nz_gst', label: 'GST number', example: '49-091-850' },
  SG: { type: 'sg_gst', label: 'GST number', example: 'M90312345X' },
  US: { type: 'us_ein', label: 'EIN', example: '91-1144442' },
};

/** The tax number that a business of a country has, as Stripe names it; null where we know of none. */
export function taxIdKindOf(country: string): TaxIdKind | null {
  const own = KINDS[country];
  if (own) return own;
  return EU.has(country) ? { type: 'eu_vat', label: 'VAT number', example: 'DE136695976' } : null;
}

export type InvoiceField = { name: string; value: string };

/**
 * What an invoice says beside names and sums, as Stripe's custom fields. India's tax law wants the code of
 * the service, and whether the customer owes the tax in the seller's place, which between two of its states
 * nobody does.
 */
export const invoiceFieldsOf = (
  country: string,
  { purchaseOrder, sac }: { purchaseOrder?: string | null | undefined; sac: string },
): InvoiceField[] => [
  ...(purchaseOrder ? [{ name: 'Purchase order', value: purchaseOrder }] : []),
  ...(country === 'IN' && sac
    ? [
        { name: 'HSN/SAC', value: sac },
        { name: 'Tax payable on reverse charge', value: 'No' },
      ]
    : []),
];

/**
 * The fields of a customer whose invoices would not say what they have to; null where they do. What
 * somebody has put there in Stripe's own dashboard stays.
 */
export function missingFields(known: readonly InvoiceField[], wanted: readonly InvoiceField[]) {
  const isThere = ({ name, value }: InvoiceField) =>
    known.some((field) => field.name === name && field.value === value);
  if (wanted.every(isThere)) return null;
  const others = known.filter(({ name }) => !wanted.some((field) => field.name === name));
  // Stripe has room for four.
  return [...wanted, ...others].slice(0, 4);
}

/** Where an invoice has to say the state, as India's tax is of the state. */
export const needsState = (country: string): boolean =>
  country === 'IN' || country === 'US' || country === 'AU' || country === 'CA';
