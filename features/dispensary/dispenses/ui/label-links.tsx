'use client';
import { useEffect, useState } from 'react';
import { buttonClass } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Printer } from '@/components/ui/icons';
import { Input } from '@/components/ui/input';
import { optionsOf, Select } from '@/components/ui/select';
import { LABEL_SIZES, type LabelSize } from '@/lib/paper';
import { PAPER_LANGUAGES, type PaperLanguage } from '@/lib/paper-language';
import { paths } from '@/lib/paths';
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
        <Field label="First free label" className="w-32">
          {(control) => (
            <Input
              {...control}
              inputMode="numeric"
              autoComplete="off"
              placeholder="1"
              value={from}
              onChange={({ target }) => setFrom(target.value.replace(/\D/g, '').slice(0, 2))}
            />
          )}
        </Field>
      ) : null}
      <a
        href={withQuery(paths.labels(dispenseId), query)}
        target="_blank"
        rel="noreferrer"
        className={buttonClass()}
      >
        <Printer aria-hidden="true" /> Print labels
      </a>
    </div>
  );
}
