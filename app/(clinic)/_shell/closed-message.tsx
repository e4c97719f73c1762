import { MessagePage } from '@/components/layout/message-page';
import { Button } from '@/components/ui/button';
import Link from '@/components/ui/link';
import { payTokenOf } from '@/features/subscription/billing/pay-link';
import type { StaffPrincipal } from '@/lib/auth/principal';
import { closedReason } from '@/lib/organizations/policy';
import { paths } from '@/lib/paths';

const AN_HOUR_MS = 3_600_000;

/** Why nothing of an organization opens, and what its owner can do about it; null while it is open. */
export function closedMessage(principal: StaffPrincipal) {
  const { organization, role } = principal;
  const closed = closedReason(organization);
  if (!closed) return null;
  const isOwner = role === 'owner';
  return (
    <MessagePage
      hint="Closed"
      title={closed.title}
      insideShell
      action={
        closed.canPay && isOwner ? (
          <Button asChild variant="primary" size="lg">
            <Link
              href={paths.pay(
                encodeURIComponent(
                  payTokenOf(organization._id.toString(), new Date(Date.now() + AN_HOUR_MS)),
                ),
              )}
            >
              Pay now
            </Link>
          </Button>
        ) : null
      }
    >
      <p>{closed.reason}</p>
      {closed.canPay && !isOwner ? <p>The owner of your organization can pay and open it again.</p> : null}
      {closed.canPay ? null : <p>Your records are kept. Please write to our support.</p>}
    </MessagePage>
  );
}
