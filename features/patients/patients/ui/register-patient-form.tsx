'use client';
import { useRouter } from 'next/navigation';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { useFormState } from '@/components/forms/form-context';
import { Alert } from '@/components/ui/alert';
import { paths } from '@/lib/paths';
import { registerPatientAction } from '../actions';
import { type BirthOrder, birthText, SEXES } from '../policy';
import { PatientFields } from './patient-fields';
import { useDuplicates } from './use-duplicates';

const schema = async () => (await import('../schema')).registerPatientInput;

/** Registers a patient. Who may be the same person is shown while typing; a likely one holds it up once. */
export function RegisterPatientForm({ today, birthOrder }: { today: string; birthOrder: BirthOrder }) {
  const router = useRouter();
  return (
    <ActionForm
      action={registerPatientAction}
      schema={schema}
      label="Registration"
      draft={{ form: 'patient' }}
      onSuccess={(patient) => router.push(paths.patient(patient.id))}
    >
      <PatientFields today={today} birthOrder={birthOrder} />
      <Finish today={today} />
    </ActionForm>
  );
}

function Finish({ today }: { today: string }) {
  const { formId } = useFormState();
  const { duplicates, isRefused } = useDuplicates();
  const isLikely = duplicates.some((one) => one.isLikely);
  return (
    <>
      <div
        id={`${formId}-allowDuplicate`}
        tabIndex={-1}
        aria-live="polite"
        className="scroll-mt-20 rounded-lg"
      >
        {duplicates.length > 0 ? (
          <Alert
            tone={isLikely ? 'warning' : 'info'}
            title={isLikely ? 'Possible duplicates' : 'Others with this number'}
          >
            <ul className="divide-y divide-border">
              {duplicates.map((one) => (
                <li key={one.id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2">
                  <div className="min-w-0">
                    <p className="font-medium text-text">
                      {one.name}{' '}
                      <span className="font-normal text-text-muted tabular-nums">{one.number}</span>
                    </p>
                    <p className="tabular-nums">
                      {SEXES[one.sex]},{' '}
                      {birthText({ day: one.dateOfBirth, isEstimated: one.isBirthEstimated }, today)},{' '}
                      {one.phone}
                    </p>
                    <p>{one.reason}</p>
                  </div>
                  <a
                    href={paths.patient(one.id)}
                    target="_blank"
                    rel="noreferrer"
                    className="inline-flex min-h-8 items-center font-medium text-accent underline underline-offset-4"
                  >
                    View<span className="sr-only"> {one.name}, opens in a new tab</span>
                  </a>
                </li>
              ))}
            </ul>
            <p>
              {isLikely
                ? 'If it is the same person, use that record. If not, go on.'
                : 'Families often share a number. If it is somebody else, go on.'}
            </p>
          </Alert>
        ) : null}
      </div>
      <FormActions>
        {isRefused ? (
          <SubmitButton name="allowDuplicate" value="yes" pendingLabel="Registering">
            Register anyway
          </SubmitButton>
        ) : (
          <SubmitButton pendingLabel="Registering">Register patient</SubmitButton>
        )}
      </FormActions>
    </>
  );
}
