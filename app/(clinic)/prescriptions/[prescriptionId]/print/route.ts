import { branchOfVisit } from '@/features/frontdesk/queue/queries';
import { paperFrame } from '@/features/identity/papers/queries';
import { printPapers } from '@/features/identity/papers/service';
import { getPrescription } from '@/features/record/prescriptions/queries';
import { paperQuery } from '@/features/record/prescriptions/schema';
import { printableOf } from '@/features/record/summaries/visit-papers';
import { staffDocument } from '@/lib/actions/exports';

/** A prescription as the patient takes it home. */
export const GET = staffDocument({
  permission: 'prescriptions:read',
  audit: 'prescription.print',
  target: (_query, params) => `prescription:${params.prescriptionId}`,
  query: paperQuery,
  document: async (ctx, { language }, params) => {
    const prescription = await getPrescription(ctx, params.prescriptionId ?? '');
    const frame = await paperFrame(ctx, await branchOfVisit(ctx, prescription.visitId));
    const paper = await printableOf(ctx, prescription, frame, language);
    const content = await printPapers(ctx, [paper]);
    return {
      name: `prescription-${prescription.id}.pdf`,
      contentType: 'application/pdf',
      content,
      isInline: true,
    };
  },
});
