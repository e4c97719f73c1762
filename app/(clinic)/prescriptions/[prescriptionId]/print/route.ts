import { paperFrame } from '@/features/identity/papers/queries';
import { printPaper } from '@/features/identity/papers/service';
import { findAllergies } from '@/features/patients/allergies/queries';
import { ageText } from '@/features/patients/patients/policy';
import { getPatient } from '@/features/patients/patients/queries';
import { paperLanguageOf } from '@/features/record/prescriptions/instructions';
import { prescriptionPaper } from '@/features/record/prescriptions/paper';
import { getPrescription } from '@/features/record/prescriptions/queries';
import { paperQuery } from '@/features/record/prescriptions/schema';
import { staffDocument } from '@/lib/actions/exports';

/** A prescription as the patient takes it home. */
export const GET = staffDocument({
  permission: 'prescriptions:read',
  audit: 'prescription.print',
  target: (_query, params) => `prescription:${params.prescriptionId}`,
  query: paperQuery,
  document: async (ctx, { language }, params) => {
    const prescription = await getPrescription(ctx, params.prescriptionId ?? '');
    const [frame, patient, { allergies }] = await Promise.all([
      paperFrame(ctx),
      getPatient(ctx, prescription.patientId),
      findAllergies(ctx, prescription.patientId),
    ]);
    const birth = { day: patient.dateOfBirth, isEstimated: patient.isBirthEstimated };
    const content = await printPaper(
      ctx,
      `prescription:${prescription.id}:v${prescription.version}`,
      (mark) =>
        prescriptionPaper(prescription, frame, {
          language: language ?? paperLanguageOf(patient.spokenLanguage),
          timeZone: ctx.timeZone,
          age: ageText(birth, prescription.day),
          allergies: allergies.map(({ substance }) => substance),
          mark,
        }),
    );
    return {
      name: `prescription-${prescription.id}.pdf`,
      contentType: 'application/pdf',
      content,
      isInline: true,
    };
  },
});
