'use client';
import { useState } from 'react';
import { ActionForm, SubmitButton } from '@/components/forms/action-form';
import { FormField, useField } from '@/components/forms/form-field';
import { PiecesField } from '@/components/forms/pieces-field';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { FieldNotes } from '@/components/ui/field';
import { Icon } from '@/components/ui/icon';
import { type Currency, formatAmount } from '@/lib/currency';
import { isPiecesSaid, readPieces } from '@/lib/pieces';
import { creditAmounts } from '../../bills/amounts';
import type { Bill } from '../../bills/dto';
import { creditBillAction } from '../actions';

type RefundDialogProps = { bill: Bill; currency: Currency; requestKey: string };

/** Takes services back under a credit note; what was paid for them goes back the way it came. */
export function RefundDialog(props: RefundDialogProps) {
  const [open, setOpen] = useState(false);
  const { bill } = props;
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button>
          <Icon of="undo-2" /> {bill.paidMinor > 0 ? 'Refund' : 'Cancel services'}
        </Button>
      </DialogTrigger>
      <DialogContent
        title={
          bill.paidMinor > 0 ? `Refund of bill ${bill.number}` : `Cancel services of bill ${bill.number}`
        }
        description="The bill stays as it is. A credit note takes back what you choose, and what was paid for it goes back the way it came."
      >
        <ActionForm action={creditBillAction} warnOnLeave={false} onSuccess={() => setOpen(false)}>
          <RefundFields {...props} />
          <FormField name="reason" label="Reason" required maxLength={200} autoComplete="off" />
          <div className="flex justify-end gap-2">
            <Button onClick={() => setOpen(false)}>Keep as it is</Button>
            <SubmitButton variant="danger">Issue credit note</SubmitButton>
          </div>
        </ActionForm>
      </DialogContent>
    </Dialog>
  );
}

function RefundFields({ bill, currency, requestKey }: RefundDialogProps) {
  const lines = bill.lines.filter(({ quantity, creditedQuantity }) => quantity > creditedQuantity);
  const { id, error } = useField('lines', 'What is taken back');
  const [pieces, setPieces] = useState<Record<number, string>>({});
  const chosen = lines.flatMap((line) => {
    const typed = pieces[line.line] ?? '';
    return isPiecesSaid(typed) ? [{ line, typed, quantity: readPieces(typed) ?? 0 }] : [];
  });
  const backMinor = chosen.reduce(
    (sum, { line, quantity }) =>
      sum +
      (quantity <= line.quantity - line.creditedQuantity ? 0 - creditAmounts(line, quantity).totalMinor : 0),
    0,
  );
  return (
    <>
      <input type="hidden" name="billId" value={bill.id} />
      <input type="hidden" name="requestKey" value={requestKey} />
      <input
        type="hidden"
        name="lines"
        value={JSON.stringify(chosen.map(({ line, typed }) => ({ line: line.line, quantity: typed })))}
      />
      <ul id={id} aria-label="What is taken back" className="divide-y divide-border">
        {lines.map((line) => {
          const left = line.quantity - line.creditedQuantity;
          const at = chosen.findIndex((one) => one.line === line);
          return (
            <li key={line.line} className="flex items-start gap-3 py-2">
              <span className="min-w-0 flex-1 break-words">
                {line.name}
                <span className="block text-[0.8125rem] text-text-muted">{left} billed</span>
              </span>
              <PiecesField
                of={at < 0 ? `lines.of-${line.line}` : `lines.${at}.quantity`}
                label={`Take back of ${line.name}`}
                className="w-16"
                value={pieces[line.line] ?? '0'}
                all={{ label: `All of ${line.name}`, pieces: left }}
                limit={{
                  most: left,
                  sentence: `Only ${left} ${left === 1 ? 'is' : 'are'} left of what was billed.`,
                }}
                onChange={(typed) => setPieces({ ...pieces, [line.line]: typed })}
              />
            </li>
          );
        })}
      </ul>
      <FieldNotes id={id} help={null} error={error} />
      <p role="status" className="font-medium">
        {formatAmount(backMinor, currency)} taken back, before rounding
      </p>
    </>
  );
}
