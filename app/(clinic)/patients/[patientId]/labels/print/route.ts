import { paperFrame } from '@/features/identity/papers/queries';
import { printPaper } from '@/features/identity/papers/service';
import { patientLabels } from '@/features/patients/patients/paper';
import { getPatientInUse } from '@/features/patients/patients/queries';
import { patientLabelsQuery } from '@/features/patients/patients/schema';
import { staffDocument } from '@/lib/actions/exports';
import { today } from '@/lib/time';

/** Stickers with who the patient is. */
export const GET = staffDocument({
  permission: 'patients:read',
  audit: 'patient.labels',
  target: (_query, { patientId = '' }) => `patient:${patientId}`,
  query: patientLabelsQuery,
  document: async (ctx, { paper: size, count, from }, { patientId = '' }) => {
    const [patient, frame] = await Promise.all([getPatientInUse(ctx, patientId), paperFrame(ctx)]);
    const content = await printPaper(ctx, `patient-labels:${patient.id}`, () =>
      patientLabels(patient, {
        ...{ size, count, skip: from - 1, today: today(ctx.timeZone), printed: frame.printed },
        hospital: frame.head?.name ?? ctx.organization.name,
      }),
    );
    return { name: `labels-${patient.number}.pdf`, contentType: 'application/pdf', content, isInline: true };
  },
});
