'use client';
import { ConfirmAction } from '@/components/forms/confirm-action';
import { FormCheckbox } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { sendPaperAction } from '../actions';
import type { LinkedPaper } from '../policy';

/** Asks for the patient's word before a paper leaves as a link. */
export const SendPaper = ({
  kind,
  paperId,
  email,
}: {
  kind: LinkedPaper;
  paperId: string;
  email: string;
}) => (
  <ConfirmAction
    trigger={
      <Button size="sm">
        <Icon of="mail" /> Send by e-mail
      </Button>
    }
    title="Send this paper by e-mail?"
    description={`A link goes to ${email}. It opens with the year of birth and ends after seven days.`}
    confirm="Send the link"
    tone="primary"
    action={sendPaperAction}
    fields={{ kind, paperId }}
  >
    <FormCheckbox name="isAgreed" label="The patient agrees, and this is their address" />
  </ConfirmAction>
);
