import 'server-only';
import type { TenantContext } from '@/lib/tenancy/context';
import { type PaperLink, toPaperLink } from './dto';
import { paperLinkModel } from './model';
import type { LinkedPaper } from './policy';
import { readLinkToken } from './token';

const LINKS_SHOWN = 10;

/** The find behind the links of a paper; apart from it so that a test can ask how it is answered. */
export const findPaperLinks = (ctx: TenantContext, kind: LinkedPaper, paperId: string) =>
  paperLinkModel(ctx)
    .find({ of: `${kind}:${paperId}` })
    .sort({ _id: -1 })
    .limit(LINKS_SHOWN);

/** To whom a paper was sent, and what became of the links, newest first. At most 10. */
export async function listPaperLinks(
  ctx: TenantContext,
  kind: LinkedPaper,
  paperId: string,
): Promise<PaperLink[]> {
  return (await findPaperLinks(ctx, kind, paperId).select('-content').lean()).map(toPaperLink);
}

/** Whether a link is one of this product and not too old; whether it opens is said once a year is typed. */
export const isPaperToken = (token: string): boolean => readLinkToken(token) !== null;
