import { buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { Icon } from '@/components/ui/icon';
import Link from '@/components/ui/link';
import { paths } from '@/lib/paths';
import { formatInstant } from '@/lib/time';
import type { Prescription } from '../dto';
import { PrescriptionBadges, PrescriptionLines } from './prescription-view';

/** The medicines of a visit, on its page. */
export function PrescriptionSection({
  visitId,
  prescriptions,
  canPrescribe,
  timeZone,
}: {
  visitId: string;
  prescriptions: readonly Prescription[];
  canPrescribe: boolean;
  timeZone: string;
}) {
  const open = prescriptions.find(({ status }) => status !== 'cancelled');
  const voided = prescriptions.filter(({ status }) => status === 'cancelled');
  if (!open && voided.length === 0 && !canPrescribe) return null;
  return (
    <Section
      title="Medicines"
      description={
        open?.signed
          ? `Signed by ${open.signed.name}, ${formatInstant(new Date(open.signed.at), timeZone)}`
          : undefined
      }
      flush
      actions={
        <>
          {open ? <PrescriptionBadges {...open} /> : null}
          {open?.signed ? (
            <Link href={paths.prescription(open.id)} className={buttonClass({ size: 'sm' })}>
              <Icon of="printer" /> Open and print
            </Link>
          ) : null}
          {canPrescribe ? (
            <Link
              href={paths.prescribe(visitId)}
              className={buttonClass({ size: 'sm', variant: open ? 'secondary' : 'primary' })}
            >
              <Icon of="pill" /> {open ? 'Change the prescription' : 'Prescribe medicines'}
            </Link>
          ) : null}
        </>
      }
    >
      {open ? (
        <PrescriptionLines lines={open.lines} day={open.day} dispensed={open.dispensed} />
      ) : (
        <p className="px-5 py-4 text-sm text-text-muted">Nothing is prescribed at this visit.</p>
      )}
      {voided.map((one) => (
        <p key={one.id} className="border-border border-t px-5 py-3 text-[0.8125rem] text-text-muted">
          <Link href={paths.prescription(one.id)} className="underline underline-offset-4">
            A void prescription
          </Link>{' '}
          by {one.savedByName}: {one.voided?.reason}
        </p>
      ))}
    </Section>
  );
}
