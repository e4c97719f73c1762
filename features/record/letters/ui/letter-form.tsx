'use client';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { FormField, FormTextarea } from '@/components/forms/form-field';
import { paths } from '@/lib/paths';
import { newRequestKey } from '@/lib/request-key';
import { signLetterAction } from '../actions';
import { KINDS, type Letter, type LetterKind } from '../policy';
import {
  type AcuityChoice,
  AcuityFields,
  AttendanceFields,
  type DisabilityChoice,
  DisabilityFields,
  FitnessFields,
  LeaveFields,
} from './certificate-fields';
import { type KnownAddressee, ReferralFields } from './referral-fields';

const schema = async () => (await import('../schema')).signLetterInput;

type LetterFormProps = {
  visitId: string;
  kind: LetterKind;
  /** The day of the visit. */
  day: string;
  /** What is changed, and the version of it that is shown. */
  earlier: { id: string; version: number; letter: Letter } | null;
  /** What the visit makes of a referral, to be changed. */
  composed: string;
  addressees: readonly KnownAddressee[];
  examinations: readonly AcuityChoice[];
  /** For a certificate of impairment. */
  graded: readonly DisabilityChoice[];
};

/** A letter of one kind, signed at once: what it certifies of the eyes is read from the record. */
export function LetterForm({ visitId, kind, day, earlier, composed, ...lists }: LetterFormProps) {
  const router = useRouter();
  const [requestKey, setRequestKey] = useState('');
  // A key of the browser's making: the page on the server must not have another.
  useEffect(() => setRequestKey(newRequestKey()), []);
  const letter = earlier?.letter;
  return (
    <ActionForm
      action={signLetterAction}
      schema={schema}
      label={KINDS[kind]}
      draft={{ form: `letter-${kind}`, of: earlier?.id ?? visitId, version: earlier?.version ?? 0 }}
      onSuccess={({ id }) => router.push(paths.letter(id))}
    >
      <input type="hidden" name="visitId" value={visitId} />
      <input type="hidden" name="kind" value={kind} />
      <input type="hidden" name="requestKey" value={requestKey} />
      {earlier ? <input type="hidden" name="letterId" value={earlier.id} /> : null}
      {kind === 'referral' ? (
        <ReferralFields
          earlier={letter?.kind === kind ? letter : null}
          composed={composed}
          addressees={lists.addressees}
        />
      ) : null}
      {kind === 'attendance' ? <AttendanceFields earlier={letter?.kind === kind ? letter : null} /> : null}
      {kind === 'leave' ? <LeaveFields day={day} earlier={letter?.kind === kind ? letter : null} /> : null}
      {kind === 'fitness' ? (
        <FitnessFields day={day} earlier={letter?.kind === kind ? letter : null} />
      ) : null}
      {kind === 'acuity' ? (
        <AcuityFields
          visitId={visitId}
          earlier={letter?.kind === kind ? letter : null}
          examinations={lists.examinations}
        />
      ) : null}
      {kind === 'disability' ? (
        <DisabilityFields
          visitId={visitId}
          earlier={letter?.kind === kind ? letter : null}
          examinations={lists.graded}
        />
      ) : null}
      <FormTextarea
        name="remarks"
        label="Remarks"
        help="Printed below."
        rows={2}
        maxLength={1_000}
        defaultValue={letter?.remarks ?? ''}
      />
      {earlier ? (
        <FormField
          name="reasonForChange"
          label="Reason for the change"
          required
          maxLength={200}
          autoComplete="off"
        />
      ) : null}
      <FormActions>
        <SubmitButton pendingLabel="Signing">Sign {KINDS[kind].toLowerCase()}</SubmitButton>
      </FormActions>
    </ActionForm>
  );
}
