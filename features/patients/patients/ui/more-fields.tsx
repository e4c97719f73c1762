'use client';
import type { ReactNode } from 'react';
import { useFormState } from '@/components/forms/form-context';
import { FormCheckboxes, FormField, FormSelect, FormTextarea } from '@/components/forms/form-field';
import type { Patient } from '../dto';
import { BLOOD_GROUPS, FLAG_IDS, FLAGS } from '../policy';

type TextOf<T> = { [K in keyof T]: T[K] extends string | null ? K : never }[keyof T] & string;
type OptionalText = TextOf<Patient>;

type Line = {
  name: OptionalText;
  label: string;
  maxLength: number;
  help?: string;
  type?: 'tel' | 'email';
  inputMode?: 'tel' | 'email' | 'numeric';
  /** Id of the list that is offered while somebody types. */
  list?: string;
};

const SPOKEN = 'spoken-languages';
const LANGUAGES = [
  ...['English', 'Hindi', 'Telugu', 'Tamil', 'Kannada', 'Malayalam', 'Marathi', 'Bengali', 'Gujarati'],
  ...['Odia', 'Punjabi', 'Urdu'],
] as const;

const ADDRESS: readonly Line[] = [
  { name: 'address', label: 'Address', maxLength: 200, help: 'House and street' },
  { name: 'village', label: 'Village or area', maxLength: 80 },
  { name: 'city', label: 'City', maxLength: 80 },
  { name: 'district', label: 'District', maxLength: 80 },
  { name: 'region', label: 'State', maxLength: 80 },
  { name: 'postalCode', label: 'PIN or postal code', maxLength: 12, inputMode: 'numeric' },
];
const CONTACT: readonly Line[] = [
  {
    name: 'alternatePhone',
    label: 'Second number',
    maxLength: 30,
    type: 'tel',
    inputMode: 'tel',
    help: 'Of a relative, or at work',
  },
  { name: 'email', label: 'Email', maxLength: 254, type: 'email', inputMode: 'email' },
  {
    name: 'guardianRelation',
    label: 'Relation of the guardian',
    maxLength: 40,
    help: 'Son, mother, neighbour',
  },
  { name: 'guardianPhone', label: 'Number of the guardian', maxLength: 30, type: 'tel', inputMode: 'tel' },
];
const PERSON: readonly Line[] = [
  { name: 'namePrefix', label: 'Title', maxLength: 20, help: 'Shri, Smt, Dr, Baby of' },
  { name: 'occupation', label: 'Occupation', maxLength: 80 },
  {
    name: 'spokenLanguage',
    label: 'Language',
    maxLength: 40,
    help: 'Papers are printed in it: Hindi, Telugu or Tamil; otherwise in English',
    list: SPOKEN,
  },
  { name: 'referredBy', label: 'Referred by', maxLength: 120 },
];
const NUMBERS: readonly Line[] = [
  {
    name: 'otherNumbers',
    label: 'Old or outside numbers',
    maxLength: 120,
    help: 'Found by the search; commas between several',
  },
  {
    name: 'abhaNumber',
    label: 'ABHA number',
    maxLength: 30,
    inputMode: 'numeric',
    help: '14 digits; never an Aadhaar',
  },
  { name: 'abhaAddress', label: 'ABHA address', maxLength: 80 },
];

function Lines({ lines, patient }: { lines: readonly Line[]; patient: Patient | undefined }) {
  return lines.map((line) => (
    <FormField key={line.name} {...line} defaultValue={patient?.[line.name] ?? ''} autoComplete="off" />
  ));
}

/** A group that is folded away until it is wanted; open where something is in it. */
function Fold({ title, isOpen, children }: { title: string; isOpen: boolean; children: ReactNode }) {
  const { restored } = useFormState();
  return (
    <details
      className="group rounded-lg border border-border px-4 open:pb-4"
      open={isOpen || Boolean(restored)}
    >
      <summary className="flex min-h-11 items-center font-medium text-sm text-text">{title}</summary>
      <div className="mt-2 grid gap-5 sm:grid-cols-2">{children}</div>
    </details>
  );
}

const hasAny = (patient: Patient | undefined, lines: readonly Line[]): boolean =>
  lines.some(({ name }) => Boolean(patient?.[name]));

/** What is asked when there is time for it. No label here contains "Phone": see PatientFields. */
export function MoreFields({ patient }: { patient: Patient | undefined }) {
  const contact = [...ADDRESS, ...CONTACT];
  return (
    <>
      <Fold
        title="Address, e-mail and notes"
        isOpen={hasAny(patient, contact) || Boolean(patient?.notes || patient?.flags.length)}
      >
        <Lines lines={contact} patient={patient} />
        <FormCheckboxes
          name="flags"
          label="To know at once"
          className="sm:col-span-2"
          options={FLAG_IDS.map((flag) => ({ value: flag, label: FLAGS[flag] }))}
          defaultValue={patient?.flags ?? []}
        />
        <FormTextarea
          name="notes"
          label="Notes"
          help="Shown beside the name on every page: what everybody must know"
          fieldClassName="sm:col-span-2"
          rows={2}
          defaultValue={patient?.notes ?? ''}
          maxLength={2000}
        />
      </Fold>
      <Fold
        title="Person, blood group and other numbers"
        isOpen={hasAny(patient, [...PERSON, ...NUMBERS]) || Boolean(patient?.bloodGroup)}
      >
        <Lines lines={PERSON} patient={patient} />
        <datalist id={SPOKEN}>
          {LANGUAGES.map((language) => (
            <option key={language} value={language} />
          ))}
        </datalist>
        <FormSelect
          name="bloodGroup"
          label="Blood group"
          placeholder="Not known"
          options={BLOOD_GROUPS.map((group) => ({ value: group, label: group }))}
          defaultValue={patient?.bloodGroup ?? ''}
        />
        <Lines lines={NUMBERS} patient={patient} />
      </Fold>
    </>
  );
}
