import 'server-only';
import { followLetterhead } from '@/features/identity/face/service';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import type { PaperDocument } from '@/lib/paper';
import { renderPapers } from '@/lib/pdf/paper';
import { inPdfTurn } from '@/lib/pdf/turn';
import { assertUnchanged } from '@/lib/revision';
import type { TenantContext } from '@/lib/tenancy/context';
import { redrawLogo } from './logo';
import { letterheadModel, printModel } from './model';
import { KEPT_LOGO } from './policy';
import { faceOf, getLetterhead, type Letterhead, printedAmong } from './queries';
import type { LetterheadInput } from './schema';

const ONLY = 'letterhead';
const AUDITED = [
  'name',
  'secondName',
  'address',
  'registration',
  'openingHours',
  'doctors',
  'size',
  'isPreprinted',
  'visitPapers',
  'glassesMonths',
] as const;

/**
 * Stores what stands at the top of each paper.
 * @throws AppError INVALID_INPUT for a logo that cannot be drawn, CONFLICT when a colleague has saved another
 * one meanwhile.
 */
export async function saveLetterhead(ctx: TenantContext, input: LetterheadInput): Promise<Letterhead> {
  const before = await getLetterhead(ctx);
  const { secondName, phone, registration, doctors, footer, openingHours, version, ...rest } = input;
  const { logo: chosen, ...given } = rest;
  const logo = chosen === KEPT_LOGO ? before.logo : chosen && (await redrawLogo(chosen));
  const texts = { secondName, phone, registration, doctors, footer, openingHours, logo };
  const kept = Object.entries(texts).filter(([, value]) => value);
  const gone = Object.entries(texts).filter(([, value]) => !value);
  const saved = await auditedWrite(ctx, async (session) => {
    assertUnchanged(await getLetterhead(ctx, session), version);
    await letterheadModel(ctx).updateOne(
      { _id: ONLY },
      {
        $set: { ...given, ...Object.fromEntries(kept) },
        ...(gone.length > 0 ? { $unset: Object.fromEntries(gone.map(([name]) => [name, ''])) } : {}),
      },
      { upsert: true, session },
    );
    ctx.audit?.about('letterhead');
    const after = { ...before, ...given, ...Object.fromEntries(kept) };
    noteChange(ctx, before, after, AUDITED);
    return { ...after, ...Object.fromEntries(gone.map(([name]) => [name, ''])) };
  });
  await followLetterhead(ctx, async () => faceOf(await getLetterhead(ctx)));
  return saved;
}

/** A paper to be printed: `subject` is what, with its version, as another version is another paper. */
export type Printable = {
  subject: string;
  /** Gets the mark that the paper bears. */
  makePaper: (mark: string | undefined) => PaperDocument;
};

/**
 * The PDF of a paper, with a row that says who printed it; from the second one on it is marked as a copy.
 * @param subject what is printed, with its version: another version is another paper
 * @param makePaper gets the mark that the paper bears
 */
export const printPaper = (
  ctx: TenantContext,
  subject: string,
  makePaper: Printable['makePaper'],
): Promise<Buffer> => printPapers(ctx, [{ subject, makePaper }]);

/** The same of several papers in one PDF: each is marked by its own prints. */
export async function printPapers(ctx: TenantContext, papers: readonly Printable[]): Promise<Buffer> {
  const subjects = papers.map(({ subject }) => subject);
  const printed = await printedAmong(ctx, subjects);
  const content = await inPdfTurn(ctx.organizationId, () =>
    renderPapers(
      papers.map(({ subject, makePaper }) => makePaper(printed.has(subject) ? 'Copy' : undefined)),
    ),
  );
  const at = new Date();
  await printModel(ctx).insertMany(subjects.map((subject) => ({ subject, byName: ctx.actor.name, at })));
  return content;
}
