import type { Metadata } from 'next';
import { buttonClass } from '@/components/ui/button';
import { findSharedLink } from '@/features/cashier/payment-links/queries';
import { SharedLinkText } from '@/features/cashier/payment-links/ui/shared-link';
import { requestFacts } from '@/lib/auth/request';

export const metadata: Metadata = {
  title: 'Pay a bill',
  robots: { index: false },
  // Who has the address may pay by it.
  referrer: 'no-referrer',
};

/** What a hospital has sent to a patient to pay by; who has paid comes back to it. */
export default async function PayBillPage({ params, searchParams }: PageProps<'/bill/[token]'>) {
  const [{ token }, { back }, { ip }] = await Promise.all([params, searchParams, requestFacts()]);
  const link = await findSharedLink(token, { ip, isBack: back !== undefined });
  return (
    <div className="mx-auto grid w-full max-w-md justify-items-center gap-4 px-5 py-16 text-center">
      <SharedLinkText link={link} isBack={back !== undefined} />
      {link?.url && back === undefined ? (
        <a href={link.url} rel="noreferrer" className={buttonClass({ variant: 'primary', size: 'lg' })}>
          Go to the payment
        </a>
      ) : null}
    </div>
  );
}
