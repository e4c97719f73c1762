'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { FormField, useField } from '@/components/forms/form-field';
import { TextFileField } from '@/components/forms/text-file-field';
import { Alert } from '@/components/ui/alert';
import { Section } from '@/components/ui/card';
import { Field } from '@/components/ui/field';
import { type ReportColumn, ReportTable } from '@/components/ui/report-table';
import { Textarea } from '@/components/ui/textarea';
import { type Currency, formatFigure } from '@/lib/currency';
import { paths } from '@/lib/paths';
import { formatDay } from '@/lib/time';
import { importPricesAction, previewPricesAction } from '../actions';
import { GROUPS } from '../policy';
import type { Preview } from '../service';
import type { PlannedRow } from '../spreadsheet';

const schema = async () => (await import('../schema')).previewPricesInput;

/** A spreadsheet of prices: first what it would do, then doing it. */
export function ImportPrices({ today, currency }: { today: string; currency: Currency }) {
  const [preview, setPreview] = useState<Preview | null>(null);
  return (
    <div className="grid gap-5">
      <Section
        title="Spreadsheet"
        description="A CSV file with the headings of the download. Only the code is needed; what a row does not say stays as it is."
      >
        <ActionForm
          action={previewPricesAction}
          schema={schema}
          label="Spreadsheet"
          draft={{ form: 'price-list-import' }}
          onSuccess={setPreview}
        >
          <SheetField />
          <FormField
            name="from"
            label="Prices count from"
            type="date"
            defaultValue={today}
            min={today}
            required
          />
          <FormActions>
            <SubmitButton pendingLabel="Reading">Preview</SubmitButton>
          </FormActions>
        </ActionForm>
      </Section>
      {preview ? <PreviewSection key={preview.fingerprint} preview={preview} currency={currency} /> : null}
    </div>
  );
}

/** The file's text, which can be put right by hand; kept as typed work like any other. */
function SheetField() {
  const { id, error, kept } = useField('sheet', 'Content');
  const [sheet, setSheet] = useState(kept ?? '');
  return (
    <>
      <TextFileField id={`${id}-file`} accept=".csv,text/csv" onText={setSheet} />
      <Field label="Content" id={id} error={error} help="From the file, or pasted from a spreadsheet">
        {(control) => (
          <Textarea
            {...control}
            name="sheet"
            rows={6}
            className="font-mono text-xs"
            value={sheet}
            onChange={({ target }) => setSheet(target.value)}
          />
        )}
      </Field>
    </>
  );
}

function PreviewSection({ preview, currency }: { preview: Preview; currency: Currency }) {
  const router = useRouter();
  const { sheet, from, rows, same, problems, fingerprint } = preview;
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
    return <Alert tone="info" live title={`This changes nothing: all ${same} rows are as on the list`} />;
  const figure = (price: PlannedRow['price']) =>
    price ? `${formatFigure(price.amountMinor, currency)}${price.isInclusive ? ' with tax' : ''}` : '–';
  const columns: [ReportColumn<PlannedRow>, ...ReportColumn<PlannedRow>[]] = [
    {
      label: 'Service',
      cell: (row) => (
        <>
          {row.name} <span className="text-text-muted">{row.code}</span>
        </>
      ),
    },
    {
      label: 'What happens',
      cell: ({ serviceId, isChanged, price }) =>
        serviceId === null
          ? 'New service'
          : [isChanged ? 'Changed' : null, price ? 'New price' : null].filter(Boolean).join(', '),
    },
    { label: 'Group', cell: ({ group }) => GROUPS[group] },
    { label: 'Price now', cell: ({ before }) => figure(before) },
    { label: 'Price then', cell: ({ price, before }) => figure(price ?? before) },
  ];
  return (
    <Section
      title="Preview"
      description={`${rows.length} of ${rows.length + same} rows change something. Prices count from ${formatDay(from)}, in ${currency.code}.`}
      flush
    >
      <ReportTable caption="Preview" rows={rows} rowKey={({ code }) => code} columns={columns} empty="" />
      <div className="p-4 sm:px-5">
        <ActionForm
          action={importPricesAction}
          label="Take over"
          warnOnLeave={false}
          onSuccess={() => router.push(paths.priceList)}
        >
          <input type="hidden" name="sheet" value={sheet} />
          <input type="hidden" name="from" value={from} />
          <input type="hidden" name="fingerprint" value={fingerprint} />
          <FormActions>
            <SubmitButton pendingLabel="Taking over">Take over</SubmitButton>
          </FormActions>
        </ActionForm>
      </div>
    </Section>
  );
}
