'use client';
import { ActionForm, SubmitButton } from '@/components/forms/action-form';
import { FormCheckbox } from '@/components/forms/form-field';
import { paths } from '@/lib/paths';
import { acceptAgreementsAction } from '../actions';
import type { Agreement } from '../policy';

/** Asks an owner for the newest versions; what was shown goes along. */
export function AcceptForm({
  agreements,
}: {
  agreements: readonly { name: Agreement; title: string; version: string }[];
}) {
  return (
    <ActionForm action={acceptAgreementsAction} warnOnLeave={false} label="Agreements">
      <ul className="grid gap-1.5">
        {agreements.map(({ name, title, version }) => (
          <li key={name}>
            <a
              href={paths.legal(name)}
              target="_blank"
              rel="noopener"
              className="text-accent underline underline-offset-2"
            >
              {title}, version of {version}
            </a>
            <input type="hidden" name={name} value={version} />
          </li>
        ))}
      </ul>
      <FormCheckbox name="accepts" label="I have read them and accept them for my organization" required />
      <SubmitButton>Accept</SubmitButton>
    </ActionForm>
  );
}
