'use client';
import { useRouter } from 'next/navigation';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { FormCheckbox, FormRadioGroup } from '@/components/forms/form-field';
import { Alert } from '@/components/ui/alert';
import { Button, buttonClass } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import Link from '@/components/ui/link';
import { paths } from '@/lib/paths';
import { mergePatientsAction } from '../actions';
import type { FieldChoice } from '../policy';

const schema = async () => (await import('../schema')).mergePatientsInput;

type RecordSide = {
  id: string;
  version: number;
  name: string;
  number: string;
  /** "Female, 12 Mar 1980, 46 years" */
  about: string;
  registered: string;
  /** "3 visits, 1 bill" */
  has: string;
};

/** Both records side by side, what stays of each, and what moves. */
export function MergeForm({
  kept,
  merged,
  choices,
  doubts,
}: {
  kept: RecordSide;
  merged: RecordSide;
  choices: readonly FieldChoice[];
  doubts: readonly string[];
}) {
  const router = useRouter();
  return (
    <ActionForm
      action={mergePatientsAction}
      schema={schema}
      label="Merge of two records"
      onSuccess={() => router.push(paths.patient(kept.id))}
    >
      <input type="hidden" name="keptId" value={kept.id} />
      <input type="hidden" name="keptVersion" value={kept.version} />
      <input type="hidden" name="mergedId" value={merged.id} />
      <input type="hidden" name="mergedVersion" value={merged.version} />
      <div className="grid gap-3 sm:grid-cols-2">
        <Side side={kept} says="Stays" />
        <Side side={merged} says="Becomes part of it" />
      </div>
      <div className="flex flex-wrap gap-2">
        <Link href={paths.patientMerge(merged.id, kept.id)} className={buttonClass({ size: 'sm' })}>
          Keep {merged.number} instead
        </Link>
        <Link href={paths.patientMerge(kept.id)} className={buttonClass({ size: 'sm' })}>
          Another record
        </Link>
      </div>
      {doubts.length > 0 ? (
        <Alert tone="warning" title="Is this the same person?">
          {doubts.join(' ')} Relatives often share a name and a phone.
        </Alert>
      ) : null}
      {choices.length > 0 ? (
        <Card className="grid gap-5 p-4 sm:p-5">
          <h2 className="font-semibold text-text">Where they differ, which words stay?</h2>
          {choices.map(({ name, label, ...words }) => (
            <FormRadioGroup
              key={name}
              name={name}
              label={label}
              appearance="card"
              className="sm:grid-cols-2"
              defaultValue={words.isTaken ? 'merged' : 'kept'}
              options={[
                { value: 'kept', label: words.kept || 'Nothing', description: kept.number },
                { value: 'merged', label: words.merged, description: merged.number },
              ]}
            />
          ))}
        </Card>
      ) : (
        <p className="text-text-muted">Both records say the same of the person.</p>
      )}
      <p className="text-text-muted">
        From {merged.number} moves: {merged.has}. Histories and allergies are joined. {merged.number} is found
        as before and leads to {kept.number}. A merge can be undone.
      </p>
      <FormCheckbox
        name="isSure"
        label={`${kept.number} and ${merged.number} are the same person`}
        required
      />
      <FormActions>
        <SubmitButton pendingLabel="Merging">
          Merge {merged.number} into {kept.number}
        </SubmitButton>
        <Button asChild>
          <Link href={paths.patient(kept.id)}>Cancel</Link>
        </Button>
      </FormActions>
    </ActionForm>
  );
}

function Side({ side, says }: { side: RecordSide; says: string }) {
  return (
    <Card className="grid content-start gap-1 p-4">
      <p className="text-[0.8125rem] text-text-subtle">{says}</p>
      <p className="break-words font-semibold text-text">{side.name}</p>
      <p className="text-text tabular-nums">{side.number}</p>
      <p className="text-[0.8125rem] text-text-muted">{side.about}</p>
      <p className="text-[0.8125rem] text-text-muted">{side.registered}</p>
      <p className="text-[0.8125rem] text-text-muted">Has {side.has}.</p>
    </Card>
  );
}
