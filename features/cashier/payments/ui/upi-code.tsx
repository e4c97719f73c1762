'use client';
import { useEffect, useState } from 'react';
import { formatAmount } from '@/lib/currency';
import { upiAddress } from '../policy';

type UpiCodeProps = {
  bill: Parameters<typeof upiAddress>[0];
  payee: Parameters<typeof upiAddress>[1];
};

/** The code that a phone pays exactly this amount by. Drawn here: the amount changes while it is typed. */
export function UpiCode({ bill, payee }: UpiCodeProps) {
  const address = upiAddress(bill, payee);
  const [image, setImage] = useState<{ of: string; src: string } | null>(null);
  useEffect(() => {
    let isWanted = true;
    if (address)
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
  if (!address || image?.of !== address) return null;
  return (
    <figure className="grid justify-items-center gap-1">
      {/* biome-ignore lint/performance/noImgElement: a data address, which nothing could make smaller */}
      <img
        src={image.src}
        alt={`UPI code for ${formatAmount(bill.dueMinor, payee.currency)}`}
        className="size-44 rounded-md bg-white"
      />
      <figcaption className="text-[0.8125rem] text-text-muted">
        {formatAmount(bill.dueMinor, payee.currency)} to {payee.upiAddress}
      </figcaption>
    </figure>
  );
}
