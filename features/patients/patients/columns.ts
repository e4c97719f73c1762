import { type Columns, instant } from '@/lib/columns';
import type { Patient } from './dto';

/** Plain texts: as they are in each way out, and one after the other on the patient's page. */
export const patientTexts: Columns<Patient> = [['Guardian', 'guardianName']];

export const patientColumns: Columns<Patient> = [
  ['Number', 'number'],
  ['First name', 'firstName'],
  ['Last name', 'lastName'],
  ['Sex', 'sex'],
  ['Date of birth', 'dateOfBirth'],
  ['Birth estimated', 'isBirthEstimated'],
  ['Phone', 'phone'],
  ['Second number', 'alternatePhone'],
  ['Email', 'email'],
  ['Address', 'address'],
  ['City', 'city'],
  ...patientTexts,
  ['Notes', 'notes', 'archive'],
  ['Active', 'isActive'],
  ['Registered', ({ registeredAt }) => instant(registeredAt)],
  ['Last visit', ({ lastVisitAt }) => instant(lastVisitAt)],
];
