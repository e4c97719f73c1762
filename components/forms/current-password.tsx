import { FormField } from './form-field';

/** Where people with single sign-on, who may have no password, go through too. */
export const PASSWORD_OR_CODE = 'Or a code of your authenticator app.';

/** Who somebody is, asked once more. `help` says what else is taken. */
export function CurrentPassword({ help }: { help?: string }) {
  return (
    <FormField
      name="currentPassword"
      label="Current password"
      type="password"
      autoComplete="current-password"
      required
      {...(help ? { help } : {})}
    />
  );
}
