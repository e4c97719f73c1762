'use client';
import { useState } from 'react';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { FormField, useField } from '@/components/forms/form-field';
import { PiecesField } from '@/components/forms/pieces-field';
import { Section } from '@/components/ui/card';
import { FieldNotes } from '@/components/ui/field';
import { countOf, onlyText } from '@/features/pharmacy/medicines/policy';
import { isPiecesSaid, readPieces } from '@/lib/pieces';
import { receiveTransferAction } from '../actions';
import type { Transfer } from '../dto';
import { onTheWay } from '../policy';
import { keptPieces } from './kept-pieces';

const schema = async () => (await import('../schema')).receiveTransferInput;
/** As typed. */
type Arrived = { batchId: string; received: string; lost: string; back: string };
const PARTS = { received: 'Arrived', lost: 'Lost or broken', back: 'Goes back' } as const;
const PART_KEYS = ['received', 'lost', 'back'] as const;

/** What arrived of a transfer: all of it, unless somebody says otherwise. */
export function ReceiveForm({ transfer }: { transfer: Transfer }) {
  return (
    <ActionForm
      action={receiveTransferAction}
      schema={schema}
      label={`Receive ${transfer.number}`}
      draft={{ form: 'transfer-receipt', of: transfer.id, version: transfer.version }}
    >
      <input type="hidden" name="transferId" value={transfer.id} />
      <Lines transfer={transfer} />
      <FormActions>
        <SubmitButton pendingLabel="Saving">Take in</SubmitButton>
      </FormActions>
    </ActionForm>
  );
}

function Lines({ transfer: { lines, toName, fromName } }: { transfer: Transfer }) {
  const { id, error, kept } = useField('lines', 'What arrived');
  const open = lines.filter((line) => onTheWay(line) > 0);
  const [rows, setRows] = useState<Record<string, Arrived>>(() => ({
    ...Object.fromEntries(
      open.map((line) => [
        line.batchId,
        { batchId: line.batchId, received: String(onTheWay(line)), lost: '0', back: '0' },
      ]),
    ),
    ...keptPieces<Arrived>(kept),
  }));
  const isLost = open.some(({ batchId }) => isPiecesSaid(String(rows[batchId]?.lost ?? '')));
  return (
    <>
      <Section title="What arrived" description={`What is not said stays on its way to ${toName}.`} flush>
        <input
          type="hidden"
          name="lines"
          data-shown={open.map(({ batchId, name }) => `${rows[batchId]?.received} × ${name}`).join(', ')}
          value={JSON.stringify(open.flatMap(({ batchId }) => rows[batchId] ?? []))}
        />
        <ul id={id} className="divide-y divide-border">
          {open.map((line) => {
            const title = `${line.name}, lot ${line.lotNumber}`;
            const row = rows[line.batchId];
            const said = PART_KEYS.reduce(
              (sum, part) => sum + (readPieces(String(row?.[part] ?? '')) ?? 0),
              0,
            );
            return (
              <li key={line.batchId} aria-label={title} className="flex flex-wrap gap-4 px-4 py-3 sm:px-5">
                <div className="min-w-48 flex-1">
                  <p className="font-medium text-sm text-text">{title}</p>
                  <p
                    className={`text-[0.8125rem] ${said > onTheWay(line) ? 'text-danger' : 'text-text-muted'}`}
                  >
                    {countOf(onTheWay(line), line.unit)} on the way
                    {said > onTheWay(line) ? `, and ${said} are said` : ''}
                  </p>
                </div>
                {PART_KEYS.map((part) => (
                  <PiecesField
                    key={part}
                    of={part === 'received' ? `lines.${line.batchId}` : `lines.${line.batchId}.${part}`}
                    label={`${PARTS[part]} of ${title}`}
                    caption={part === 'back' ? `Back to ${fromName}` : PARTS[part]}
                    className="text-right tabular-nums"
                    value={String(row?.[part] ?? '')}
                    limit={{
                      most: onTheWay(line),
                      sentence: onlyText(onTheWay(line), line.unit, { where: 'on the way' }),
                    }}
                    onChange={(typed) =>
                      setRows((all) => ({
                        ...all,
                        [line.batchId]: {
                          ...(all[line.batchId] ?? {
                            batchId: line.batchId,
                            ...{ received: '0', lost: '0', back: '0' },
                          }),
                          [part]: typed,
                        },
                      }))
                    }
                  />
                ))}
              </li>
            );
          })}
        </ul>
      </Section>
      <FieldNotes id={id} help={null} error={error} />
      {isLost ? (
        <FormField
          name="reason"
          label="What happened to what is lost"
          help="For example broken on the way, box was open"
          autoComplete="off"
          required
          maxLength={200}
        />
      ) : null}
    </>
  );
}
