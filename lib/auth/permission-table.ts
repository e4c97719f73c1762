import type { StaffRole } from '../master/vocabulary';

type Row = {
  /** `noun:verb`. Names ending in `:write` are refused in a read-only organization. */
  permission: string;
  /** Its heading in the matrix of roles. */
  group: string;
  /** What it lets people do, in words; different for each. */
  label: string;
  /** Built-in roles that have it. Without one but the owner it cannot be part of a custom role. */
  roles: readonly StaffRole[];
  /** The permission for the page where this is done; a custom role gets both. */
  needs: string | null;
  /** In a support session: `look` in each, `change` where the owner allowed changes, or `nothing`. */
  supportMay: 'look' | 'change' | 'nothing';
};

const OWNER = ['owner'] as const;
const MANAGERS = ['owner', 'admin'] as const;
const DOCTORS = ['owner', 'admin', 'doctor'] as const;
const EXAMINERS = ['owner', 'admin', 'doctor', 'optometrist'] as const;
const CARE = ['owner', 'admin', 'doctor', 'optometrist', 'receptionist'] as const;
const BOOKERS = ['owner', 'admin', 'doctor', 'receptionist'] as const;
const PRESCRIPTION_READERS = ['owner', 'admin', 'doctor', 'optometrist', 'pharmacist'] as const;
const PHARMACY = ['owner', 'admin', 'pharmacist'] as const;
const EVERYONE = [
  'owner',
  'admin',
  'doctor',
  'optometrist',
  'receptionist',
  'pharmacist',
  'cashier',
] as const;
// In a small hospital the reception takes the money.
const COUNTER = ['owner', 'admin', 'receptionist', 'cashier'] as const;
const CASHIERS = ['owner', 'admin', 'cashier'] as const;

/** The heading of all that is about the money of patients. */
export const PATIENTS_MONEY = 'Patients’ bills';

// biome-ignore format: one line for each permission, so that the table can be read down its columns
const ROWS = [
  { permission: 'today:read', group: 'Start', label: 'See the day and one’s own account', roles: EVERYONE, needs: null, supportMay: 'look' },
  { permission: 'patients:read', group: 'Patients', label: 'See patients', roles: EVERYONE, needs: null, supportMay: 'look' },
  { permission: 'patients:write', group: 'Patients', label: 'Register and change patients', roles: CARE, needs: 'patients:read', supportMay: 'change' },
  // All that one record has changes hands: papers, money, what was measured.
  { permission: 'merges:write', group: 'Patients', label: 'Merge two records of one person', roles: MANAGERS, needs: 'patients:read', supportMay: 'nothing' },
  // Everybody's phone, birth date and address. No write: a read-only organization may take it along.
  { permission: 'patients:export', group: 'Patients', label: 'Export all patients', roles: MANAGERS, needs: 'patients:read', supportMay: 'nothing' },
  // A patient's documents: scans, letters, identity and insurance papers.
  { permission: 'files:read', group: 'Documents of patients', label: 'See and download', roles: CARE, needs: null, supportMay: 'look' },
  { permission: 'files:write', group: 'Documents of patients', label: 'Upload, and delete own uploads', roles: CARE, needs: 'files:read', supportMay: 'nothing' },
  // Documents that somebody else uploaded.
  { permission: 'files:delete', group: 'Documents of patients', label: 'Delete what others uploaded', roles: DOCTORS, needs: 'files:write', supportMay: 'nothing' },
  { permission: 'appointments:read', group: 'Appointments', label: 'See appointments', roles: EVERYONE, needs: null, supportMay: 'look' },
  { permission: 'appointments:write', group: 'Appointments', label: 'Book, move and cancel', roles: BOOKERS, needs: 'appointments:read', supportMay: 'change' },
  // Beyond what a doctor's hours hold, each time with a reason.
  { permission: 'overbookings:write', group: 'Appointments', label: 'Book outside of free times', roles: DOCTORS, needs: 'appointments:write', supportMay: 'nothing' },
  // Patients are booked by these: what a change leaves without a time is shown before it is made.
  { permission: 'schedules:write', group: 'Appointments', label: 'Change hours, leave and holidays', roles: MANAGERS, needs: 'appointments:read', supportMay: 'nothing' },
  { permission: 'queue:read', group: 'Queue', label: 'See the queue and the board', roles: EVERYONE, needs: null, supportMay: 'look' },
  { permission: 'queue:write', group: 'Queue', label: 'Check in, call and move on', roles: EVERYONE, needs: 'queue:read', supportMay: 'change' },
  { permission: 'visits:read', group: 'Visits', label: 'Open visits and examinations', roles: EXAMINERS, needs: null, supportMay: 'look' },
  // What is measured: acuity, refraction, pressure.
  { permission: 'visits:write', group: 'Visits', label: 'Write measurements', roles: EXAMINERS, needs: 'visits:read', supportMay: 'change' },
  // What is found and decided, and the signature under it.
  { permission: 'diagnoses:write', group: 'Visits', label: 'Write findings and diagnoses, and sign', roles: DOCTORS, needs: 'visits:read', supportMay: 'nothing' },
  // Who did the test: what is done is charged.
  { permission: 'orders:write', group: 'Visits', label: 'Mark tests and procedures as done', roles: EXAMINERS, needs: 'visits:read', supportMay: 'nothing' },
  { permission: 'prescriptions:read', group: 'Prescriptions', label: 'See prescriptions', roles: PRESCRIPTION_READERS, needs: null, supportMay: 'look' },
  // Medicines, signed with the person's registration number.
  { permission: 'prescriptions:write', group: 'Prescriptions', label: 'Prescribe medicines, sign and void', roles: DOCTORS, needs: 'prescriptions:read', supportMay: 'nothing' },
  { permission: 'spectacles:write', group: 'Prescriptions', label: 'Prescribe glasses and contact lenses', roles: EXAMINERS, needs: 'prescriptions:read', supportMay: 'nothing' },
  // The optical shop, which prescribes nothing.
  { permission: 'made-glasses:write', group: 'Prescriptions', label: 'Note glasses that were made otherwise', roles: PRESCRIPTION_READERS, needs: 'prescriptions:read', supportMay: 'nothing' },
  { permission: 'letters:read', group: 'Letters and certificates', label: 'See and print letters', roles: CARE, needs: null, supportMay: 'look' },
  // Signed with the person's registration number.
  { permission: 'letters:write', group: 'Letters and certificates', label: 'Write letters and certificates, sign and void', roles: DOCTORS, needs: 'letters:read', supportMay: 'nothing' },
  // To the patient's own address, once the patient has agreed.
  { permission: 'paper-links:write', group: 'Letters and certificates', label: 'Send papers to patients by e-mail', roles: CARE, needs: 'letters:read', supportMay: 'nothing' },
  { permission: 'medicines:read', group: 'Medicines and stock', label: 'See medicines and stock', roles: EVERYONE, needs: null, supportMay: 'look' },
  { permission: 'medicines:write', group: 'Medicines and stock', label: 'Change medicines and stock', roles: PHARMACY, needs: 'medicines:read', supportMay: 'change' },
  // Who has counted does not approve.
  { permission: 'stocktake-approvals:write', group: 'Medicines and stock', label: 'Approve what somebody else has counted', roles: PHARMACY, needs: 'medicines:read', supportMay: 'nothing' },
  // What suppliers are owed, and what the goods have cost.
  { permission: 'purchases:read', group: 'Medicines and stock', label: 'See purchases and suppliers', roles: PHARMACY, needs: 'medicines:read', supportMay: 'look' },
  { permission: 'purchase-approvals:write', group: 'Medicines and stock', label: 'Approve orders to suppliers', roles: MANAGERS, needs: 'purchases:read', supportMay: 'nothing' },
  { permission: 'purchases:write', group: 'Medicines and stock', label: 'Enter invoices of suppliers and payments', roles: PHARMACY, needs: 'purchases:read', supportMay: 'nothing' },
  // The patients' money. All that changes it is a write: a read-only organization takes none.
  { permission: 'bills:read', group: PATIENTS_MONEY, label: 'See bills, receipts and what is due', roles: COUNTER, needs: null, supportMay: 'look' },
  { permission: 'bills:write', group: PATIENTS_MONEY, label: 'Issue bills', roles: COUNTER, needs: 'bills:read', supportMay: 'nothing' },
  { permission: 'payments:write', group: PATIENTS_MONEY, label: 'Take payments and advances in a shift', roles: COUNTER, needs: 'bills:read', supportMay: 'nothing' },
  { permission: 'refunds:write', group: PATIENTS_MONEY, label: 'Credit bills and give money back', roles: CASHIERS, needs: 'bills:read', supportMay: 'nothing' },
  // Who has it may give one alone, and approves those of others.
  { permission: 'discounts:write', group: PATIENTS_MONEY, label: 'Give and approve discounts above the limit', roles: MANAGERS, needs: 'bills:read', supportMay: 'nothing' },
  // Not for cashiers: they count their drawer without knowing what it should hold.
  { permission: 'takings:read', group: PATIENTS_MONEY, label: 'See everybody’s takings and the day book', roles: MANAGERS, needs: 'bills:read', supportMay: 'look' },
  { permission: 'days:write', group: PATIENTS_MONEY, label: 'Close a day', roles: MANAGERS, needs: 'takings:read', supportMay: 'nothing' },
  { permission: 'expenses:read', group: PATIENTS_MONEY, label: 'See expenses and print their vouchers', roles: CASHIERS, needs: 'bills:read', supportMay: 'look' },
  // Petty cash: who asks does not approve.
  { permission: 'expenses:write', group: PATIENTS_MONEY, label: 'Ask for expenses and pay approved ones', roles: CASHIERS, needs: 'expenses:read', supportMay: 'nothing' },
  { permission: 'expense-approvals:write', group: PATIENTS_MONEY, label: 'Approve expenses', roles: MANAGERS, needs: 'expenses:write', supportMay: 'nothing' },
  { permission: 'deposits:write', group: PATIENTS_MONEY, label: 'Enter bank deposits', roles: MANAGERS, needs: 'takings:read', supportMay: 'nothing' },
  // What is taken off is billed by nobody: with a reason, and never by who only takes fees.
  { permission: 'charges:write', group: PATIENTS_MONEY, label: 'Leave what was done off the bills', roles: CASHIERS, needs: 'bills:read', supportMay: 'nothing' },
  // Whom the rest of a bill is asked from, and what they pay or cut.
  { permission: 'claims:write', group: PATIENTS_MONEY, label: 'Send claims to payers and enter what they pay', roles: CASHIERS, needs: 'bills:read', supportMay: 'nothing' },
  { permission: 'prices:write', group: PATIENTS_MONEY, label: 'Change prices and settings of bills', roles: MANAGERS, needs: 'bills:read', supportMay: 'nothing' },
  // Who enters the key decides whose account the patients' money goes to.
  { permission: 'online-payments:write', group: PATIENTS_MONEY, label: 'Set up the account for online payments', roles: OWNER, needs: null, supportMay: 'nothing' },
  { permission: 'dispenses:read', group: 'Pharmacy', label: 'See who waits at the pharmacy', roles: PHARMACY, needs: 'prescriptions:read', supportMay: 'look' },
  { permission: 'dispenses:write', group: 'Pharmacy', label: 'Dispense prescriptions', roles: PHARMACY, needs: 'dispenses:read', supportMay: 'nothing' },
  // Its bill is written with it, also by who issues no other bills.
  { permission: 'sales:write', group: 'Pharmacy', label: 'Sell at the counter, with a bill', roles: PHARMACY, needs: 'dispenses:read', supportMay: 'nothing' },
  { permission: 'reports:read', group: 'Reports', label: 'See and export reports', roles: DOCTORS, needs: null, supportMay: 'look' },
  { permission: 'staff:read', group: 'Staff', label: 'See who works here', roles: EVERYONE, needs: null, supportMay: 'look' },
  { permission: 'staff:write', group: 'Staff', label: 'Invite, change and remove staff', roles: MANAGERS, needs: 'staff:read', supportMay: 'nothing' },
  { permission: 'roles:write', group: 'Roles', label: 'Define custom roles', roles: MANAGERS, needs: 'settings:read', supportMay: 'nothing' },
  { permission: 'settings:read', group: 'Settings', label: 'See settings', roles: MANAGERS, needs: null, supportMay: 'look' },
  { permission: 'settings:write', group: 'Settings', label: 'Change settings', roles: MANAGERS, needs: 'settings:read', supportMay: 'nothing' },
  // Setting the provider makes it possible to sign in as anybody.
  { permission: 'single-sign-on:write', group: 'Single sign-on', label: 'Change the identity provider', roles: OWNER, needs: null, supportMay: 'nothing' },
  // The person who names the server could read every record there.
  { permission: 'database:write', group: 'Database', label: 'Move the data to a server of one’s own', roles: OWNER, needs: null, supportMay: 'nothing' },
  { permission: 'billing:read', group: 'Billing', label: 'See plan and invoices', roles: MANAGERS, needs: null, supportMay: 'look' },
  { permission: 'billing:write', group: 'Billing', label: 'Pay and change the plan', roles: OWNER, needs: 'billing:read', supportMay: 'nothing' },
  { permission: 'audit:read', group: 'Audit log', label: 'See, verify and export the log', roles: MANAGERS, needs: null, supportMay: 'look' },
  // Neither is called a write: the owner of a read-only organization may take everything along and go.
  { permission: 'organization:export', group: 'The organization as a whole', label: 'Export all data', roles: OWNER, needs: null, supportMay: 'nothing' },
  { permission: 'organization:close', group: 'The organization as a whole', label: 'Close the account', roles: OWNER, needs: null, supportMay: 'nothing' },
  { permission: 'support:read', group: 'Our support', label: 'See what was asked', roles: EVERYONE, needs: null, supportMay: 'look' },
  // Not called a write: people who cannot work because of a bill must be able to ask.
  { permission: 'support:ask', group: 'Our support', label: 'Ask for help', roles: EVERYONE, needs: 'support:read', supportMay: 'nothing' },
  { permission: 'support-access:read', group: 'Support access', label: 'See what support did', roles: MANAGERS, needs: null, supportMay: 'look' },
  // Not called a write: consent can be taken back in a read-only organization too.
  { permission: 'support-access:manage', group: 'Support access', label: 'Let support in', roles: OWNER, needs: null, supportMay: 'nothing' },
] as const satisfies readonly Row[];

export type Permission = (typeof ROWS)[number]['permission'];
export type PermissionRow = Row & { permission: Permission; needs: Permission | null };

/** All that the product knows of its permissions, in the order in which they are shown. */
export const PERMISSION_TABLE: readonly PermissionRow[] = ROWS;
