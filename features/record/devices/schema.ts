import { z } from 'zod';
import { SEEN_WITH } from '@/features/record/examinations/policy';
import { orNothing } from '@/lib/address-query';
import { chosenId, id, ticked, version } from '@/lib/fields';

/** Files of refractometers are a few thousand characters. */
export const DEVICE_FILE_MAX_CHARACTERS = 300_000;
const MOST_READINGS = 200;

export const acceptReadingsInput = z
  .object({
    visitId: chosenId('Choose a visit.'),
    version,
    /** The file as text: what it says is read again where it is stored. */
    content: z
      .string('Choose the file again.')
      .max(DEVICE_FILE_MAX_CHARACTERS, 'The file is too large for one of a device.')
      .optional()
      .default(''),
    /** Or a document of the patient that a device has measured. */
    fileId: chosenId('Choose a document.').optional(),
    /** "3:left": the fourth reading, and its eye, or both of them. */
    chosen: z
      .array(
        z.string().regex(/^\d{1,3}:(right|left|both)$/, 'Say which eye.'),
        'Choose at least one reading.',
      )
      .min(1, 'Choose at least one reading.')
      .max(MOST_READINGS, 'Choose fewer readings.')
      .transform((all) =>
        all.map((one) => {
          const [index = '', eye = ''] = one.split(':');
          return { index: Number(index), eye: SEEN_WITH.find((each) => each === eye) ?? ('right' as const) };
        }),
      ),
    /** Somebody has looked, and it is this patient. */
    isConfirmed: ticked,
  })
  .refine(({ content, fileId }) => (content === '') !== (fileId === undefined), {
    path: ['content'],
    message: 'The file is empty. Choose it again.',
  });

/** The address of a visit: which document's readings are shown to be taken over. */
export const readingsQuery = z.object({ readings: orNothing(id('This document is not known.')) });
export type AcceptReadingsInput = z.output<typeof acceptReadingsInput>;
