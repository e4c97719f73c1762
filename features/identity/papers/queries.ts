import 'server-only';
import type { ClientSession } from 'mongoose';
import type { Face } from '@/features/identity/face/dto';
import { op } from '@/lib/mongo';
import { DEFAULT_MARGINS, type PaperDocument, type PaperHead } from '@/lib/paper';
import type { TenantContext } from '@/lib/tenancy/context';
import { formatInstant } from '@/lib/time';
import { letterheadModel, printModel } from './model';
import { USUAL_GLASSES_MONTHS, USUAL_PAPERS } from './policy';

const ONLY = 'letterhead';
const PRINTS_SHOWN = 20;

/** What stands at the top of each paper; the organization's name until somebody has written more. */
export async function getLetterhead(ctx: TenantContext, session?: ClientSession) {
  const row = await letterheadModel(ctx)
    .findById(ONLY)
    .session(session ?? null)
    .lean();
  return {
    name: row?.name ?? ctx.organization.name,
    secondName: row?.secondName ?? '',
    address: row?.address ?? '',
    phone: row?.phone ?? '',
    registration: row?.registration ?? '',
    doctors: row?.doctors ?? '',
    footer: row?.footer ?? '',
    openingHours: row?.openingHours ?? '',
    logo: row?.logo ?? '',
    size: row?.size === 'A5' ? ('A5' as const) : ('A4' as const),
    isPreprinted: row?.isPreprinted ?? false,
    top: row?.top ?? DEFAULT_MARGINS.top,
    bottom: row?.bottom ?? DEFAULT_MARGINS.bottom,
    side: row?.side ?? DEFAULT_MARGINS.side,
    visitPapers: row?.visitPapers ?? USUAL_PAPERS.join(','),
    glassesMonths: row?.glassesMonths ?? USUAL_GLASSES_MONTHS,
  };
}
export type Letterhead = Awaited<ReturnType<typeof getLetterhead>>;

const linesOf = ({ address, phone, openingHours, registration }: Letterhead): string[] =>
  [...address.split('\n'), phone, openingHours, registration].filter(Boolean);

/** What of the letterhead is for everybody who asks. */
export const faceOf = (letterhead: Letterhead): Face => ({
  name: letterhead.name,
  secondName: letterhead.secondName,
  lines: linesOf(letterhead),
  logo: letterhead.logo,
});

/** Whether somebody has written a letterhead. */
export const hasLetterhead = async (ctx: TenantContext): Promise<boolean> =>
  (await letterheadModel(ctx).exists({ _id: ONLY })) !== null;

export const headOf = (letterhead: Letterhead): PaperHead => ({
  name: letterhead.name,
  ...(letterhead.secondName ? { secondName: letterhead.secondName } : {}),
  lines: [...linesOf(letterhead), ...letterhead.doctors.split('\n').map((line) => line.trim())].filter(
    Boolean,
  ),
  ...(letterhead.logo ? { logo: letterhead.logo } : {}),
  ...(letterhead.footer ? { footer: letterhead.footer } : {}),
});

/** As it is on the papers of a branch: with its address and phone, where it has its own. */
export function letterheadAt(ctx: TenantContext, letterhead: Letterhead, branchId: string): Letterhead {
  const branch = ctx.branches.find(({ id }) => id === branchId);
  const { address, phone } = branch ?? { address: null, phone: null };
  return { ...letterhead, address: address ?? letterhead.address, phone: phone ?? letterhead.phone };
}

/**
 * What is the same on all papers of an organization that somebody prints now.
 * @param branchId whose papers they are, where that is not the branch of who prints
 */
export async function paperFrame(
  ctx: TenantContext,
  branchId = ctx.branch.id,
  now = new Date(),
): Promise<PaperFrame> {
  const letterhead = letterheadAt(ctx, await getLetterhead(ctx), branchId);
  const { size, isPreprinted, top, bottom, side } = letterhead;
  return {
    size,
    head: isPreprinted ? null : headOf(letterhead),
    margins: { top, bottom, side },
    printed: `Printed by ${ctx.actor.name}, ${formatInstant(now, ctx.timeZone)}.`,
  };
}
export type PaperFrame = Pick<PaperDocument, 'size' | 'head' | 'margins' | 'printed'>;

/** The find behind the prints of a paper. */
const findPrints = (ctx: TenantContext, subject: string) =>
  printModel(ctx).find({ subject }).sort({ at: -1 }).limit(PRINTS_SHOWN);

/** Who has printed a paper and when, the newest first. At most 20. */
export async function listPrints(ctx: TenantContext, subject: string) {
  const rows = await findPrints(ctx, subject).lean();
  return rows.map(({ _id, byName, at }) => ({ id: _id.toString(), byName, at: at.toISOString() }));
}
export type Print = Awaited<ReturnType<typeof listPrints>>[number];

/** Which of some papers were printed before. */
export const printedAmong = async (ctx: TenantContext, subjects: readonly string[]): Promise<Set<string>> =>
  new Set(await printModel(ctx).distinct('subject', { subject: op({ $in: [...subjects] }) }));
