import { type Columns, instant } from '@/lib/columns';
import type { Patient } from './dto';

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
  ['Guardian', 'guardianName'],
  ['Active', 'isActive'],
  ['Registered', ({ registeredAt }) => instant(registeredAt)],
  ['Last visit', ({ lastVisitAt }) => instant(lastVisitAt)],
];
