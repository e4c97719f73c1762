import { cache } from 'react';
import { findAllergies } from '@/features/patients/allergies/queries';
import { findPortrait, listFiles } from '@/features/patients/files/queries';
import { findExamination, listExaminationsOfPatient } from '@/features/record/examinations/queries';
import { listPrescriptionsOfPatient } from '@/features/record/prescriptions/queries';
import type { TenantContext } from '@/lib/tenancy/context';

// What several parts of a page show: they come one after the other, and the first to ask reads for all.

/** @see findPortrait */
export const portraitOf = cache(findPortrait);
/** The documents of a patient. @see listFiles */
export const documentsOf = cache((ctx: TenantContext, patientId: string) =>
  listFiles(ctx, { kind: 'patient', id: patientId }),
);
/** @see findAllergies */
export const allergiesOf = cache(findAllergies);
/** @see listExaminationsOfPatient */
export const examinationsOf = cache(listExaminationsOfPatient);
/** @see findExamination */
export const examinationOf = cache(findExamination);
/** @see listPrescriptionsOfPatient */
export const prescriptionsOf = cache(listPrescriptionsOfPatient);
