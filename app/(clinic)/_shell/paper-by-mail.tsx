import type { LinkedPaper } from '@/features/record/paper-links/policy';
import { listPaperLinks } from '@/features/record/paper-links/queries';
import { PaperLinks } from '@/features/record/paper-links/ui/paper-links';
import { load } from '@/lib/actions/staff';
import type { TenantContext } from '@/lib/tenancy/context';

/** A paper by e-mail, for those who may send one. */
export async function PaperByMail({
  ctx,
  kind,
  paperId,
  email,
}: {
  ctx: TenantContext;
  kind: LinkedPaper;
  paperId: string;
  /** Of the patient. */
  email: string | null;
}) {
  if (!ctx.can('paper-links:write')) return null;
  const links = await load(listPaperLinks(ctx, kind, paperId));
  return <PaperLinks kind={kind} paperId={paperId} email={email} links={links} timeZone={ctx.timeZone} />;
}
