import { formatAmount } from '@/lib/currency';
import type { SharedLink } from '../queries';

type Said = { title: string; text: string };

function saidOf(link: SharedLink | null, isBack: boolean): Said {
  if (!link)
    return {
      title: 'This link can no longer be used',
      text: 'It may be too old, or not whole. Ask the hospital for another one.',
    };
  const amount = formatAmount(link.amountMinor, link.currency);
  const bill = `bill ${link.billNumber} of ${link.hospital}`;
  if (link.state === 'paid')
    return {
      title: 'Thank you',
      text: `${amount} for ${bill} has been received. The hospital gives you the receipt.`,
    };
  if (link.state === 'processing' || link.state === 'unclear' || (isBack && link.url))
    return {
      title: 'Your payment is being confirmed',
      text: `Nothing more is to be done for ${bill}. The hospital sees the payment as soon as your bank has confirmed it.`,
    };
  if (link.url) return { title: `${amount} to ${link.hospital}`, text: `For bill ${link.billNumber}.` };
  return {
    title: 'This link has ended',
    text: `Nothing can be paid by it any more. Ask ${link.hospital} what is still due of bill ${link.billNumber}.`,
  };
}

/** What the holder of a link is told. */
export function SharedLinkText({ link, isBack }: { link: SharedLink | null; isBack: boolean }) {
  const { title, text } = saidOf(link, isBack);
  return (
    <>
      <h1 className="font-semibold text-2xl tracking-tight">{title}</h1>
      <p className="text-text-muted">{text}</p>
      {link?.url && !isBack ? (
        <p className="text-[0.8125rem] text-text-muted">
          You pay on a page of the hospital’s payment provider. This page asks you for nothing.
        </p>
      ) : null}
    </>
  );
}
