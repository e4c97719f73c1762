import type { Eye } from '@/features/record/examinations/eyes';
import type { AcuityWords } from './acuity-words';
import { disabilitySource, type FieldLimit, type Grade, gradeText } from './disability';

/** What a doctor signs for somebody who is not in the room. */
export const KINDS = {
  referral: 'Referral letter',
  attendance: 'Certificate of attendance',
  leave: 'Medical leave certificate',
  fitness: 'Fitness certificate',
  acuity: 'Visual acuity certificate',
  disability: 'Certificate of visual impairment',
} as const;
export type LetterKind = keyof typeof KINDS;

/** Without the table of its country nobody can say how much of sight is lost. */
export const isWrittenIn = (kind: LetterKind, country: string): boolean =>
  kind !== 'disability' || disabilitySource(country) !== undefined;

export const REFERRAL_URGENCIES = { routine: 'Routine', soon: 'Within two weeks', urgent: 'Today' } as const;

/** A leave that is longer is written again after an examination. */
export const MOST_LEAVE_DAYS = 180;

export type AddresseeFacts = {
  name: string;
  speciality?: string | undefined;
  place?: string | undefined;
  phone?: string | undefined;
  email?: string | undefined;
};

type Common = { remarks?: string | undefined };
/** What is sealed of a letter, as it was signed. Days are of the organization. */
export type Letter = Common &
  (
    | {
        kind: 'referral';
        to: AddresseeFacts;
        urgency: keyof typeof REFERRAL_URGENCIES;
        reason: string;
        body: string;
      }
    | {
        kind: 'attendance';
        from?: string | undefined;
        until?: string | undefined;
        companion?: string | undefined;
      }
    | { kind: 'leave'; from: string; until: string; diagnosis?: string | undefined }
    | { kind: 'fitness'; from: string; fitFor: string }
    | { kind: 'acuity'; purpose?: string | undefined; examinedOn: string; words: AcuityWords }
    | (Grade & {
        kind: 'disability';
        examinedOn: string;
        /** As read with the best correction. */
        acuity: Record<Eye, string>;
        fields: Record<Eye, FieldLimit>;
        cause: string;
        /** The day of the next assessment; permanent without one. */
        until?: string | undefined;
        /** Where the number comes from. */
        source: string;
      })
  );

/** How many days a leave has, its first and its last one counted. */
export const leaveDays = (from: string, until: string): number =>
  Math.round((Date.parse(`${until}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000) + 1;

/** "3 days", "1 day". */
export const daysText = (days: number): string => `${days} ${days === 1 ? 'day' : 'days'}`;

/** One line for a list: to whom, or for when. */
export function letterAbout(letter: Letter): string {
  switch (letter.kind) {
    case 'referral':
      return `to ${[letter.to.name, letter.to.speciality].filter(Boolean).join(', ')}`;
    case 'leave':
      return daysText(leaveDays(letter.from, letter.until));
    case 'fitness':
      return `for ${letter.fitFor}`;
    case 'acuity':
      return letter.purpose ? `for ${letter.purpose}` : '';
    case 'disability':
      return gradeText(letter);
    case 'attendance':
      return '';
  }
}
