import { branchOfVisit } from '@/features/frontdesk/queue/queries';
import { paperFrame } from '@/features/identity/papers/queries';
import { printPaper } from '@/features/identity/papers/service';
import { spectaclesPaper } from '@/features/record/spectacles/paper';
import { getSpectacles, listMadeGlasses } from '@/features/record/spectacles/queries';
import { noQuery, staffDocument } from '@/lib/actions/exports';

/** Glasses as the patient takes them to the optician. */
export const GET = staffDocument({
  permission: 'prescriptions:read',
  audit: 'spectacles.print',
  target: (_query, params) => `spectacles:${params.spectaclesId}`,
  query: noQuery,
  document: async (ctx, _query, params) => {
    const found = await getSpectacles(ctx, params.spectaclesId ?? '');
    const branchId = await branchOfVisit(ctx, found.visitId);
    const [frame, made] = await Promise.all([paperFrame(ctx, branchId), listMadeGlasses(ctx, found.id)]);
    const content = await printPaper(ctx, `spectacles:${found.id}`, (mark) =>
      spectaclesPaper(found, frame, mark, made.at(-1)),
    );
    return { name: `glasses-${found.id}.pdf`, contentType: 'application/pdf', content, isInline: true };
  },
});
