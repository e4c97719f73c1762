'use client';

import { ErrorMessage } from '@/components/layout/error-message';

/** Inside the shell: the rest of the product stays in reach. */
export default function ClinicError({ error, retry }: { error: unknown; retry: () => void }) {
  return <ErrorMessage error={error} retry={retry} insideShell />;
}
