import { z } from 'zod';
import { optionalText, revision, text, textOrEmpty, ticked } from '@/lib/fields';
import { PAPER_SIZES } from '@/lib/paper';
import { keysOf } from '@/lib/query-words';
import type { FromForm } from '@/lib/revision';
import { KEPT_LOGO, MOST_LOGO_BYTES, USUAL_GLASSES_MONTHS, VISIT_PAPERS } from './policy';

/** Of the file, in base64. */
const MAX_LOGO = Math.ceil((MOST_LOGO_BYTES * 4) / 3) + 4;
const NO_PICTURE = 'Choose a PNG, a JPEG or an SVG as the logo.';

const millimetres = (label: string) =>
  z
    .string(`Enter ${label}.`)
    .trim()
    .regex(/^\d{1,3}$/, `Enter ${label} in whole millimetres.`)
    .transform(Number)
    .pipe(z.number().min(4, `Enter ${label}, at least 4.`).max(120, `Enter ${label}, at most 120.`));

export const letterheadInput = z.object({
  name: text(120, 'Enter the name.'),
  secondName: optionalText(120),
  address: textOrEmpty(300),
  phone: optionalText(60),
  registration: optionalText(120),
  /** A line each. */
  doctors: optionalText(400),
  footer: optionalText(160),
  openingHours: optionalText(120),
  /** A picture in base64, `kept`, or nothing. */
  logo: z
    .string()
    .max(MAX_LOGO, NO_PICTURE)
    .refine(
      (value) => value === '' || value === KEPT_LOGO || /^[A-Za-z0-9+/]+={0,2}$/.test(value),
      NO_PICTURE,
    )
    .optional()
    .transform((value) => value || undefined),
  size: z.enum(keysOf(PAPER_SIZES), 'Choose the paper.'),
  /** The hospital's own paper has the head on it already. */
  isPreprinted: ticked,
  top: millimetres('the top margin'),
  bottom: millimetres('the bottom margin'),
  side: millimetres('the side margin'),
  /** What is printed at the end of a visit; stored as one text. */
  visitPapers: z
    .array(z.enum(keysOf(VISIT_PAPERS), 'Choose from the list.'), 'Choose from the list.')
    .optional()
    .transform((all) =>
      keysOf(VISIT_PAPERS)
        .filter((one) => all?.includes(one))
        .join(','),
    ),
  glassesMonths: z.coerce
    .number('Write months.')
    .int('Write whole months.')
    .min(1, 'Write at least one month.')
    .max(60, 'Write at most 60 months.')
    .optional()
    .default(USUAL_GLASSES_MONTHS),
  version: revision,
});
export type LetterheadInput = FromForm<z.output<typeof letterheadInput>>;
