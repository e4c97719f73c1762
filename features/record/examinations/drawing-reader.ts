import { z } from 'zod';
import {
  DRAWING_SIZE,
  DRAWING_TEMPLATE_IDS,
  type Drawings,
  INK_IDS,
  MOST_MARKS,
  MOST_POINTS,
  stampOf,
  withoutEmpty,
} from './drawings';
import { EYES } from './eyes';

// Apart from drawings.ts, which browsers load: they draw, and only the server judges.

const MOST_CHARACTERS = 60_000;

const place = z.number().int().min(0).max(DRAWING_SIZE);
const mark = z.union([
  z.strictObject({
    ink: z.enum(INK_IDS),
    stroke: z
      .array(place)
      .min(2)
      .max(MOST_POINTS * 2)
      .refine(({ length }) => length % 2 === 0),
  }),
  z.strictObject({ stamp: z.string().max(30), x: place, y: place }),
]);
const marks = z.array(mark).min(1).max(MOST_MARKS);
const drawings = z
  .partialRecord(
    z.enum(DRAWING_TEMPLATE_IDS),
    z.strictObject({ right: marks.optional(), left: marks.optional() }),
  )
  .refine((all) =>
    DRAWING_TEMPLATE_IDS.every((template) =>
      EYES.every((eye) =>
        (all[template]?.[eye] ?? []).every((one) => !('stamp' in one) || stampOf(template, one.stamp)),
      ),
    ),
  );

/** What a drawing was posted as; the sentence where it is none, or more than is kept. */
export function readDrawings(posted: string): Drawings | { problem: string } {
  if (posted.length > MOST_CHARACTERS)
    return { problem: 'The drawing has too many lines to be kept. Undo some of them.' };
  try {
    const read = drawings.safeParse(JSON.parse(posted || '{}'));
    if (read.success) return withoutEmpty(read.data as Drawings);
  } catch {
    // Said below.
  }
  return { problem: 'The drawing could not be read. Undo the last line and save again.' };
}
