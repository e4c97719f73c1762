import { ActionButton } from '@/components/forms/action-button';
import Link from '@/components/ui/link';
import { type Currency, formatAmount } from '@/lib/currency';
import { paths } from '@/lib/paths';
import { lookAgainAction, setLinkAsideAction } from '../actions';
import type { PaymentLink } from '../dto';
import { LinkBadge } from './link-section';

type Shown = PaymentLink & { until: string };

/** Links that wait for a payment, for the bank, or for somebody who looks. */
export function LinkList({
  links,
  currency,
  canLook,
  canSetAside,
}: {
  links: readonly Shown[];
  currency: Currency;
  canLook: boolean;
  canSetAside: boolean;
}) {
  if (links.length === 0)
    return (
      <p className="px-4 py-6 text-text-muted sm:px-5">
        No link waits for a payment. They are made on the page of a bill.
      </p>
    );
  return (
    <ul className="divide-y divide-border">
      {links.map((link) => (
        <li key={link.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 sm:px-5">
          <div className="min-w-48 flex-1">
            <p className="flex flex-wrap items-center gap-2 font-medium text-text">
              <Link href={paths.bill(link.billId)} className="hover:underline">
                {link.billNumber}
              </Link>
              <LinkBadge state={link.state} />
            </p>
            <p className="text-[0.8125rem] text-text-muted">
              {link.patientName}, {link.patientNumber}.{' '}
              {link.state === 'open' ? `Until ${link.until}, m` : 'M'}ade by {link.madeByName}.
            </p>
            {link.problem ? <p className="text-[0.8125rem] text-text">{link.problem}</p> : null}
          </div>
          <p className="font-medium text-text tabular-nums">
            {formatAmount(link.amountMinor, { ...currency, code: link.currency })}
          </p>
          {canLook ? (
            <ActionButton
              size="sm"
              action={lookAgainAction}
              fields={{ linkId: link.id }}
              aria-label={`Look again at the link of ${link.billNumber}`}
            >
              Look again
            </ActionButton>
          ) : null}
          {canSetAside && link.state === 'unclear' ? (
            <ActionButton
              size="sm"
              action={setLinkAsideAction}
              fields={{ linkId: link.id }}
              aria-label={`Put the link of ${link.billNumber} aside`}
            >
              Put aside
            </ActionButton>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
