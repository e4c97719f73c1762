'use client';
import { clsx } from 'clsx';
import { type ReactNode, useState } from 'react';
import { Avatar } from '@/components/ui/avatar';
import { Badge } from '@/components/ui/badge';
import { Icon } from '@/components/ui/icon';
import Link from '@/components/ui/link';
import { FLAGS, type Flag, SEXES, type Sex } from '@/features/patients/patients/policy';
import { paths } from '@/lib/paths';
import type { Allergies } from '../dto';
import { SEVERITIES } from '../policy';

type BannerPatient = {
  id: string;
  name: string;
  namePrefix: string | null;
  number: string;
  sex: Sex;
  /** "12 Mar 1980, 46 years". */
  birth: string;
  flags: readonly Flag[];
  notes: string | null;
  deceasedOn: string | null;
  isActive: boolean;
  /** The address of the photo. */
  portrait: string | null;
};
type Props = {
  patient: BannerPatient;
  allergies: Pick<Allergies, 'status' | 'allergies'>;
  /** "29 Nov 2026 by Neha Verma", where somebody has asked. */
  asked: string | null;
  /** Why they came today. */
  reason?: string | null;
  lookalikes?: readonly { id: string; name: string; number: string; likeness: string }[];
  badge?: ReactNode;
};

/** Who this is and what must not be forgotten: stays in sight while the page is scrolled, also on a phone. */
export function PatientBanner({ patient, allergies, asked, reason, lookalikes = [], badge }: Props) {
  const [isOpen, setOpen] = useState(false);
  const hasMore = Boolean(patient.notes || reason || patient.flags.length > 0 || lookalikes.length > 0);
  const title = [patient.namePrefix, patient.name].filter(Boolean).join(' ');
  return (
    <section
      aria-label="Patient"
      data-patient-banner=""
      className="sticky top-(--shell-top) z-10 -mx-4 mb-5 border-border border-y bg-surface-raised px-4 py-2.5 shadow-raised sm:mx-0 sm:rounded-lg sm:border sm:px-5 print:static print:mx-0 print:border-0 print:px-0 print:shadow-none"
    >
      <div className="flex items-start gap-3">
        {patient.portrait ? (
          // biome-ignore lint/performance/noImgElement: the optimizer must not keep copies of patients' photos
          <img
            src={patient.portrait}
            alt=""
            className="size-11 shrink-0 rounded-full object-cover sm:size-14 print:hidden"
          />
        ) : (
          <Avatar name={patient.name} size="lg" className="max-sm:hidden print:hidden" />
        )}
        <div className="grid min-w-0 flex-1 gap-1">
          <div className="flex min-w-0 flex-wrap items-baseline gap-x-3 gap-y-0.5">
            <h1 className="min-w-0 break-words font-semibold text-lg text-text leading-tight">{title}</h1>
            <p className="text-text-muted tabular-nums">
              {patient.birth}, {SEXES[patient.sex].toLowerCase()}
              <span className="max-sm:hidden">, {patient.number}</span>
            </p>
            {patient.deceasedOn ? (
              <Badge tone="danger">Deceased</Badge>
            ) : patient.isActive ? null : (
              <Badge>Inactive</Badge>
            )}
            {badge}
          </div>
          <AllergyLine allergies={allergies} asked={asked} />
          <div className={clsx('grid gap-1', !isOpen && 'max-sm:hidden print:grid')}>
            <p className="text-text-muted tabular-nums sm:hidden">{patient.number}</p>
            {patient.flags.length > 0 ? (
              <ul aria-label="To know" className="flex flex-wrap gap-1.5">
                {patient.flags.map((flag) => (
                  <li key={flag}>
                    <Badge tone="warning">{FLAGS[flag]}</Badge>
                  </li>
                ))}
              </ul>
            ) : null}
            {patient.notes ? (
              <p className="line-clamp-3 whitespace-pre-line break-words text-sm text-text">
                <span className="text-text-subtle">Notes: </span>
                {patient.notes}
              </p>
            ) : null}
            {reason ? (
              <p className="break-words text-sm text-text">
                <span className="text-text-subtle">Came for: </span>
                {reason}
              </p>
            ) : null}
            {lookalikes.map((one) => (
              <p key={one.id} className="flex items-start gap-1.5 text-sm text-text">
                <Icon of="triangle-exclamation-point" className="mt-0.5 size-4 shrink-0 text-warning" />
                <span>
                  Not to be mistaken for{' '}
                  <Link href={paths.patient(one.id)} className="underline underline-offset-4">
                    {one.name}
                  </Link>{' '}
                  <span className="tabular-nums">({one.number})</span>: {one.likeness}
                </span>
              </p>
            ))}
          </div>
        </div>
        {hasMore ? (
          <button
            type="button"
            aria-expanded={isOpen}
            aria-label="More about the patient"
            className="no-print -mr-2 grid size-11 shrink-0 place-items-center rounded-md text-text-muted sm:hidden"
            onClick={() => setOpen(!isOpen)}
          >
            <Icon of="chevron-down" className={clsx('size-5 transition-transform', isOpen && 'rotate-180')} />
          </button>
        ) : null}
      </div>
    </section>
  );
}

function AllergyLine({ allergies, asked }: Pick<Props, 'allergies' | 'asked'>) {
  if (allergies.status === 'unasked')
    return <p className="font-medium text-sm text-warning">Allergies not asked</p>;
  if (allergies.status === 'none-known')
    return <p className="text-sm text-text-muted">No known allergies{asked ? `, asked ${asked}` : ''}</p>;
  return (
    <p className="flex items-start gap-1.5 font-semibold text-danger text-sm">
      <Icon of="shield-exclamation-point" className="mt-0.5 size-4 shrink-0" />
      <span className="min-w-0 break-words">
        Allergic to{' '}
        {allergies.allergies
          .map(({ substance, reaction, severity }) => {
            const detail = [reaction, severity ? SEVERITIES[severity].toLowerCase() : null].filter(Boolean);
            return detail.length > 0 ? `${substance} (${detail.join(', ')})` : substance;
          })
          .join('; ')}
      </span>
    </p>
  );
}
