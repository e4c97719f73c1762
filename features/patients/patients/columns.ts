import { type Columns, instant } from '@/lib/columns';
import type { Patient } from './dto';
import { FLAGS, noPhoneText } from './policy';

/** Plain texts: as they are in each way out, and one after the other on the patient's page. */
export const patientTexts: Columns<Patient> = [
  ['Guardian', 'guardianName'],
  ['Relation of the guardian', 'guardianRelation'],
  ['Number of the guardian', 'guardianPhone'],
  ['Blood group', 'bloodGroup'],
  ['Occupation', 'occupation'],
  ['Language', 'spokenLanguage'],
  ['Old or outside numbers', 'otherNumbers'],
  ['Referred by', 'referredBy'],
  ['ABHA number', 'abhaNumber'],
  ['ABHA address', 'abhaAddress'],
];

export const patientColumns: Columns<Patient> = [
  ['Number', 'number'],
  ['Title', 'namePrefix'],
  ['First name', 'firstName'],
  ['Last name', 'lastName'],
  ['Sex', 'sex'],
  ['Date of birth', 'dateOfBirth'],
  ['Birth estimated', 'isBirthEstimated'],
  ['Phone', 'phone'],
  ['Why there is no number', ({ noPhoneReason }) => noPhoneText(noPhoneReason)],
  ['Second number', 'alternatePhone'],
  ['Email', 'email'],
  ['Address', 'address'],
  ['Village or area', 'village'],
  ['City', 'city'],
  ['District', 'district'],
  ['State', 'region'],
  ['Postal code', 'postalCode'],
  ...patientTexts,
  ['To know', ({ flags }) => flags.map((flag) => FLAGS[flag]).join(', ')],
  ['Notes', 'notes', 'archive'],
  ['Deceased on', 'deceasedOn'],
  ['Active', 'isActive'],
  ['Merged into', ({ mergedInto }) => mergedInto?.number ?? ''],
  ['Registered', ({ registeredAt }) => instant(registeredAt)],
  ['Last visit', ({ lastVisitAt }) => instant(lastVisitAt)],
];
