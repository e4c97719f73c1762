import { z } from 'zod';
import { FINDING_ROWS, readFinding } from '@/features/record/examinations/finding-rows';
import { OWNER_IDS } from '@/features/record/templates/policy';
import { chosenId, optionalText, revision, text } from '@/lib/fields';
import { foundField } from './policy';

const rows = Object.fromEntries(FINDING_ROWS.map(({ key }) => [foundField(key), optionalText(200)]));

export const saveFindingSetInput = z
  .object({
    setId: optionalText(24),
    version: revision.optional(),
    name: text(60, 'Enter the name.'),
    owner: z.enum(OWNER_IDS, 'Say for whom it is.'),
    ...rows,
  })
  .refine(({ setId, version }) => !setId || version, 'Open this again.')
  .transform((given, check) => {
    const { setId, version, name, owner } = given;
    const said = given as Record<string, unknown>;
    const found: Record<string, string> = {};
    for (const row of FINDING_ROWS) {
      const typed = said[foundField(row.key)];
      if (typeof typed !== 'string') continue;
      const read = readFinding(row, typed);
      if (typeof read === 'string') found[row.key] = read;
      else check.addIssue({ code: 'custom', path: [foundField(row.key)], message: read.problem });
    }
    if (Object.keys(found).length === 0)
      check.addIssue({ code: 'custom', path: ['name'], message: 'Write at least one finding below.' });
    return { setId, version, name, owner, found };
  });
export type SaveFindingSetInput = z.output<typeof saveFindingSetInput>;

export const findingSetInput = z.object({ setId: chosenId('Choose a set.') });
