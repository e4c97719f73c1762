'use client';
import { useEffect, useState } from 'react';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { PrintLabels } from '@/components/ui/print-labels';
import { optionsOf, Select } from '@/components/ui/select';
import { LABEL_SIZES, type LabelSize, SHEET_LIMIT } from '@/lib/paper';
import { PAPER_LANGUAGES, type PaperLanguage } from '@/lib/paper-language';
import { paths } from '@/lib/paths';
import { piecesProblem } from '@/lib/pieces';
import { withQuery } from '@/lib/query-words';

/** Of this computer: it has one printer of labels, or none. */
const KEPT = 'label-paper';

/** The way to the labels of a dispense: on which paper, and in which language beside the English. */
export function LabelLinks({ dispenseId, language }: { dispenseId: string; language: PaperLanguage }) {
  const [paper, setPaper] = useState<LabelSize>('label');
  const [chosen, setChosen] = useState<PaperLanguage>(language);
  const [from, setFrom] = useState('');
  useEffect(() => {
    if (localStorage.getItem(KEPT) === 'label-sheet') setPaper('label-sheet');
  }, []);
  const problem = paper === 'label-sheet' ? piecesProblem(from, SHEET_LIMIT) : null;
  const query = { paper, language: chosen, ...(paper === 'label-sheet' && from ? { from } : {}) };
  return (
    <div className="flex flex-wrap items-end gap-2">
      <Field label="Paper" className="w-44">
        {(control) => (
          <Select
            {...control}
            options={optionsOf(LABEL_SIZES)}
            value={paper}
            onChange={({ target }) => {
              setPaper(target.value as LabelSize);
              localStorage.setItem(KEPT, target.value);
            }}
          />
        )}
      </Field>
      <Field label="Language" className="w-32">
        {(control) => (
          <Select
            {...control}
            options={optionsOf(PAPER_LANGUAGES)}
            value={chosen}
            onChange={({ target }) => setChosen(target.value as PaperLanguage)}
          />
        )}
      </Field>
      {paper === 'label-sheet' ? (
        <Field label="First free label" error={problem ?? undefined} className="w-32">
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
      <PrintLabels href={problem ? null : withQuery(paths.labels(dispenseId), query)} />
    </div>
  );
}
