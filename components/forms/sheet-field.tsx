'use client';
import { useState } from 'react';
import { Field } from '../ui/field';
import { Input } from '../ui/input';
import { Select } from '../ui/select';
import { Textarea } from '../ui/textarea';
import { useField } from './form-field';
import { sayTyped } from './text-file-field';

type Workbook = { bytes: Uint8Array; sheets: readonly string[]; sheet: string };

/**
 * The text of a spreadsheet, from a CSV file or a sheet of a workbook, which can be put right by hand; kept
 * as typed work like any other.
 */
export function SheetField({ help = 'From the file, or pasted from a spreadsheet' }: { help?: string }) {
  const { id, error, kept } = useField('sheet', 'Content');
  const [sheet, setSheet] = useState(kept ?? '');
  const [workbook, setWorkbook] = useState<Workbook | null>(null);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const read = async (bytes: Uint8Array, asked?: string) => {
    // Fetched at the first file, not with the page.
    const { isWorkbook, readWorkbook, WorkbookError } = await import('@/lib/workbook');
    setProblem(undefined);
    setWorkbook(null);
    if (!isWorkbook(bytes)) {
      setSheet(new TextDecoder().decode(bytes));
      return;
    }
    try {
      const { text, ...found } = readWorkbook(bytes, asked);
      setSheet(text);
      setWorkbook({ bytes, ...found });
    } catch (thrown) {
      setProblem(thrown instanceof WorkbookError ? thrown.message : 'This file cannot be read.');
    }
  };
  return (
    <>
      <Field label="File" id={`${id}-file`} help="An Excel workbook (.xlsx) or a CSV file" error={problem}>
        {(control) => (
          <Input
            {...control}
            type="file"
            className="h-auto py-1.5 max-sm:h-11 file:mr-3 file:font-medium"
            accept=".xlsx,.csv,.txt,text/csv,text/plain,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            onChange={async ({ target }) => {
              const bytes = await target.files?.[0]?.arrayBuffer().catch(() => null);
              if (bytes === null) setProblem('This file cannot be opened. Choose it again.');
              if (!bytes) return;
              await read(new Uint8Array(bytes));
              sayTyped(target);
            }}
          />
        )}
      </Field>
      {workbook && workbook.sheets.length > 1 ? (
        <Field label="Sheet" id={`${id}-sheet`}>
          {(control) => (
            <Select
              {...control}
              options={workbook.sheets.map((name) => ({ value: name, label: name }))}
              value={workbook.sheet}
              onChange={async ({ target }) => {
                await read(workbook.bytes, target.value);
                sayTyped(target);
              }}
            />
          )}
        </Field>
      ) : null}
      <Field label="Content" id={id} error={error} help={help}>
        {(control) => (
          <Textarea
            {...control}
            name="sheet"
            rows={8}
            className="font-mono text-xs max-sm:text-base"
            value={sheet}
            onChange={({ target }) => setSheet(target.value)}
          />
        )}
      </Field>
    </>
  );
}
