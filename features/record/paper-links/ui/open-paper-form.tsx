'use client';
import { useState } from 'react';
import { ActionForm, SubmitButton } from '@/components/forms/action-form';
import { FormField } from '@/components/forms/form-field';
import { PaperView } from '@/components/paper/paper-view';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Icon } from '@/components/ui/icon';
import type { PaperDocument } from '@/lib/paper';
import { openPaperAction } from '../actions';

/** The year of birth, and then the paper; it is nowhere before. */
export function OpenPaperForm({ token }: { token: string }) {
  const [paper, setPaper] = useState<PaperDocument | null>(null);
  if (paper)
    return (
      <div className="grid gap-4">
        <PaperView paper={paper} />
        <Button className="no-print justify-self-center" onClick={() => window.print()}>
          <Icon of="printer" /> Print or save
        </Button>
      </div>
    );
  return (
    <Card className="mx-auto grid w-full max-w-sm gap-5 p-6">
      <ActionForm action={openPaperAction} warnOnLeave={false} label="Open the paper" onSuccess={setPaper}>
        <input type="hidden" name="token" value={token} />
        <FormField
          name="birthYear"
          label="Year of birth of the patient"
          inputMode="numeric"
          autoComplete="bday-year"
          required
          autoFocus
        />
        <SubmitButton pendingLabel="Opening">Open the paper</SubmitButton>
      </ActionForm>
    </Card>
  );
}
