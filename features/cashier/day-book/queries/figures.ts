import 'server-only';
import type { PipelineStage } from 'mongoose';
import { inScope } from '@/lib/tenancy/at-branch';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Day, formatDay, today } from '@/lib/time';
import { billModel } from '../../bills/model';
import { DISCOUNT_REASONS, type DiscountReason } from '../../bills/policy';
import { CATEGORIES, type ExpenseCategory } from '../../expenses/policy';
import { expensesByCategory } from '../../expenses/queries';
import { receiptModel } from '../../payments/model';
import { GROUPS, type ServiceGroup } from '../../price-list/policy';
import { settlementModel } from '../../settlements/model';
import { CUT_REASONS, type CutReason } from '../../settlements/policy';
import { METHODS, type Method } from '../../shifts/policy';
import { ageBucket, DUE_AGES, ROUNDING } from '../policy';
import { type DaySpan, MONEY_REPORTS, type MoneyReport } from '../schema';

export type MoneyFigure = {
  /** What its documents are found by. */
  key: string;
  label: string;
  documents: number;
  amountMinor: number;
  /** Taxes: what they are a share of. */
  baseMinor?: number;
};

type Group = { _id: unknown; label?: string; documents: number; amountMinor: number; baseMinor?: number };

const inSpan = (ctx: TenantContext, { from, to, scope }: DaySpan) => ({
  day: { $gte: from, $lte: to },
  ...inScope(ctx, scope),
});
const count = { documents: { $sum: 1 } };
type Sum = { $sum: string };
type Sums = { label?: { $last: string }; amountMinor: Sum; baseMinor?: Sum };

/**
 * Sums of parts: of lines, of tenders. A document with two of them is one document of the figure: it is
 * summed by itself first.
 */
const perDocument = (key: unknown, { label, ...sums }: Sums): PipelineStage[] => [
  { $group: { _id: { key, document: '$_id' }, ...(label ? { label } : {}), ...sums } },
  {
    $group: {
      _id: '$_id.key',
      ...(label ? { label: { $last: '$label' } } : {}),
      ...Object.fromEntries(Object.keys(sums).map((name) => [name, { $sum: `$${name}` }])),
      ...count,
    },
  },
];

/** How each report groups its rows; rounding is in no line and so has a row of its own. */
const PIPELINES: Record<Exclude<MoneyReport, 'dues' | 'expenses'>, PipelineStage[]> = {
  'collection-method': [
    { $unwind: '$tenders' },
    { $match: { 'tenders.method': { $ne: 'advance' } } },
    ...perDocument('$tenders.method', { amountMinor: { $sum: '$tenders.amountMinor' } }),
  ],
  'collection-cashier': [
    { $match: { moneyMinor: { $ne: 0 } } },
    {
      $group: {
        _id: '$cashierId',
        label: { $last: '$cashierName' },
        amountMinor: { $sum: '$moneyMinor' },
        ...count,
      },
    },
  ],
  'collection-day': [
    { $match: { moneyMinor: { $ne: 0 } } },
    { $group: { _id: '$day', amountMinor: { $sum: '$moneyMinor' }, ...count } },
  ],
  'collection-payer': [
    {
      $group: {
        _id: '$payerId',
        label: { $last: '$payerName' },
        amountMinor: { $sum: '$amountMinor' },
        ...count,
      },
    },
  ],
  tds: [
    { $match: { tdsMinor: { $ne: 0 } } },
    {
      $group: {
        _id: '$payerId',
        label: { $last: '$payerName' },
        amountMinor: { $sum: '$tdsMinor' },
        ...count,
      },
    },
  ],
  cuts: [
    { $unwind: '$parts' },
    { $match: { 'parts.cutMinor': { $ne: 0 } } },
    ...perDocument('$parts.reason', { amountMinor: { $sum: '$parts.cutMinor' } }),
  ],
  'revenue-service': [
    { $unwind: '$lines' },
    ...perDocument(
      { $ifNull: ['$lines.serviceId', '$lines.medicineId'] },
      {
        label: { $last: '$lines.name' },
        amountMinor: { $sum: '$lines.totalMinor' },
      },
    ),
  ],
  'revenue-group': [
    { $unwind: '$lines' },
    ...perDocument('$lines.group', { amountMinor: { $sum: '$lines.totalMinor' } }),
  ],
  'revenue-doctor': [
    {
      $group: {
        _id: '$doctorId',
        label: { $last: '$doctorName' },
        amountMinor: { $sum: '$totalMinor' },
        ...count,
      },
    },
  ],
  'revenue-day': [{ $group: { _id: '$day', amountMinor: { $sum: '$totalMinor' }, ...count } }],
  discounts: [
    { $match: { discountMinor: { $ne: 0 } } },
    { $group: { _id: '$discountReason', amountMinor: { $sum: '$discountMinor' }, ...count } },
  ],
  taxes: [
    { $unwind: '$lines' },
    { $unwind: '$lines.taxes' },
    ...perDocument(
      { hsn: '$lines.hsn', name: '$lines.taxes.name', rateBp: '$lines.taxes.rateBp' },
      { amountMinor: { $sum: '$lines.taxes.amountMinor' }, baseMinor: { $sum: '$lines.taxableMinor' } },
    ),
  ],
};

type TaxKey = { hsn?: string; name: string; rateBp: number };
export const taxKeyOf = ({ hsn = '', name, rateBp }: TaxKey): string => `${hsn}|${name}|${rateBp}`;

/** What such a key names; of one that was not made here nothing that there is. */
export function readTaxKey(key: string): Required<TaxKey> {
  const [hsn = '', name = '', rateBp = ''] = key.split('|');
  return { hsn, name, rateBp: /^\d{1,5}$/.test(rateBp) ? Number(rateBp) : -1 };
}

function named(what: MoneyReport, { _id, label }: Group): { key: string; label: string } {
  const key = _id === null || _id === undefined ? 'none' : String(_id);
  switch (what) {
    case 'collection-method':
      return { key, label: METHODS[key as Method] ?? key };
    case 'collection-day':
    case 'revenue-day':
      return { key, label: formatDay(key) };
    case 'revenue-group':
      return { key, label: GROUPS[key as ServiceGroup] ?? key };
    case 'revenue-doctor':
      return { key, label: label ?? 'Without a doctor' };
    case 'discounts':
      return { key, label: DISCOUNT_REASONS[key as DiscountReason] ?? 'Taken back by credit notes' };
    case 'cuts':
      return { key, label: CUT_REASONS[key as CutReason] ?? 'Without a reason' };
    case 'taxes': {
      const tax = _id as TaxKey;
      return {
        key: taxKeyOf(tax),
        label: `${tax.hsn ? `${tax.hsn}, ` : ''}${tax.name} ${tax.rateBp / 100} %`,
      };
    }
    default:
      return { key, label: label ?? key };
  }
}

/** The figures of a report over days, the largest first; those by day in order. */
export async function moneyFigures(
  ctx: TenantContext,
  what: MoneyReport,
  span: DaySpan,
): Promise<MoneyFigure[]> {
  if (what === 'dues') return duesByAge(ctx, today(ctx.timeZone), span.scope);
  if (what === 'expenses') return expenseFigures(ctx, span);
  const stages = [{ $match: inSpan(ctx, span) }, ...PIPELINES[what]];
  const groups =
    MONEY_REPORTS[what].of === 'settlements'
      ? await settlementModel(ctx).aggregate<Group>(stages)
      : what.startsWith('collection')
        ? await receiptModel(ctx).aggregate<Group>(stages)
        : await billModel(ctx).aggregate<Group>(stages);
  const figures = groups.map((group): MoneyFigure => {
    const { documents, amountMinor, baseMinor } = group;
    return {
      ...named(what, group),
      documents,
      amountMinor,
      ...(baseMinor === undefined ? {} : { baseMinor }),
    };
  });
  if (what === 'revenue-service' || what === 'revenue-group') figures.push(...(await rounding(ctx, span)));
  return what.endsWith('-day')
    ? figures.sort((a, b) => a.key.localeCompare(b.key))
    : figures.sort((a, b) => b.amountMinor - a.amountMinor || a.label.localeCompare(b.label));
}

/** What was paid for, less what came back. */
async function expenseFigures(ctx: TenantContext, span: DaySpan): Promise<MoneyFigure[]> {
  const sums = await expensesByCategory(ctx, span);
  return sums
    .map(({ _id, documents, amountMinor }) => ({
      ...{ key: _id, label: CATEGORIES[_id as ExpenseCategory] ?? _id, documents, amountMinor },
    }))
    .sort((a, b) => b.amountMinor - a.amountMinor || a.label.localeCompare(b.label));
}

async function rounding(ctx: TenantContext, span: DaySpan): Promise<MoneyFigure[]> {
  const [group] = await billModel(ctx).aggregate<Group>([
    { $match: { ...inSpan(ctx, span), roundOffMinor: { $ne: 0 } } },
    { $group: { _id: null, amountMinor: { $sum: '$roundOffMinor' }, ...count } },
  ]);
  if (!group) return [];
  return [{ key: ROUNDING, label: 'Rounding', documents: group.documents, amountMinor: group.amountMinor }];
}

/** What is due today by how long ago it was billed. Every age is there, also with nothing. */
async function duesByAge(ctx: TenantContext, day: Day, scope?: string): Promise<MoneyFigure[]> {
  const groups = await billModel(ctx).aggregate<{ _id: Day; documents: number; amountMinor: number }>([
    { $match: { isDue: true, ...inScope(ctx, scope) } },
    { $group: { _id: '$day', amountMinor: { $sum: '$dueMinor' }, ...count } },
  ]);
  return DUE_AGES.map(({ key, label }) => {
    const own = groups.filter(({ _id }) => ageBucket(_id, day) === key);
    return {
      key,
      label,
      documents: own.reduce((sum, one) => sum + one.documents, 0),
      amountMinor: own.reduce((sum, one) => sum + one.amountMinor, 0),
    };
  });
}
