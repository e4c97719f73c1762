import { ForbiddenMessage } from '@/components/layout/message-pages';
import { failPage } from '@/lib/actions/failure';
import { getPrincipal } from '@/lib/auth/principal';
import { readOnlyReason } from '@/lib/organizations/policy';
import { paths } from '@/lib/paths';
import { closedMessage } from './_shell/closed-message';

/** Inside the shell: the way on stays in sight. The true reason, before the role is blamed. */
export default async function Page() {
  const principal = await getPrincipal().catch(failPage);
  if (principal?.kind !== 'staff') return <ForbiddenMessage href={paths.today} insideShell />;
  const closed = closedMessage(principal);
  if (closed) return closed;
  const { status } = principal.organization;
  const reason =
    status === 'read_only'
      ? readOnlyReason(principal.organization)
      : status === 'offboarding'
        ? 'Your account is being closed: its records can be seen, printed and exported, and nothing can be changed.'
        : undefined;
  return <ForbiddenMessage href={paths.today} insideShell reason={reason} />;
}
