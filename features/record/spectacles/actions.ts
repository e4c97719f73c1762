'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import type { SpectaclesPrescription } from './dto';
import { answerGlassesInput, noteMadeInput, prescribeSpectaclesInput, voidSpectaclesInput } from './schema';
import { answerGlasses, noteMadeGlasses, prescribeSpectacles, voidSpectacles } from './service';

async function refreshed<T extends SpectaclesPrescription>(change: Promise<T>): Promise<T> {
  const result = await change;
  revalidatePath(paths.visit(result.visitId));
  revalidatePath(paths.patient(result.patientId));
  revalidatePath(paths.glasses(result.id));
  return result;
}

export const prescribeSpectaclesAction = staffAction({
  permission: 'spectacles:write',
  input: prescribeSpectaclesInput,
  audit: 'spectacles.prescribe',
  run: (ctx, input) => refreshed(prescribeSpectacles(ctx, input)),
  message: ({ spectacles }) => (spectacles.advice === 'none' ? 'No glasses advised.' : 'Glasses prescribed.'),
});

export const voidSpectaclesAction = staffAction({
  permission: 'spectacles:write',
  input: voidSpectaclesInput,
  audit: 'spectacles.void',
  target: ({ spectaclesId }) => `spectacles:${spectaclesId}`,
  run: (ctx, input) => refreshed(voidSpectacles(ctx, input)),
  message: 'The prescription is void.',
});

export const noteMadeGlassesAction = staffAction({
  permission: 'made-glasses:write',
  input: noteMadeInput,
  audit: 'spectacles.made',
  target: ({ spectaclesId }) => `spectacles:${spectaclesId}`,
  run: (ctx, input) => refreshed(noteMadeGlasses(ctx, input)),
  message: 'What was made is noted.',
});

export const answerGlassesAction = staffAction({
  permission: 'made-glasses:write',
  input: answerGlassesInput,
  audit: 'spectacles.made',
  target: ({ spectaclesId }) => `spectacles:${spectaclesId}`,
  run: (ctx, input) => refreshed(answerGlasses(ctx, input)),
  message: ({ made }) =>
    made.outcome === 'not-made' ? 'It is noted that they are not made.' : 'Noted as made as prescribed.',
});
