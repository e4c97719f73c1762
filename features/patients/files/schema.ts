import { z } from 'zod';
import { day, id, optionalText, revision } from '@/lib/fields';
import { today } from '@/lib/time';
import { DOCUMENT_EYE_IDS, DOCUMENT_KIND_IDS, FILE_MAX_BYTES, ONE_REQUEST_MAX_BYTES } from './policy';

/**
 * What a file may belong to: a patient's documents, the photo that shows who it is, a payer's case, and a
 * sale of the pharmacy, by the key of its press: the paper is there before it is sold.
 */
export const SUBJECT_KINDS = ['patient', 'portrait', 'claim', 'sale'] as const;
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

const kind = z.enum(DOCUMENT_KIND_IDS, 'Choose what the document is.');
const eye = z
  .enum([...DOCUMENT_EYE_IDS, ''], 'Choose the eye.')
  .optional()
  .transform((value) => value || undefined);
/** In any time zone it is not yet the day after tomorrow. */
const takenOn = z
  .union([day, z.literal('')], 'Enter the day it was taken.')
  .optional()
  .transform((value) => value || undefined)
  .refine(
    (value) => !value || value <= today('Pacific/Kiritimati'),
    'It cannot have been taken later than today.',
  );
/** What it is the result of, in the words of the order. */
const orderedAs = optionalText(200);

export const uploadFileInput = announcedFile(ONE_REQUEST_MAX_BYTES).extend({
  /** That it is this patient's although the file itself says another. */
  isConfirmed: z
    .enum(['yes', ''])
    .optional()
    .transform((value) => value === 'yes'),
  patientId: id('This patient is not known.'),
  kind: kind.optional(),
  eye: eye.optional(),
  takenOn: takenOn.optional(),
  visitId: id('This visit is not known.').optional(),
  /** The photo that shows who the patient is, in the place of the one before. */
  as: z.literal('portrait').optional(),
});
type UploadFileInput = z.output<typeof uploadFileInput>;
/** What is said with a file, whichever way it comes. */
export type UploadFacts = Omit<UploadFileInput, 'isConfirmed' | 'patientId'> & {
  isConfirmed?: boolean;
  /** Of whom it is; of the paper of a sale nobody need be known. */
  patientId?: string;
  /** Said by the counter, and never by the form of a document. */
  saleKey?: string;
  /** Said by what has read the case, and never by the form of a document. */
  claimId?: string;
};

/** A file that comes in parts. `mark`: by which the same file is known when it is chosen once more. */
export const beginUploadInput = uploadFileInput
  .omit({ as: true, isConfirmed: true })
  .extend({ sizeBytes: announcedFile(FILE_MAX_BYTES).shape.sizeBytes, mark: z.string().min(1).max(300) });
export type BeginUploadInput = z.output<typeof beginUploadInput>;

export const describeFileInput = z.object({
  fileId: id('This document is not known.'),
  version: revision,
  kind,
  eye,
  takenOn,
  orderedAs,
});
export type DescribeFileInput = z.output<typeof describeFileInput>;

export const deleteFileInput = z.object({ fileId: id('This document is not known.') });
