import { z } from 'zod';
import { addresseeFields } from '@/features/record/addressees/schema';
import type { Eye } from '@/features/record/examinations/eyes';
import { chosenId, day, optionalText, text, ticked, version } from '@/lib/fields';
import { keysOf } from '@/lib/query-words';
import { FIELD_LIMITS, type FieldLimit } from './disability';
import {
  type AddresseeFacts,
  KINDS,
  type Letter,
  leaveDays,
  MOST_LEAVE_DAYS,
  REFERRAL_URGENCIES,
} from './policy';

const MAX_BODY = 6_000;
const time = z.union(
  [z.literal(''), z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)],
  'Write a time such as 09:30.',
);
const optionalTime = time.optional().transform((value) => value || undefined);
const fieldLimit = z.union([z.literal(''), z.enum(keysOf(FIELD_LIMITS))], 'Choose from the list.').optional();
const orNothing = z.union([z.literal(''), day], 'Enter a date.').optional();

/** What the letter says, without what the service reads from the record. */
type Written =
  | Exclude<Letter, { kind: 'acuity' } | { kind: 'leave' } | { kind: 'disability' }>
  | {
      kind: 'disability';
      examinationId: string;
      fields: Record<Eye, FieldLimit>;
      until?: string | undefined;
      remarks?: string | undefined;
    }
  | { kind: 'leave'; from: string; until: string; isDiagnosisNamed: boolean; remarks?: string | undefined }
  | { kind: 'acuity'; purpose?: string | undefined; examinationId: string; remarks?: string | undefined };

export const signLetterInput = z
  .object({
    visitId: chosenId('Choose a visit.'),
    requestKey: text(64, 'Open this again.', 8),
    /** The letter that this one replaces, and the version of it that was shown. */
    letterId: optionalText(24),
    version,
    /** Asked for where it replaces another one. */
    reasonForChange: optionalText(200),
    kind: z.enum(keysOf(KINDS), 'Choose what it is.'),
    name: optionalText(120),
    ...addresseeFields,
    isKept: ticked,
    urgency: z.enum(keysOf(REFERRAL_URGENCIES), 'Choose how soon.').optional().default('routine'),
    referralReason: optionalText(300),
    body: optionalText(MAX_BODY),
    arrived: optionalTime,
    left: optionalTime,
    companion: optionalText(120),
    from: orNothing,
    until: orNothing,
    isDiagnosisNamed: ticked,
    fitFor: optionalText(120),
    examinationId: optionalText(24),
    purpose: optionalText(120),
    fieldRight: fieldLimit,
    fieldLeft: fieldLimit,
    remarks: optionalText(1_000),
  })
  .transform((given, ctx) => {
    const { visitId, requestKey, letterId, reasonForChange: reason, kind, remarks } = given;
    const needed = (path: keyof typeof given, message: string): string => {
      const value = given[path];
      if (typeof value === 'string' && value !== '') return value;
      ctx.addIssue({ code: 'custom', path: [path], message });
      return '';
    };
    const write = (): Written => {
      switch (kind) {
        case 'referral': {
          const { speciality, place, phone, email, urgency } = given;
          const to: AddresseeFacts = {
            name: needed('name', 'Say to whom.'),
            speciality,
            place,
            phone,
            email,
          };
          const asked = needed('referralReason', 'Say why the patient is sent.');
          return { kind, to, urgency, reason: asked, body: needed('body', 'Write the letter.'), remarks };
        }
        case 'attendance': {
          const { arrived, left, companion } = given;
          if (arrived && left && left < arrived)
            ctx.addIssue({ code: 'custom', path: ['left'], message: 'Write a time after the arrival.' });
          return { kind, from: arrived, until: left, companion, remarks };
        }
        case 'leave': {
          const from = needed('from', 'Enter the first day.');
          const until = needed('until', 'Enter the last day.');
          if (from && until && until < from)
            ctx.addIssue({ code: 'custom', path: ['until'], message: 'Enter a day on or after the first.' });
          else if (from && until && leaveDays(from, until) > MOST_LEAVE_DAYS)
            ctx.addIssue({
              code: 'custom',
              path: ['until'],
              message: `Write at most ${MOST_LEAVE_DAYS} days.`,
            });
          return { kind, from, until, isDiagnosisNamed: given.isDiagnosisNamed, remarks };
        }
        case 'fitness':
          return {
            kind,
            from: needed('from', 'Enter the day from which the patient is fit.'),
            fitFor: needed('fitFor', 'Say for what, such as work or school.'),
            remarks,
          };
        case 'disability':
          return {
            kind,
            examinationId: needed('examinationId', 'Choose an examination.'),
            fields: {
              right: needed('fieldRight', 'Say what is left of the field.') as FieldLimit,
              left: needed('fieldLeft', 'Say what is left of the field.') as FieldLimit,
            },
            until: given.until || undefined,
            remarks,
          };
        case 'acuity':
          return {
            kind,
            purpose: given.purpose,
            examinationId: needed('examinationId', 'Choose an examination.'),
            remarks,
          };
      }
    };
    const written = write();
    return { visitId, requestKey, letterId, version: given.version, reason, written, isKept: given.isKept };
  });
export type SignLetterInput = z.output<typeof signLetterInput>;

export const voidLetterInput = z.object({
  letterId: chosenId('Choose a letter.'),
  reason: text(200, 'Say why it is void.'),
});
export type VoidLetterInput = z.output<typeof voidLetterInput>;

/** Which form a link opens. */
export const letterQuery = z.object({
  kind: z.enum(keysOf(KINDS)).catch('referral').default('referral'),
  of: z.string().max(24).optional().catch(undefined),
});
