import { Badge, type BadgeTone } from '@/components/ui/badge';
import Link from '@/components/ui/link';
import { paths } from '@/lib/paths';
import { formatDay } from '@/lib/time';
import type { SoldPackage } from '../dto';
import { PACKAGE_LABEL, type PackageState, packageState } from '../policy';

const TONE: Record<PackageState, BadgeTone> = {
  open: 'info',
  used: 'success',
  lapsed: 'warning',
  ended: 'neutral',
};

type PackageListProps = {
  packages: readonly SoldPackage[];
  today: string;
  /** On the page of a bill both are known. */
  showPatient?: boolean;
  empty?: string;
};

/** Packages that were sold, with how many of their parts were done. */
export function PackageList({ packages, today, showPatient = false, empty = '' }: PackageListProps) {
  if (packages.length === 0) return <p className="px-4 py-6 text-text-muted sm:px-5">{empty}</p>;
  return (
    <ul aria-label="Packages" className="divide-y divide-border">
      {packages.map((one) => {
        const state = packageState(one, today);
        return (
          <li key={one.id} className="flex flex-wrap items-start gap-x-4 gap-y-2 px-4 py-3 sm:px-5">
            <div className="min-w-48 flex-1">
              <p className="break-words font-medium text-text">{one.name}</p>
              {showPatient ? (
                <p className="text-[0.8125rem] text-text-muted">
                  <Link href={paths.patient(one.patientId)} className="underline underline-offset-4">
                    {one.patientName}
                  </Link>
                  , {one.patientNumber},{' '}
                  <Link href={paths.bill(one.billId)} className="underline underline-offset-4">
                    {one.billNumber}
                  </Link>
                </p>
              ) : null}
              <ul className="mt-1 grid gap-0.5 text-[0.8125rem] text-text-muted tabular-nums">
                {one.parts.map(({ serviceId, name, quantity, used }) => (
                  <li key={serviceId}>
                    {name}: {used} of {quantity} done
                  </li>
                ))}
              </ul>
            </div>
            <div className="grid justify-items-end gap-1 text-[0.8125rem] text-text-muted">
              <Badge tone={TONE[state]}>{PACKAGE_LABEL[state]}</Badge>
              {state === 'open' || state === 'lapsed' ? <span>until {formatDay(one.until)}</span> : null}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
