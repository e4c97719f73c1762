import type { Sex } from '@/features/patients/patients/policy';

/** Where a sample patient stands on the day that they are made. */
export type SampleStory = {
  firstName: string;
  sex: Sex;
  born: string;
  reason: string;
} & (
  | { is: 'booked' }
  /** Waits at optometry, measured by nobody. */
  | { is: 'arrived' }
  /** Drops are working. */
  | { is: 'dilating'; measured: Record<string, string> }
  | { is: 'with-doctor'; measured: Record<string, string>; assessed: Record<string, unknown> }
);

/** Nobody of them is real; all are called Sample. The fields are those of the examination's forms. */
export const SAMPLE_PEOPLE: readonly SampleStory[] = [
  { firstName: 'Asha', sex: 'female', born: '1991-04-18', reason: 'Headache when reading', is: 'arrived' },
  { firstName: 'Ravi', sex: 'male', born: '1974-09-02', reason: 'New glasses', is: 'arrived' },
  {
    firstName: 'Meena',
    sex: 'female',
    born: '1958-01-27',
    reason: 'Blurred vision, both eyes',
    is: 'with-doctor',
    measured: {
      'right-unaided': '6/24',
      'left-unaided': '6/18',
      'right-refraction': '6/12',
      'left-refraction': '6/9',
    },
    assessed: { diagnoses: ['H25.1:right'], history: 'Slowly worse for a year. Glare at night.' },
  },
  {
    firstName: 'Thomas',
    sex: 'male',
    born: '1949-11-05',
    reason: 'Diabetic eye check',
    is: 'dilating',
    measured: { 'right-unaided': '6/9', 'left-unaided': '6/9' },
  },
  { firstName: 'Fatima', sex: 'female', born: '2016-06-30', reason: 'Squint', is: 'booked' },
  { firstName: 'Daniel', sex: 'male', born: '1965-12-11', reason: 'Glaucoma check', is: 'booked' },
];
