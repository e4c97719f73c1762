import { z } from 'zod';
import { id } from '@/lib/fields';
import { FILE_MAX_BYTES } from './policy';

/** What a file may belong to. */
export const SUBJECT_KINDS = ['patient'] as const;
export type Subject = { kind: (typeof SUBJECT_KINDS)[number]; id: string };

// Control characters, and those that turn the direction of writing: a name must not look like another.
// biome-ignore lint/suspicious/noControlCharactersInRegex: refused on purpose
const UNREADABLE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]/u;

/** The last part of what was sent: some browsers say the whole path. */
export const fileName = z
  .string()
  .transform((value) => (value.split(/[/\\]/).at(-1) ?? '').trim())
  .pipe(
    z
      .string()
      .min(1, 'The file has no name.')
      .max(150, 'The name of the file is too long: at most 150 characters.')
      .refine((value) => !UNREADABLE.test(value), 'The name of the file has characters that cannot be read.'),
  );

/** What an upload says of its file. */
export const announcedFile = (maxBytes: number) =>
  z.object({
    name: fileName,
    claimedType: z.string().max(200),
    sizeBytes: z.coerce
      .number('The size of the file is missing.')
      .int('The size of the file is missing.')
      .min(1, 'The file is empty.')
      .max(maxBytes, `The file is too large: at most ${maxBytes / 1024 ** 2} MiB.`),
  });

export const uploadFileInput = announcedFile(FILE_MAX_BYTES).extend({
  patientId: id('This patient is not known.'),
});
export type UploadFileInput = z.output<typeof uploadFileInput>;

export const deleteFileInput = z.object({ fileId: id('This document is not known.') });
