'use client';
import { FormCheckbox, FormField, FormSelect } from '@/components/forms/form-field';
import { optionsOf } from '@/components/ui/select';
import type { Patient } from '../dto';
import { type BirthOrder, SEXES, typedDay } from '../policy';
import { BirthField } from './birth-field';
import { MoreFields } from './more-fields';
import { PhoneField } from './phone-field';

const sexes = optionsOf(SEXES);

/**
 * The fields of a patient, what is needed first. No other label may contain "Phone": people and tests find it
 * by that.
 */
export function PatientFields({
  patient,
  today,
  birthOrder,
}: {
  patient?: Patient;
  today: string;
  birthOrder: BirthOrder;
}) {
  return (
    <>
      <div className="grid gap-5 sm:grid-cols-2">
        <FormField
          name="firstName"
          label="First name"
          defaultValue={patient?.firstName}
          autoComplete="off"
          autoFocus
          required
          maxLength={80}
        />
        <FormField
          name="lastName"
          label="Last name"
          defaultValue={patient?.lastName}
          autoComplete="off"
          maxLength={80}
        />
        <PhoneField phone={patient?.phone ?? ''} noPhoneReason={patient?.noPhoneReason ?? null} />
        <BirthField
          order={birthOrder}
          today={today}
          defaultValue={patient ? typedDay(patient.dateOfBirth, birthOrder) : undefined}
          isEstimated={patient?.isBirthEstimated ?? false}
        />
        <FormSelect
          name="sex"
          label="Sex"
          options={sexes}
          placeholder="Choose"
          defaultValue={patient?.sex ?? ''}
          required
        />
        <FormField
          name="guardianName"
          label="Guardian"
          help="For a child, or somebody who needs help"
          defaultValue={patient?.guardianName ?? ''}
          autoComplete="off"
          maxLength={120}
        />
      </div>
      {patient ? (
        <FormCheckbox
          name="isBirthEstimated"
          label="Only the age is known; the birth date is an estimate"
          defaultChecked={patient.isBirthEstimated}
        />
      ) : null}
      <MoreFields patient={patient} />
    </>
  );
}
