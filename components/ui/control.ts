/** What a Field hands to its control so that label, help and error belong to it. */
export type ControlProps = {
  id: string;
  required?: boolean;
  'aria-describedby'?: string;
  'aria-invalid'?: true;
};

/** The look shared by everything one types into. */
export const controlClass =
  'w-full rounded-md border border-border-strong bg-surface-raised px-3 text-sm text-text shadow-raised transition-colors placeholder:text-text-subtle hover:border-text-subtle focus-visible:border-ring focus-visible:outline-offset-0 disabled:cursor-not-allowed disabled:bg-surface-sunken disabled:text-text-muted [&[readonly]]:bg-surface-sunken aria-invalid:border-danger max-sm:text-base';
