import { type Currency, formatFigure } from '@/lib/currency';
import type { PaperDocument } from '@/lib/paper';
import { formatDay } from '@/lib/time';
import type { Supplier } from '../suppliers/dto';
import type { PurchaseOrder } from './dto';

type Frame = Pick<PaperDocument, 'size' | 'head' | 'margins' | 'printed'>;
type About = { order: PurchaseOrder; supplier: Supplier; currency: Currency; day: string; licences: string };

/** An order as it goes to the supplier: what is wanted, in which packs and at which rate. */
export function orderPaper(
  { order, supplier, currency, day, licences }: About,
  frame: Frame,
  mark: string | undefined,
): PaperDocument {
  const figure = (minor: number | null): string => (minor === null ? '' : formatFigure(minor, currency));
  const known = order.lines.every(({ rateMinor }) => rateMinor !== null);
  const totalMinor = order.lines.reduce((sum, { packs, rateMinor }) => sum + packs * (rateMinor ?? 0), 0);
  const state = order.status === 'draft' ? 'Draft' : order.status === 'cancelled' ? 'Cancelled' : mark;
  return {
    ...frame,
    title: `Purchase order ${order.number}`,
    patient: supplier.name,
    day: formatDay(day),
    language: 'en',
    ...(state ? { mark: state } : {}),
    blocks: [
      {
        kind: 'facts',
        facts: [
          { label: 'Supplier', value: supplier.name },
          ...(supplier.taxNumber ? [{ label: 'Tax number', value: supplier.taxNumber }] : []),
          ...(supplier.licence ? [{ label: 'Drug licence', value: supplier.licence }] : []),
          ...(licences ? [{ label: 'Our drug licences', value: licences }] : []),
        ],
      },
      {
        kind: 'table',
        columns: ['Medicine', 'Pack of', 'Packs', 'Free packs', `Rate a pack, ${currency.code}`, 'Comes to'],
        rows: order.lines.map(({ name, unit, unitsPerPack, packs, freePacks, rateMinor }) => [
          ...[name, `${unitsPerPack} ${unit}`, String(packs), freePacks > 0 ? String(freePacks) : ''],
          ...[figure(rateMinor), rateMinor === null ? '' : figure(packs * rateMinor)],
        ]),
      },
      ...(known
        ? [{ kind: 'text' as const, text: `Before tax: ${currency.code} ${figure(totalMinor)}` }]
        : []),
      ...(order.note ? [{ kind: 'text' as const, text: order.note }] : []),
      {
        kind: 'signature',
        name: order.approvedByName ?? order.byName,
        lines: [order.approvedByName ? 'Approved' : 'Not approved yet'],
      },
    ],
  };
}
