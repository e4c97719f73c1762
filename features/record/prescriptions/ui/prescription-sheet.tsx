'use client';
import { useRouter } from 'next/navigation';
import { ActionForm } from '@/components/forms/action-form';
import type { FormAction } from '@/lib/action-result';
import { paths } from '@/lib/paths';
import { savePrescriptionAction, signPrescriptionAction } from '../actions';
import type { Prescription } from '../dto';
import { SheetFields, type SheetProps } from './sheet-fields';

const schema = async () => (await import('../schema')).savePrescriptionInput;

/** Two buttons, one form: which was pressed says whether it is signed. */
const act: FormAction<Prescription> = (previous, form) =>
  (form.get('intent') === 'sign' ? signPrescriptionAction : savePrescriptionAction)(previous, form);

/** The sheet on which medicines are prescribed; by keyboard from the first line to the signature. */
export function PrescriptionSheet({
  visitId,
  version,
  ...props
}: SheetProps & {
  visitId: string;
  /** Of the visit's prescription, also of a void one: each writing of the visit counts. */
  version: number;
}) {
  const router = useRouter();
  return (
    <ActionForm
      action={act}
      schema={schema}
      label="Prescription"
      draft={{ form: 'prescription', of: visitId, version }}
      onSuccess={({ id }) => router.push(paths.prescription(id))}
    >
      <input type="hidden" name="visitId" value={visitId} />
      <input type="hidden" name="prescriptionId" value={props.prescription?.id ?? ''} />
      <SheetFields {...props} />
    </ActionForm>
  );
}
