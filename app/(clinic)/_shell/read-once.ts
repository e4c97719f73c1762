import { cache } from 'react';
import { findPortrait } from '@/features/patients/files/queries';
import { findExamination } from '@/features/record/examinations/queries';
import { listPrescriptionsOfPatient } from '@/features/record/prescriptions/queries';

// What several parts of a page show: they come one after the other, and the first to ask reads for all.

/** @see findPortrait */
export const portraitOf = cache(findPortrait);
/** @see findExamination */
export const examinationOf = cache(findExamination);
/** @see listPrescriptionsOfPatient */
export const prescriptionsOf = cache(listPrescriptionsOfPatient);
