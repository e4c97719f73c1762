'use client';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { PrintLabels } from '@/components/ui/print-labels';
import { optionsOf, Select } from '@/components/ui/select';
import { LABEL_SIZES, type LabelSize, SHEET_LIMIT } from '@/lib/paper';
import { paths } from '@/lib/paths';
import { piecesProblem } from '@/lib/pieces';
import { withQuery } from '@/lib/query-words';
import { MOST_LOT_LABELS } from '../policy';

/** The way to labels of a lot, for packs on which the maker prints no code. */
export function LotLabelLink({ batchId, lotNumber }: { batchId: string; lotNumber: string }) {
  const [paper, setPaper] = useState<LabelSize>('label');
  const [count, setCount] = useState('1');
  const [from, setFrom] = useState('');
  const problems = {
    count: piecesProblem(count, { most: MOST_LOT_LABELS, sentence: `Print at most ${MOST_LOT_LABELS}.` }),
    from: paper === 'label-sheet' ? piecesProblem(from, SHEET_LIMIT) : null,
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
        <div className="mt-5 flex justify-end">
          <PrintLabels
            variant="primary"
            href={problems.count || problems.from ? null : withQuery(paths.lotLabels(batchId), query)}
          />
        </div>
      </DialogContent>
    </Dialog>
  );
}
