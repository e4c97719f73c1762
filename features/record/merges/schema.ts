import { z } from 'zod';
import { orNothing } from '@/lib/address-query';
import { id, version } from '@/lib/fields';
import { choiceField, MERGE_FIELD_IDS } from './policy';

const patientId = id('This patient is not known.');

/** The field by which it is chosen whose words stay. */
const choice = z.enum(['kept', 'merged'], 'Choose one of the two.').default('kept');
const choices: Record<string, typeof choice> = Object.fromEntries(
  MERGE_FIELD_IDS.map((field) => [choiceField(field), choice]),
);

export const mergePatientsInput = z
  .object({
    /** The record that stays, and the one that it takes in; each as it was looked at. */
    keptId: patientId,
    keptVersion: version,
    mergedId: patientId,
    mergedVersion: version,
    isSure: z.literal('on', 'Look at both, and say that they are the same person.'),
    ...choices,
  })
  .refine(({ keptId, mergedId }) => keptId !== mergedId, {
    path: ['mergedId'],
    message: 'Choose another record than this one.',
  })
  .transform(({ keptId, keptVersion, mergedId, mergedVersion, ...given }) => {
    const chosen: Record<string, unknown> = given;
    /** What is taken over from the record that is taken in. */
    const taken = MERGE_FIELD_IDS.filter((field) => chosen[choiceField(field)] === 'merged');
    return { keptId, keptVersion, mergedId, mergedVersion, taken };
  });
export type MergePatientsInput = z.output<typeof mergePatientsInput>;

export const undoMergeInput = z.object({ mergedId: patientId });
export type UndoMergeInput = z.output<typeof undoMergeInput>;

/** The other record in the address, and the words it is looked for with. */
export const mergePageQuery = z.object({
  with: orNothing(patientId),
  q: z.string().trim().max(100).catch(''),
});
