import {
  HISTORY_PART_IDS,
  HISTORY_PARTS,
  type HistoryEntry,
  type HistoryParts,
  MOST_ITEMS,
} from '@/features/patients/histories/policy';
import type { Patient } from '@/features/patients/patients/dto';
import {
  addressText,
  birthText,
  isSampleNumber,
  noPhoneText,
  SEXES,
} from '@/features/patients/patients/policy';
import type { Day } from '@/lib/time';

/** What two records of one person may say differently; each is chosen as a whole. */
export const MERGE_FIELDS = {
  name: { label: 'Name', of: ['namePrefix', 'firstName', 'lastName'] },
  birth: { label: 'Born', of: ['dateOfBirth', 'isBirthEstimated'] },
  sex: { label: 'Sex', of: ['sex'] },
  phone: { label: 'Phone', of: ['phone', 'noPhoneReason'] },
  alternatePhone: { label: 'Second number', of: ['alternatePhone'] },
  email: { label: 'E-mail', of: ['email'] },
  address: {
    label: 'Address',
    of: ['address', 'village', 'city', 'district', 'region', 'postalCode'],
  },
  guardian: { label: 'Guardian', of: ['guardianName', 'guardianRelation', 'guardianPhone'] },
  bloodGroup: { label: 'Blood group', of: ['bloodGroup'] },
  occupation: { label: 'Occupation', of: ['occupation'] },
  spokenLanguage: { label: 'Language', of: ['spokenLanguage'] },
  otherNumbers: { label: 'Old or outside numbers', of: ['otherNumbers'] },
  referredBy: { label: 'Referred by', of: ['referredBy'] },
  abha: { label: 'ABHA', of: ['abhaNumber', 'abhaAddress'] },
  notes: { label: 'Notes', of: ['notes'] },
} as const satisfies Record<string, { label: string; of: readonly (keyof Patient)[] }>;
export type MergeField = keyof typeof MERGE_FIELDS;
export const MERGE_FIELD_IDS = Object.keys(MERGE_FIELDS) as [MergeField, ...MergeField[]];

/** The field of a form that says whose words stay. */
export const choiceField = (field: MergeField): string => `choice-${field}`;

const textOf = (field: MergeField, patient: Patient, today: Day): string => {
  switch (field) {
    case 'name':
      return [patient.namePrefix, patient.name].filter(Boolean).join(' ');
    case 'birth':
      return birthText({ day: patient.dateOfBirth, isEstimated: patient.isBirthEstimated }, today);
    case 'sex':
      return patient.sex === 'unknown' ? '' : SEXES[patient.sex];
    case 'phone':
      return patient.phone || (noPhoneText(patient.noPhoneReason) ?? '');
    case 'address':
      return addressText(patient);
    default:
      return MERGE_FIELDS[field].of
        .map((key) => patient[key as keyof Patient])
        .filter(Boolean)
        .join(', ');
  }
};

export type FieldChoice = {
  /** Of the form. */
  name: string;
  label: string;
  kept: string;
  merged: string;
  /** What most would choose: what is there rather than nothing, a known birthday rather than an age. */
  isTaken: boolean;
};

/** Where the two records differ, in words; what only the kept one says stays. */
export function choicesOf(kept: Patient, merged: Patient, today: Day): FieldChoice[] {
  return MERGE_FIELD_IDS.flatMap((field): FieldChoice[] => {
    const [mine, theirs] = [textOf(field, kept, today), textOf(field, merged, today)];
    if (theirs === '' || theirs === mine) return [];
    const isBetter =
      (field === 'phone' && kept.phone === '' && merged.phone !== '') ||
      (field === 'birth' && kept.isBirthEstimated && !merged.isBirthEstimated);
    const isTaken = mine === '' || isBetter;
    return [
      { name: choiceField(field), label: MERGE_FIELDS[field].label, kept: mine, merged: theirs, isTaken },
    ];
  });
}

/** What speaks against one person; a look and not a rule, for somebody has mistyped one of the two. */
export function doubtsOf(kept: Patient, merged: Patient): string[] {
  const sexes = [kept.sex, merged.sex];
  const [mine, theirs] = [kept, merged].map(({ dateOfBirth }) => Number(dateOfBirth.slice(0, 4)));
  const apart = Math.abs((mine ?? 0) - (theirs ?? 0));
  return [
    ...(kept.sex !== merged.sex && !sexes.includes('unknown') ? ['Their sex differs.'] : []),
    ...(apart > 5 ? [`Their births are ${apart} years apart.`] : []),
  ];
}

/** What holds two records apart, or null. */
export function mergeProblem(kept: Patient, merged: Patient): string | null {
  for (const { name, number, mergedInto } of [kept, merged]) {
    if (mergedInto) return `${name} (${number}) was merged into ${mergedInto.number} already.`;
    // What belongs to a sample goes when the samples are removed.
    if (isSampleNumber(number)) return `${name} is a sample patient. Samples are not merged.`;
  }
  if ((kept.deceasedOn === null) !== (merged.deceasedOn === null))
    return 'One of the two is marked as deceased. Put that right first.';
  return null;
}

const sameEntry = (a: HistoryEntry, b: HistoryEntry): boolean =>
  a.what.toLowerCase() === b.what.toLowerCase() && a.side === b.side;

/**
 * Both histories in one: what both say is said once, in the words of the kept record. A sentence where a part
 * would be longer than its form.
 */
export function joinHistories(kept: HistoryParts, merged: HistoryParts): HistoryParts | { problem: string } {
  const joined: HistoryParts = {};
  for (const part of HISTORY_PART_IDS) {
    const [mine, theirs] = [kept[part], merged[part]];
    if (!mine && !theirs) continue;
    const all = [
      ...(mine ?? []),
      ...(theirs ?? []).filter((entry) => !mine?.some((own) => sameEntry(own, entry))),
    ];
    if (all.length > MOST_ITEMS)
      return {
        problem: `Under ${HISTORY_PARTS[part].label} both histories have ${all.length} entries, and there is room for ${MOST_ITEMS}. Shorten one of them first.`,
      };
    joined[part] = all;
  }
  return joined;
}

/** What moves with a patient, by collection and as people count it; null for what nobody would count. */
export const MOVED: Readonly<Record<string, readonly [one: string, many: string] | null>> = {
  visits: ['visit', 'visits'],
  appointments: ['appointment', 'appointments'],
  // Of a visit, which is counted.
  examinations: null,
  queue_entries: null,
  orders: ['test or procedure', 'tests and procedures'],
  prescriptions: ['prescription', 'prescriptions'],
  spectacles: ['prescription of glasses', 'prescriptions of glasses'],
  contact_lenses: ['prescription of contact lenses', 'prescriptions of contact lenses'],
  letters: ['letter', 'letters'],
  files: ['document', 'documents'],
  allergies: ['allergy', 'allergies'],
  dispenses: ['delivery of the pharmacy', 'deliveries of the pharmacy'],
  medicine_returns: ['return to the pharmacy', 'returns to the pharmacy'],
  estimates: ['estimate', 'estimates'],
  charges: ['charge', 'charges'],
  bills: ['bill', 'bills'],
  receipts: ['receipt', 'receipts'],
  sold_packages: ['package', 'packages'],
  coverages: ['policy or card', 'policies and cards'],
  claims: ['claim', 'claims'],
  payment_links: ['payment link', 'payment links'],
  paper_links: null,
  recall_contacts: null,
  file_uploads: null,
  patient_changes: null,
};

/** "3 visits, 1 bill": what of each kind there is. */
export const movedText = (counts: readonly { from: string; count: number }[]): string =>
  Object.entries(MOVED)
    .flatMap(([collection, words]) => {
      const count = counts.find(({ from }) => from === collection)?.count ?? 0;
      return words && count > 0 ? [`${count} ${words[count === 1 ? 0 : 1]}`] : [];
    })
    .join(', ');
