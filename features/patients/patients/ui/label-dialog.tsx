'use client';
import { useState } from 'react';
import { buttonClass } from '@/components/ui/button';
import { Dialog, DialogContent } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Printer } from '@/components/ui/icons';
import { Input } from '@/components/ui/input';
import { optionsOf, Select } from '@/components/ui/select';
import { LABEL_SIZES, type LabelSize } from '@/lib/paper';
import { paths } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';

/** Stickers of a patient: on a roll or on what is left of a sheet. */
export function LabelDialog(props: {
  patient: { id: string; name: string };
  onOpenChange: (isOpen: boolean) => void;
}) {
  const { patient, onOpenChange } = props;
  const [paper, setPaper] = useState<LabelSize>('label-sheet');
  const [count, setCount] = useState('8');
  const [from, setFrom] = useState('');
  const digits = (text: string) => text.replace(/\D/g, '').slice(0, 2);
  return (
    <Dialog open onOpenChange={onOpenChange}>
      <DialogContent
        title={`Labels of ${patient.name}`}
        description="Number, name, birth and phone, 50 x 25 mm."
        footer={
          <a
            href={withQuery(paths.patientLabels(patient.id), {
              ...{ paper, count },
              from: paper === 'label-sheet' ? from : '',
            })}
            target="_blank"
            rel="noreferrer"
            className={buttonClass({ variant: 'primary' })}
          >
            <Printer aria-hidden="true" /> Print labels
          </a>
        }
      >
        <div className="grid gap-4 sm:grid-cols-3">
          <Field label="How many">
            {(control) => (
              <Input
                {...control}
                inputMode="numeric"
                autoComplete="off"
                value={count}
                onChange={({ target }) => setCount(digits(target.value))}
              />
            )}
          </Field>
          <Field label="Paper">
            {(control) => (
              <Select
                {...control}
                options={optionsOf(LABEL_SIZES)}
                value={paper}
                onChange={({ target }) => setPaper(target.value as LabelSize)}
              />
            )}
          </Field>
          {paper === 'label-sheet' ? (
            <Field label="First free label">
              {(control) => (
                <Input
                  {...control}
                  inputMode="numeric"
                  autoComplete="off"
                  placeholder="1"
                  value={from}
                  onChange={({ target }) => setFrom(digits(target.value))}
                />
              )}
            </Field>
          ) : null}
        </div>
      </DialogContent>
    </Dialog>
  );
}
