import { z } from 'zod';
import { FINDING_ROWS } from '@/features/record/examinations/finding-rows';
import { SHEET_GROUP_IDS } from '@/features/record/examinations/sheet-layout';
import { chosenId, optionalText, revision, text } from '@/lib/fields';
import { normalField } from './fields';
import { OWNER_IDS, VISIT_KIND_IDS } from './policy';

const ROW_IDS = FINDING_ROWS.map(({ key }) => key);
const keys = (known: readonly string[], sentence: string) =>
  z
    .array(z.string(sentence), sentence)
    .optional()
    .default([])
    .transform((chosen) => [...new Set(chosen)])
    .refine((chosen) => chosen.every((one) => known.includes(one)), sentence);
const normals = Object.fromEntries(
  FINDING_ROWS.filter(({ range }) => !range).map(({ key }) => [normalField(key), optionalText(80)]),
);

export const saveTemplateInput = z
  .object({
    templateId: optionalText(24),
    version: revision.optional(),
    name: text(60, 'Enter the name.'),
    kind: z.enum(VISIT_KIND_IDS, 'Choose the kind of visit.'),
    owner: z.enum(OWNER_IDS, 'Say for whom it is.'),
    groups: keys(SHEET_GROUP_IDS, 'Choose from what can be measured.'),
    rows: keys(ROW_IDS, 'Choose from the rows of the eye.'),
    ...normals,
  })
  .refine(({ templateId, version }) => !templateId || version, 'Open this again.')
  .refine(({ groups, rows }) => groups.length + rows.length > 0, {
    path: ['groups'],
    message: 'Choose at least one thing to show.',
  })
  .transform((given) => {
    const { templateId, version, name, kind, owner, groups, rows } = given;
    const said = given as Record<string, unknown>;
    const own = rows.flatMap((key) => {
      const normal = said[normalField(key)];
      return typeof normal === 'string' ? [[key, normal] as const] : [];
    });
    return { templateId, version, name, kind, owner, groups, rows, normals: Object.fromEntries(own) };
  });
export type SaveTemplateInput = z.output<typeof saveTemplateInput>;

export const deleteTemplateInput = z.object({ templateId: chosenId('Choose a template.') });
export const starterTemplatesInput = z.object({});

/** The address of a visit: which template was chosen by hand; "whole" shows everything. */
export const sheetQuery = z.object({ sheet: z.string().max(24).catch('').default('') });
