'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { ActionForm, SubmitButton } from '@/components/forms/action-form';
import { FormSelect } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { optionsOf } from '@/components/ui/select';
import { FORMS } from '@/features/pharmacy/medicines/policy';
import type { NamedStore } from '@/features/pharmacy/stores/ui/store-field';
import { paths } from '@/lib/paths';
import { startStocktakeAction } from '../actions';

const schema = async () => (await import('../schema')).startStocktakeInput;

/** Begins to count a store. */
export function StartStocktake({ stores }: { stores: readonly NamedStore[] }) {
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);
  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="primary">New stocktake</Button>
      </DialogTrigger>
      <DialogContent
        title="New stocktake"
        description="The store goes on working: what is given out while it is counted is no difference."
      >
        <ActionForm
          action={startStocktakeAction}
          schema={schema}
          label="New stocktake"
          onSuccess={({ id }) => router.push(paths.stocktake(id))}
        >
          <FormSelect
            name="storeId"
            label="Store"
            options={stores.map(({ id, name }) => ({ value: id, label: name }))}
            required
          />
          <FormSelect
            name="form"
            label="What is counted"
            options={[{ value: '', label: 'Everything' }, ...optionsOf(FORMS)]}
          />
          <div className="flex justify-end gap-2">
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <SubmitButton pendingLabel="Beginning">Begin</SubmitButton>
          </div>
        </ActionForm>
      </DialogContent>
    </Dialog>
  );
}
