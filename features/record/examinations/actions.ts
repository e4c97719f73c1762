'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { assessInput, measureInput, resolveProblemInput, signInput } from './schema';
import { assess, measure, resolveProblem, signExamination } from './service';

const target = ({ visitId }: { visitId: string }) => `visit:${visitId}`;

async function refreshed<T extends { visitId: string; patientId: string }>(change: Promise<T>): Promise<T> {
  const result = await change;
  revalidatePath(paths.visit(result.visitId));
  revalidatePath(paths.patient(result.patientId));
  return result;
}

export const measureAction = staffAction({
  permission: 'visits:write',
  input: measureInput,
  audit: 'examination.measure',
  target,
  run: (ctx, input) => refreshed(measure(ctx, input)),
  message: 'Measurements saved.',
});

export const assessAction = staffAction({
  permission: 'diagnoses:write',
  input: assessInput,
  audit: 'examination.assess',
  target,
  run: (ctx, input) => refreshed(assess(ctx, input)),
  message: 'Examination saved.',
});

export const signExaminationAction = staffAction({
  permission: 'diagnoses:write',
  input: signInput,
  audit: 'examination.sign',
  target,
  run: (ctx, input) => refreshed(signExamination(ctx, input)),
  message: 'The examination is signed.',
});

export const resolveProblemAction = staffAction({
  permission: 'diagnoses:write',
  input: resolveProblemInput,
  audit: 'problem.resolve',
  target: ({ patientId }) => `patient:${patientId}`,
  run: async (ctx, input) => {
    const record = await resolveProblem(ctx, input);
    revalidatePath(paths.patient(record.patientId));
    return record;
  },
});
