'use client';
import { ActionButton } from '@/components/forms/action-button';
import { ConfirmAction } from '@/components/forms/confirm-action';
import { Button, buttonClass } from '@/components/ui/button';
import Link from '@/components/ui/link';
import { paths } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';
import { activatePayerAction, endPayerAction } from '../actions';
import type { Payer } from '../dto';
import { PAYER_KINDS } from '../policy';

/** Payers by name, each with its prices and what it owes a press away. */
export function PayerList({ payers, canWrite }: { payers: readonly Payer[]; canWrite: boolean }) {
  return (
    <ul aria-label="Payers" className="divide-y divide-border">
      {payers.map((payer) => (
        <li
          key={payer.id}
          className="flex flex-wrap items-center justify-between gap-3 px-4 py-3 text-sm sm:px-5"
        >
          <div className="min-w-48 flex-1">
            <p className="break-words font-medium text-text">{payer.name}</p>
            <p className="break-words text-[0.8125rem] text-text-muted">
              {[
                PAYER_KINDS[payer.kind],
                payer.code,
                payer.isOwnFund ? 'borne by the hospital' : null,
                payer.creditDays === null ? null : `${payer.creditDays} days to pay`,
                payer.tdsBp ? `${payer.tdsBp / 100} % tax withheld` : null,
                payer.phone,
              ]
                .filter(Boolean)
                .join(', ')}
            </p>
          </div>
          <div className="flex flex-wrap gap-2">
            <Link
              href={withQuery(paths.priceList, { payer: payer.id })}
              aria-label={`Prices of ${payer.name}`}
              className={buttonClass({ size: 'sm' })}
            >
              Prices
            </Link>
            {canWrite && payer.isActive ? (
              <>
                <Link
                  href={withQuery(paths.payers, { change: payer.id })}
                  aria-label={`Change ${payer.name}`}
                  className={buttonClass({ size: 'sm' })}
                >
                  Change
                </Link>
                <ConfirmAction
                  trigger={
                    <Button size="sm" variant="ghost" aria-label={`End ${payer.name}`}>
                      End
                    </Button>
                  }
                  title={`End ${payer.name}?`}
                  description="It is no longer offered on bills. What it owes stays on the list of claims."
                  confirm="End"
                  action={endPayerAction}
                  fields={{ payerId: payer.id }}
                />
              </>
            ) : null}
            {canWrite && !payer.isActive ? (
              <ActionButton
                size="sm"
                action={activatePayerAction}
                fields={{ payerId: payer.id }}
                aria-label={`Offer ${payer.name} again`}
              >
                Offer again
              </ActionButton>
            ) : null}
          </div>
        </li>
      ))}
    </ul>
  );
}
