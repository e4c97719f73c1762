'use client';
import { useState } from 'react';
import { ActionForm, SubmitButton } from '@/components/forms/action-form';
import { SheetField } from '@/components/forms/sheet-field';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { readGoodsAction } from '../actions';
import type { GoodsPlan } from '../spreadsheet';

const schema = async () => (await import('../schema')).readGoodsInput;

/** The supplier's own spreadsheet as lines, to be looked at like typed ones. */
export function SheetLines({
  supplierOf,
  onRead,
}: {
  /** Who the invoice is from: its own names are known. */
  supplierOf: () => string;
  onRead: (plan: GoodsPlan) => void;
}) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button size="sm">From a spreadsheet</Button>
      </DialogTrigger>
      <DialogContent
        title="Lines from a spreadsheet"
        description="With headings such as Medicine, Lot, Expiry, In a pack, Packs, Free, MRP, Rate, Discount and Tax. Nothing is taken in yet."
      >
        <ActionForm
          action={readGoodsAction}
          schema={schema}
          label="Lines from a spreadsheet"
          warnOnLeave={false}
          onSuccess={(plan) => {
            setOpen(false);
            onRead(plan);
          }}
        >
          <input type="hidden" name="supplierId" value={isOpen ? supplierOf() : ''} />
          <SheetField />
          <div className="flex justify-end gap-2">
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <SubmitButton pendingLabel="Reading">Add the lines</SubmitButton>
          </div>
        </ActionForm>
      </DialogContent>
    </Dialog>
  );
}
