'use client';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { ActionButton } from '@/components/forms/action-button';
import { ConfirmAction } from '@/components/forms/confirm-action';
import { refreshSafely } from '@/components/forms/refresh-safely';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { type Currency, formatAmount } from '@/lib/currency';
import { endLinkAction, lookAgainAction, makeLinkAction, sendLinkAction } from '../actions';
import type { PaymentLink } from '../dto';
import { END_REASONS, LINK_LABEL, type LinkState } from '../policy';

const TONE: Record<LinkState, 'success' | 'warning' | 'info' | 'neutral'> = {
  making: 'info',
  open: 'info',
  processing: 'warning',
  paid: 'success',
  ended: 'neutral',
  expired: 'neutral',
  unclear: 'warning',
};

export const LinkBadge = ({ state }: { state: LinkState }) => (
  <Badge tone={TONE[state]}>{LINK_LABEL[state]}</Badge>
);

type Shown = PaymentLink & {
  /** "1 Dec 2026, 13:40" in the organization's time zone. */
  until: string;
};

/** The link by which a patient pays a bill: made, shown, sent, looked at and ended. */
export function LinkSection({
  billId,
  dueMinor,
  link,
  currency,
  isLive,
}: {
  billId: string;
  dueMinor: number;
  /** The newest of the bill. */
  link: Shown | null;
  currency: Currency;
  /** Of the account: in test mode no money moves. */
  isLive: boolean;
}) {
  const isOpen = link !== null && ['making', 'open', 'processing', 'unclear'].includes(link.state);
  return (
    <div className="grid gap-4">
      {isLive ? null : <p className="text-[0.8125rem] text-text-muted">Test mode: no money moves.</p>}
      {link ? <LinkFacts link={link} currency={currency} /> : null}
      {isOpen ? (
        <OpenLink link={link} currency={currency} />
      ) : (
        <>
          <p className="text-text-muted">
            The patient pays {formatAmount(dueMinor, currency)} on a phone or at home, and the receipt is
            written by itself.
          </p>
          <div>
            <ActionButton action={makeLinkAction} fields={{ billId }}>
              Make payment link
            </ActionButton>
          </div>
        </>
      )}
    </div>
  );
}

function LinkFacts({ link, currency }: { link: Shown; currency: Currency }) {
  const { state, endReason, endedByName, problem } = link;
  return (
    <div className="grid gap-1" role="status">
      <p className="flex flex-wrap items-center gap-2">
        <LinkBadge state={state} />
        <span className="font-medium tabular-nums">{formatAmount(link.amountMinor, currency)}</span>
        {state === 'open' ? <span className="text-text-muted">until {link.until}</span> : null}
      </p>
      {state === 'ended' ? (
        <p className="text-[0.8125rem] text-text-muted">
          {endReason ? END_REASONS[endReason] : LINK_LABEL.ended}
          {endedByName ? `, ${endedByName}` : ''}
        </p>
      ) : null}
      {problem ? <p className="text-[0.8125rem] text-text-muted">{problem}</p> : null}
    </div>
  );
}

/** The patient pays at the desk: the page says so by itself. Nobody looks for longer than that. */
const LOOK_EVERY_MS = 8_000;
const LOOKS = 75;

function useNewsOf(isOpen: boolean): void {
  const router = useRouter();
  useEffect(() => {
    if (!isOpen) return;
    let looks = 0;
    const timer = setInterval(() => {
      if (document.hidden) return;
      looks += 1;
      if (looks >= LOOKS) clearInterval(timer);
      void refreshSafely(router);
    }, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [isOpen, router]);
}

function OpenLink({ link, currency }: { link: Shown; currency: Currency }) {
  useNewsOf(link.state === 'open');
  const fields = { linkId: link.id };
  return (
    <>
      {link.address ? (
        <>
          <LinkCode address={link.address} label={formatAmount(link.amountMinor, currency)} />
          <div className="flex flex-wrap gap-2">
            <CopyButton text={link.address} label="Copy link" />
            <ActionButton size="sm" action={sendLinkAction} fields={fields}>
              Send by e-mail
            </ActionButton>
          </div>
        </>
      ) : null}
      <div className="flex flex-wrap gap-2">
        <ActionButton size="sm" action={lookAgainAction} fields={fields}>
          Look again
        </ActionButton>
        {link.state === 'open' ? (
          <ConfirmAction
            trigger={<Button size="sm">End link</Button>}
            title="End this link"
            description="Nobody can pay by it any more. What has been paid stays."
            confirm="End link"
            action={endLinkAction}
            fields={fields}
          />
        ) : null}
      </div>
    </>
  );
}

/** The code that a phone opens the link by. */
function LinkCode({ address, label }: { address: string; label: string }) {
  const [image, setImage] = useState<{ of: string; src: string } | null>(null);
  useEffect(() => {
    let isWanted = true;
    import('uqr').then(({ renderSVG }) => {
      if (isWanted)
        setImage({
          of: address,
          src: `data:image/svg+xml;utf8,${encodeURIComponent(renderSVG(address, { border: 2 }))}`,
        });
    });
    return () => {
      isWanted = false;
    };
  }, [address]);
  if (image?.of !== address) return <div className="size-48 justify-self-center" />;
  return (
    // biome-ignore lint/performance/noImgElement: a data address, which nothing could make smaller
    <img
      src={image.src}
      alt={`Code of the payment link over ${label}`}
      className="size-48 justify-self-center rounded-md bg-white"
    />
  );
}
