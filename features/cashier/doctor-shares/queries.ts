import 'server-only';
import { objectId, op } from '@/lib/mongo';
import { inScope } from '@/lib/tenancy/at-branch';
import type { TenantContext } from '@/lib/tenancy/context';
import type { Month } from '@/lib/time';
import { billModel } from '../bills/model';
import { type DoctorShareRule, toShareRule } from './dto';
import { shareRuleModel } from './model';
import { ruleOn, shareOfLine } from './policy';

const MOST_RULES = 2_000;

/** The find behind the rules; apart from it so that a test can ask how it is answered. */
export const findShareRules = (ctx: TenantContext) =>
  shareRuleModel(ctx).find({}).sort({ doctorName: 1, from: -1, _id: -1 }).limit(MOST_RULES);

/** What each doctor has, also what has ended, by name, the newest first. At most 2,000. */
export async function listShareRules(ctx: TenantContext): Promise<DoctorShareRule[]> {
  return (await findShareRules(ctx).lean()).map(toShareRule);
}

/** A line of a bill or credit note, with what its doctor has of it. */
export type DoctorShareLine = {
  doctorId: string;
  doctorName: string;
  billId: string;
  number: string;
  day: string;
  patientName: string;
  service: string;
  /** What was billed after discounts, without taxes. */
  netMinor: number;
  /** Null where no rule says what the doctor has. */
  shareMinor: number | null;
};

/** Whose lines are read: one doctor's, and of which branch, as `scopeOf` has it. */
type Of = { doctorId?: string | undefined; scope?: string };

/** The find behind a month; apart from it so that a test can ask how it is answered. */
export const findMonth = (ctx: TenantContext, month: Month, { doctorId, scope }: Of = {}) =>
  billModel(ctx)
    .find({
      day: op({ $gte: `${month}-01`, $lte: `${month}-31` }),
      doctorId: doctorId ? objectId(doctorId, 'doctor') : op({ $exists: true }),
      ...inScope(ctx, scope),
    })
    .sort({ day: 1, at: 1, _id: 1 });

/**
 * The shares of a month, line by line. What is taken back counts below zero in the month of its credit
 * note, by the rule of the day on which it was billed.
 */
export async function doctorShareLines(
  ctx: TenantContext,
  month: Month,
  of: Of & { scope: string },
): Promise<DoctorShareLine[]> {
  const [rules, rows] = await Promise.all([
    listShareRules(ctx),
    findMonth(ctx, month, of)
      .select('kind number day doctorId doctorName patient.name ofBillId lines')
      .lean(),
  ]);
  const before = await billModel(ctx)
    .find({ _id: op({ $in: rows.flatMap(({ ofBillId }) => ofBillId ?? []) }) })
    .select('day')
    .lean();
  const dayOf = new Map(before.map(({ _id, day }) => [_id.toString(), day]));
  return rows.flatMap((row) => {
    const by = row.doctorId?.toString() ?? '';
    const day = dayOf.get(row.ofBillId?.toString() ?? '') ?? row.day;
    const sign = row.kind === 'bill' ? 1 : -1;
    return row.lines.map((line): DoctorShareLine => {
      const rule = ruleOn(rules, { doctorId: by, group: line.group, day });
      const { grossMinor, taxableMinor, quantity } = line;
      return {
        ...{ doctorId: by, doctorName: row.doctorName ?? '', billId: row._id.toString() },
        ...{ number: row.number, day: row.day, patientName: row.patient.name, service: line.name },
        netMinor: taxableMinor,
        shareMinor: rule ? shareOfLine(rule, { grossMinor, taxableMinor, pieces: quantity * sign }) : null,
      };
    });
  });
}

export type DoctorShareSum = {
  doctorId: string;
  doctorName: string;
  lines: number;
  netMinor: number;
  shareMinor: number;
  /** Billed without any rule. */
  withoutRuleMinor: number;
};

/** Lines summed by doctor, the largest share first. */
export function sumShares(lines: readonly DoctorShareLine[]): DoctorShareSum[] {
  const sums = new Map<string, DoctorShareSum>();
  for (const { doctorId, doctorName, netMinor, shareMinor } of lines) {
    const none = { doctorId, doctorName, lines: 0, netMinor: 0, shareMinor: 0, withoutRuleMinor: 0 };
    const known = sums.get(doctorId) ?? none;
    known.lines += 1;
    known.netMinor += netMinor;
    known.shareMinor += shareMinor ?? 0;
    if (shareMinor === null) known.withoutRuleMinor += netMinor;
    sums.set(doctorId, known);
  }
  return [...sums.values()].sort(
    (a, b) => b.shareMinor - a.shareMinor || a.doctorName.localeCompare(b.doctorName),
  );
}
