'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import type { SignedLetter } from './dto';
import { KINDS } from './policy';
import { signLetterInput, voidLetterInput } from './schema';
import { signLetter } from './service/sign-letter';
import { voidLetter } from './service/void-letter';

async function refreshed(change: Promise<SignedLetter>): Promise<SignedLetter> {
  const result = await change;
  revalidatePath(paths.visit(result.visitId));
  revalidatePath(paths.patient(result.patientId));
  revalidatePath(paths.letter(result.id));
  return result;
}

export const signLetterAction = staffAction({
  permission: 'letters:write',
  input: signLetterInput,
  audit: 'letter.sign',
  run: (ctx, input) => refreshed(signLetter(ctx, input)),
  message: ({ number, letter }) => `${KINDS[letter.kind]} ${number} is signed.`,
});

export const voidLetterAction = staffAction({
  permission: 'letters:write',
  input: voidLetterInput,
  audit: 'letter.void',
  target: ({ letterId }) => `letter:${letterId}`,
  run: (ctx, input) => refreshed(voidLetter(ctx, input)),
  message: 'The letter is void.',
});
