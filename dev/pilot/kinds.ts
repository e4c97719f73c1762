import type { OrganizationState, PlanId, StaffRole } from '@/lib/master/vocabulary';

/** One kind of hospital that the product must do well for. */
export type PilotKind = {
  key: string;
  name: string;
  country: string;
  timeZone: string;
  plan: PlanId;
  staff: Partial<Record<Exclude<StaffRole, 'owner'>, number>>;
  /** Patients who come on a working day. */
  patientsPerDay: number;
  /** Visits of its past; a share of what is asked for. */
  history: number;
  status: OrganizationState;
  names: { first: readonly string[]; last: readonly string[] };
};

const INDIAN = {
  first: ['Lakshmi', 'Rajesh', 'Anjali', 'Vikram', 'Meena', 'Imran', 'Geeta', 'Zoya', 'Harish', 'Pooja'],
  last: ['Iyer', 'Patel', 'Singh', 'Reddy', 'Das', 'Nair', 'Ansari', 'Bose'],
};
const ENGLISH = {
  first: ['Olivia', 'James', 'Sophia', 'Robert', 'Maria', 'Daniel', 'Nora', 'William'],
  last: ['Anderson', 'Brooks', 'Coleman', 'Diaz', 'Edwards', 'Foster'],
};
const ARABIC = {
  first: [
    '\u0641\u0627\u0637\u0645\u0629',
    '\u0645\u062d\u0645\u062f',
    '\u0644\u064a\u0644\u0649',
    '\u064a\u0648\u0633\u0641',
    '\u0645\u0631\u064a\u0645',
    '\u062e\u0627\u0644\u062f',
  ],
  last: [
    '\u0627\u0644\u062d\u0633\u0646',
    '\u0627\u0644\u0645\u0646\u0635\u0648\u0631\u064a',
    '\u062d\u062f\u0627\u062f',
    '\u0627\u0644\u0639\u0644\u064a',
  ],
};
const GERMAN = {
  first: ['J\u00fcrgen', 'Z\u00f6e', 'Bj\u00f6rn', 'Anne-Sophie'],
  last: ['M\u00fcller', 'Gro\u00df', 'von der Heide'],
};

const SMALL = { doctor: 1, optometrist: 1, receptionist: 1, pharmacist: 1 };
const india = { country: 'IN', timeZone: 'Asia/Kolkata', names: INDIAN } as const;

/** Ten of them; `history` is a share of the visits that are asked for. */
export const PILOT_KINDS: readonly PilotKind[] = [
  {
    key: 'single',
    name: 'Dr Rao, Eye Doctor',
    ...india,
    plan: 'starter',
    staff: {},
    patientsPerDay: 6,
    history: 0.05,
    status: 'active',
  },
  {
    key: 'small',
    name: 'Small Town Eye Clinic',
    ...india,
    plan: 'starter',
    staff: SMALL,
    patientsPerDay: 10,
    history: 0.1,
    status: 'active',
  },
  {
    key: 'twenty',
    name: 'Twenty Hands Eye Hospital',
    ...india,
    plan: 'professional',
    staff: { admin: 1, doctor: 6, optometrist: 5, receptionist: 4, pharmacist: 3 },
    patientsPerDay: 30,
    history: 0.2,
    status: 'active',
  },
  {
    key: 'branches',
    name: 'Two Lakes Eye Centres',
    country: 'US',
    timeZone: 'America/New_York',
    names: ENGLISH,
    plan: 'professional',
    staff: { ...SMALL, doctor: 3 },
    patientsPerDay: 20,
    history: 0.2,
    status: 'active',
  },
  {
    key: 'gulf',
    name: 'Al Noor Eye Hospital',
    country: 'AE',
    timeZone: 'Asia/Dubai',
    names: ARABIC,
    plan: 'professional',
    staff: SMALL,
    patientsPerDay: 15,
    history: 0.1,
    status: 'active',
  },
  {
    key: 'berlin',
    name: 'Augenklinik am Park',
    country: 'DE',
    timeZone: 'Europe/Berlin',
    names: GERMAN,
    plan: 'professional',
    staff: SMALL,
    patientsPerDay: 15,
    history: 0.1,
    status: 'active',
  },
  {
    key: 'chain',
    name: 'Vision Chain',
    ...india,
    plan: 'enterprise',
    staff: { admin: 2, doctor: 8, optometrist: 6, receptionist: 6, pharmacist: 4 },
    patientsPerDay: 40,
    history: 1,
    status: 'active',
  },
  {
    key: 'late',
    name: 'Late Payer Eye Clinic',
    ...india,
    plan: 'starter',
    staff: SMALL,
    patientsPerDay: 8,
    history: 0.05,
    status: 'past_due',
  },
  {
    key: 'stopped',
    name: 'Read Only Eye Clinic',
    ...india,
    plan: 'starter',
    staff: SMALL,
    patientsPerDay: 8,
    history: 0.05,
    status: 'read_only',
  },
  {
    key: 'kathmandu',
    name: 'Himal Eye Hospital',
    country: 'NP',
    timeZone: 'Asia/Kathmandu',
    names: INDIAN,
    plan: 'professional',
    staff: SMALL,
    patientsPerDay: 15,
    history: 0.1,
    status: 'active',
  },
];
