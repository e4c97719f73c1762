'use client';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { CurrentPassword, PASSWORD_OR_CODE } from '@/components/forms/current-password';
import { FormSelect } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { Dialog, DialogClose, DialogContent } from '@/components/ui/dialog';
import type { FormAction } from '@/lib/action-result';
import {
  changePersonRoleAction,
  endPersonSessionsAction,
  removePersonAction,
  resetPersonFactorsAction,
} from '../actions';
import { TEAM_ROLE_CHOICES } from '../policy';
import type { TeamPerson } from '../queries';

export type PersonTask = { kind: 'role' | 'sessions' | 'factors' | 'remove'; person: TeamPerson };

type Ask = {
  title: string;
  text: string;
  confirm: string;
  tone: 'primary' | 'danger';
  action: FormAction<void>;
  isAsked: boolean;
};

function askFor({ kind, person: { name } }: PersonTask): Ask {
  switch (kind) {
    case 'role':
      return {
        title: `Change the role of ${name}`,
        text: 'It counts from the next page that the person opens. The person is told by mail.',
        confirm: 'Change role',
        tone: 'primary',
        action: changePersonRoleAction,
        isAsked: true,
      };
    case 'sessions':
      return {
        title: `Sign ${name} out everywhere?`,
        text: 'The person has to sign in again on every device.',
        confirm: 'Sign out',
        tone: 'danger',
        action: endPersonSessionsAction,
        isAsked: false,
      };
    case 'factors':
      return {
        title: `Reset the second factor of ${name}?`,
        text: 'For a lost phone. Speak with the person first: from then on the password alone leads to setting up a new one.',
        confirm: 'Reset',
        tone: 'danger',
        action: resetPersonFactorsAction,
        isAsked: true,
      };
    case 'remove':
      return {
        title: `Remove ${name} from the team?`,
        text: 'The person is signed out and loses access. Open tickets that they have go back to everybody; their name stays on what they did.',
        confirm: 'Remove',
        tone: 'danger',
        action: removePersonAction,
        isAsked: true,
      };
  }
}

/** What an owner does to one of the team: a question, with the password where it weighs. */
export function PersonDialog({ task, onClose }: { task: PersonTask | null; onClose: () => void }) {
  if (!task) return null;
  const { kind, person } = task;
  const { title, text, confirm, tone, action, isAsked } = askFor(task);
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent title={title} description={text}>
        <ActionForm
          action={action}
          warnOnLeave={false}
          onSuccess={onClose}
          {...(kind === 'role' ? { version: person.version } : {})}
        >
          <input type="hidden" name="userId" value={person.id} />
          {kind === 'role' ? (
            <FormSelect
              name="role"
              label="Role"
              options={TEAM_ROLE_CHOICES}
              defaultValue={person.role}
              required
            />
          ) : null}
          {isAsked ? <CurrentPassword help={PASSWORD_OR_CODE} /> : null}
          <FormActions className="justify-end">
            <DialogClose asChild>
              <Button>Keep as it is</Button>
            </DialogClose>
            <SubmitButton variant={tone}>{confirm}</SubmitButton>
          </FormActions>
        </ActionForm>
      </DialogContent>
    </Dialog>
  );
}
