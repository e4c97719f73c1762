'use client';
import { FormCheckbox, FormField, FormSelect, FormTextarea } from '@/components/forms/form-field';
import { optionsOf } from '@/components/ui/select';
import type { Patient } from '../dto';
import { type BirthOrder, SEXES, typedDay } from '../policy';
import { BirthField } from './birth-field';

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
        <FormField
          name="phone"
          label="Phone"
          type="tel"
          inputMode="tel"
          defaultValue={patient?.phone}
          autoComplete="off"
          required
          maxLength={30}
        />
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
      <details
        className="group rounded-lg border border-border px-4 open:pb-4"
        open={patient ? hasDetails(patient) : false}
      >
        <summary className="flex min-h-11 items-center font-medium text-sm text-text">
          Address, e-mail and notes
        </summary>
        <div className="mt-2 grid gap-5 sm:grid-cols-2">
          <FormField
            name="alternatePhone"
            label="Second number"
            type="tel"
            inputMode="tel"
            help="Of a relative, or at work"
            defaultValue={patient?.alternatePhone ?? ''}
            autoComplete="off"
            maxLength={30}
          />
          <FormField
            name="email"
            label="Email"
            type="email"
            inputMode="email"
            defaultValue={patient?.email ?? ''}
            autoComplete="off"
            maxLength={254}
          />
          <FormField
            name="address"
            label="Address"
            defaultValue={patient?.address ?? ''}
            autoComplete="off"
            maxLength={200}
          />
          <FormField
            name="city"
            label="City"
            defaultValue={patient?.city ?? ''}
            autoComplete="off"
            maxLength={80}
          />
          <FormTextarea
            name="notes"
            label="Notes"
            help="Shown at the top of the patient's page: what everybody must know"
            fieldClassName="sm:col-span-2"
            rows={2}
            defaultValue={patient?.notes ?? ''}
            maxLength={2000}
          />
        </div>
      </details>
    </>
  );
}

const hasDetails = ({ alternatePhone, email, address, city, notes }: Patient): boolean =>
  [alternatePhone, email, address, city, notes].some(Boolean);
