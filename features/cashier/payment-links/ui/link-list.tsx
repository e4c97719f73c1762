import { ActionButton } from '@/components/forms/action-button';
import Link from '@/components/ui/link';
import { ListRow, RowList } from '@/components/ui/list-row';
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
  return (
    <RowList empty="No link waits for a payment. They are made on the page of a bill.">
      {links.map((link) => (
        <ListRow
          key={link.id}
          title={
            <>
              <Link href={paths.bill(link.billId)} className="hover:underline">
                {link.billNumber}
              </Link>
              <LinkBadge state={link.state} />
            </>
          }
          about={`${link.patientName}, ${link.patientNumber}. ${link.state === 'open' ? `Until ${link.until}, m` : 'M'}ade by ${link.madeByName}.`}
          note={link.problem}
          amount={formatAmount(link.amountMinor, { ...currency, code: link.currency })}
        >
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
        </ListRow>
      ))}
    </RowList>
  );
}
