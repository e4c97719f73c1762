import { z } from 'zod';
import { id, optionalText, ticked, version } from '@/lib/fields';
import { itemField, nothingField } from './fields';
import {
  HISTORY_PART_IDS,
  HISTORY_PARTS,
  HISTORY_SIDES,
  type HistoryEntry,
  type HistoryParts,
  type HistorySide,
  MOST_ITEMS,
} from './policy';

const patientId = id('This patient is not known.');
const SIDE_IDS = Object.keys(HISTORY_SIDES) as [HistorySide, ...HistorySide[]];

const ITEM_NUMBERS = Array.from({ length: MOST_ITEMS }, (_, index) => index + 1);

const side = z
  .enum([...SIDE_IDS, ''], 'Choose the eye.')
  .optional()
  .transform((value) => value || undefined);
const TEXTS = { what: optionalText(80), since: optionalText(40), note: optionalText(200) };

const fields: Record<string, z.ZodType<string | boolean | undefined>> = Object.fromEntries(
  HISTORY_PART_IDS.flatMap((part) => [
    [nothingField(part), ticked],
    ...ITEM_NUMBERS.flatMap((index) => [
      ...Object.entries(TEXTS).map(([of, schema]) => [
        itemField(part, index, of as keyof HistoryEntry),
        schema,
      ]),
      ...(HISTORY_PARTS[part].hasEye ? [[itemField(part, index, 'side'), side]] : []),
    ]),
  ]),
);

export const saveHistoryInput = z.object({ patientId, version, ...fields }).transform((given, ctx) => {
  const said = given as Record<string, unknown>;
  const textOf = (name: string): string | undefined => said[name] as string | undefined;
  const parts: HistoryParts = {};
  for (const part of HISTORY_PART_IDS) {
    const items = ITEM_NUMBERS.flatMap((index): HistoryEntry[] => {
      const [what, since, note] = (['what', 'since', 'note'] as const).map((of) =>
        textOf(itemField(part, index, of)),
      );
      const eye = textOf(itemField(part, index, 'side')) as HistorySide | undefined;
      if (!what) {
        if (since || note)
          ctx.addIssue({
            code: 'custom',
            path: [itemField(part, index, 'what')],
            message: 'Write what it is.',
          });
        return [];
      }
      return [
        { what, ...(eye ? { side: eye } : {}), ...(since ? { since } : {}), ...(note ? { note } : {}) },
      ];
    });
    const isNothing = said[nothingField(part)] === true;
    if (isNothing && items.length > 0)
      ctx.addIssue({
        code: 'custom',
        path: [nothingField(part)],
        message: 'There is something in the list: clear it, or take this tick away.',
      });
    if (isNothing || items.length > 0) parts[part] = items;
  }
  return { patientId: given.patientId, version: given.version, parts };
});
export type SaveHistoryInput = z.output<typeof saveHistoryInput>;

/** Somebody asked, and all is as before. */
export const confirmHistoryInput = z.object({ patientId });
export type ConfirmHistoryInput = z.output<typeof confirmHistoryInput>;
