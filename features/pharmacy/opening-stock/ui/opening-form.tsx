'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { useField } from '@/components/forms/form-field';
import { TextFileField } from '@/components/forms/text-file-field';
import { Alert } from '@/components/ui/alert';
import { Section } from '@/components/ui/card';
import { Field } from '@/components/ui/field';
import { type ReportColumn, ReportTable } from '@/components/ui/report-table';
import { Textarea } from '@/components/ui/textarea';
import { countOf } from '@/features/pharmacy/medicines/policy';
import { type NamedStore, StoreField } from '@/features/pharmacy/stores/ui/store-field';
import { type Currency, formatAmount } from '@/lib/currency';
import { paths } from '@/lib/paths';
import { formatDay } from '@/lib/time';
import { importOpeningAction, previewOpeningAction } from '../actions';
import type { OpeningPreview } from '../service';
import type { OpeningRow } from '../spreadsheet';

const schema = async () => (await import('../schema')).previewOpeningInput;

/** A spreadsheet of what is there: first what it would bring, then bringing it. */
export function OpeningForm({ stores, currency }: { stores: readonly NamedStore[]; currency: Currency }) {
  const [preview, setPreview] = useState<OpeningPreview | null>(null);
  return (
    <div className="grid gap-5">
      <Section
        title="Spreadsheet"
        description="A CSV file, or rows copied from Excel, with the headings of the download. One row for each lot; a row without a lot adds the medicine alone."
      >
        <ActionForm
          action={previewOpeningAction}
          schema={schema}
          label="Spreadsheet"
          draft={{ form: 'opening-stock' }}
          onSuccess={setPreview}
        >
          <StoreField stores={stores} label="Into store" />
          <SheetField />
          <FormActions>
            <SubmitButton pendingLabel="Reading">Preview</SubmitButton>
          </FormActions>
        </ActionForm>
      </Section>
      {preview ? <Preview key={preview.fingerprint} preview={preview} currency={currency} /> : null}
    </div>
  );
}

/** The file's text, which can be put right by hand; kept as typed work like any other. */
function SheetField() {
  const { id, error, kept } = useField('sheet', 'Content');
  const [sheet, setSheet] = useState(kept ?? '');
  return (
    <>
      <TextFileField
        id={`${id}-file`}
        help="From Excel: save it as CSV, or copy the rows into the box below"
        accept=".csv,.txt,text/csv,text/plain"
        onText={setSheet}
      />
      <Field label="Content" id={id} error={error} help="From the file, or pasted from a spreadsheet">
        {(control) => (
          <Textarea
            {...control}
            name="sheet"
            rows={8}
            className="font-mono text-xs"
            value={sheet}
            onChange={({ target }) => setSheet(target.value)}
          />
        )}
      </Field>
    </>
  );
}

function Preview({ preview, currency }: { preview: OpeningPreview; currency: Currency }) {
  const router = useRouter();
  const { sheet, storeId, storeName, rows, same, problems, fingerprint } = preview;
  if (problems.length > 0)
    return (
      <Alert tone="danger" live title="Nothing can be taken over before these are put right">
        <ul className="grid gap-1">
          {problems.map(({ line, sentence }) => (
            <li key={`${line}-${sentence}`}>
              Line {line}: {sentence}
            </li>
          ))}
        </ul>
      </Alert>
    );
  if (rows.length === 0)
    return <Alert tone="info" live title={`This changes nothing: all ${same} rows are in the list`} />;
  const lots = rows.flatMap(({ lot }) => lot ?? []);
  const worth = lots.reduce((sum, { quantity, costMinor }) => sum + quantity * (costMinor ?? 0), 0);
  const columns: [ReportColumn<OpeningRow>, ...ReportColumn<OpeningRow>[]] = [
    { label: 'Medicine', cell: ({ name, isNew }) => (isNew ? `${name} (new)` : name) },
    { label: 'Lot', cell: ({ lot }) => lot?.lotNumber ?? '–' },
    { label: 'Expires', cell: ({ lot }) => (lot ? formatDay(lot.expiresOn) : '–') },
    { label: 'Quantity', cell: ({ lot, unit }) => (lot ? countOf(lot.quantity, unit) : '–') },
    {
      label: 'Cost of one',
      cell: ({ lot }) => (lot && lot.costMinor !== null ? formatAmount(lot.costMinor, currency) : '–'),
    },
    {
      label: 'MRP of one',
      cell: ({ lot }) => (lot && lot.mrpMinor !== null ? formatAmount(lot.mrpMinor, currency) : '–'),
    },
  ];
  return (
    <Section
      title="Preview"
      description={`${lots.length} lots into ${storeName}, worth ${formatAmount(worth, currency)}; ${rows.filter(({ isNew }) => isNew).length} medicines are new.`}
      flush
    >
      <ReportTable
        caption="Preview"
        rows={rows}
        rowKey={({ line }) => String(line)}
        columns={columns}
        empty=""
      />
      <div className="p-4 sm:px-5">
        <ActionForm
          action={importOpeningAction}
          label="Take over"
          warnOnLeave={false}
          onSuccess={() => router.push(paths.stores)}
        >
          <input type="hidden" name="sheet" value={sheet} />
          <input type="hidden" name="storeId" value={storeId} />
          <input type="hidden" name="fingerprint" value={fingerprint} />
          <FormActions>
            <SubmitButton pendingLabel="Taking over">Take over</SubmitButton>
          </FormActions>
        </ActionForm>
      </div>
    </Section>
  );
}
