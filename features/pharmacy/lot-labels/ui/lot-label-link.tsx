'use client';
import { useState } from 'react';
import { Button, buttonClass } from '@/components/ui/button';
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Printer } from '@/components/ui/icons';
import { Input } from '@/components/ui/input';
import { optionsOf, Select } from '@/components/ui/select';
import { LABEL_SIZES, type LabelSize } from '@/lib/paper';
import { paths } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';
import { MOST_LOT_LABELS } from '../policy';

/** The way to labels of a lot, for packs on which the maker prints no code. */
export function LotLabelLink({ batchId, lotNumber }: { batchId: string; lotNumber: string }) {
  const [paper, setPaper] = useState<LabelSize>('label');
  const [count, setCount] = useState('1');
  const [from, setFrom] = useState('');
  const typed = (value: string, most: number): string => {
    const digits = value.replace(/\D/g, '').slice(0, 2);
    return digits && String(Math.min(Number(digits), most));
  };
  const query = { paper, count: count || '1', ...(paper === 'label-sheet' && from ? { from } : {}) };
  return (
    <Dialog>
      <DialogTrigger asChild>
        <Button size="sm" aria-label={`Labels of lot ${lotNumber}`}>
          Labels
        </Button>
      </DialogTrigger>
      <DialogContent
        title={`Labels of lot ${lotNumber}`}
        description="For packs without a code. A scan of the label finds the medicine and the lot."
      >
        <div className="grid gap-5 sm:grid-cols-3">
          <Field label="How many">
            {(control) => (
              <Input
                {...control}
                inputMode="numeric"
                autoComplete="off"
                value={count}
                onChange={({ target }) => setCount(typed(target.value, MOST_LOT_LABELS))}
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
                  onChange={({ target }) => setFrom(typed(target.value, 44))}
                />
              )}
            </Field>
          ) : null}
        </div>
        <div className="mt-5 flex justify-end">
          <a
            href={withQuery(paths.lotLabels(batchId), query)}
            target="_blank"
            rel="noreferrer"
            className={buttonClass({ variant: 'primary' })}
          >
            <Printer aria-hidden="true" /> Print labels
          </a>
        </div>
      </DialogContent>
    </Dialog>
  );
}
