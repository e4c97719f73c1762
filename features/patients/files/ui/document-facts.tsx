'use client';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { optionsOf, Select } from '@/components/ui/select';
import { DOCUMENT_EYES, DOCUMENT_KINDS, type DocumentEye, type DocumentKind } from '../policy';
import type { ChosenFacts } from './use-uploads';

export const NO_EYE = 'Of no eye, or not said';

/** What the next files are of; said once for all that are dropped together. */
export function UploadFactsFields({
  facts,
  today,
  onChange,
}: {
  facts: ChosenFacts;
  today: string;
  onChange: (facts: ChosenFacts) => void;
}) {
  return (
    <div className="grid grid-cols-[repeat(auto-fit,minmax(9.5rem,1fr))] gap-2 border-border border-b px-4 py-3 sm:px-5">
      <Field id="upload-kind" label="Kind of new documents" className="col-span-full">
        {(control) => (
          <Select
            {...control}
            options={optionsOf(DOCUMENT_KINDS)}
            value={facts.kind}
            onChange={({ target }) => onChange({ ...facts, kind: target.value as DocumentKind })}
          />
        )}
      </Field>
      <Field id="upload-eye" label="Eye">
        {(control) => (
          <Select
            {...control}
            placeholder={NO_EYE}
            options={optionsOf(DOCUMENT_EYES)}
            value={facts.eye}
            onChange={({ target }) => onChange({ ...facts, eye: target.value as DocumentEye | '' })}
          />
        )}
      </Field>
      <Field id="upload-day" label="Day taken">
        {(control) => (
          <Input
            {...control}
            type="date"
            max={today}
            value={facts.takenOn}
            onChange={({ target }) => onChange({ ...facts, takenOn: target.value })}
          />
        )}
      </Field>
    </div>
  );
}
