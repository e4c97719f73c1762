'use client';
import { useState } from 'react';
import { Dialog, DialogContent } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { PrintLabels } from '@/components/ui/print-labels';
import { optionsOf, Select } from '@/components/ui/select';
import { LABEL_SIZES, type LabelSize, SHEET_LIMIT } from '@/lib/paper';
import { paths } from '@/lib/paths';
import { piecesProblem } from '@/lib/pieces';
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
  const problems = {
    count: piecesProblem(count, { ...SHEET_LIMIT, sentence: `Print at most ${SHEET_LIMIT.most}.` }),
    from: paper === 'label-sheet' ? piecesProblem(from, SHEET_LIMIT) : null,
  };
  const query = { ...{ paper, count: count || '1' }, from: paper === 'label-sheet' ? from : '' };
  return (
    <Dialog open onOpenChange={onOpenChange}>
      <DialogContent
        title={`Labels of ${patient.name}`}
        description="Number, name, birth and phone, 50 x 25 mm."
        footer={
          <PrintLabels
            variant="primary"
            href={problems.count || problems.from ? null : withQuery(paths.patientLabels(patient.id), query)}
          />
        }
      >
        <div className="grid gap-4 sm:grid-cols-3">
          <Field label="How many" error={problems.count ?? undefined}>
            {(control) => (
              <Input
                {...control}
                inputMode="numeric"
                autoComplete="off"
                value={count}
                onChange={({ target }) => setCount(target.value)}
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
            <Field label="First free label" error={problems.from ?? undefined}>
              {(control) => (
                <Input
                  {...control}
                  inputMode="numeric"
                  autoComplete="off"
                  placeholder="1"
                  value={from}
                  onChange={({ target }) => setFrom(target.value)}
                />
              )}
            </Field>
          ) : null}
        </div>
      </DialogContent>
    </Dialog>
  );
}
