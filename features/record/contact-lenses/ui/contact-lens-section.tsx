import { Badge } from '@/components/ui/badge';
import { buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import Link from '@/components/ui/link';
import { paths } from '@/lib/paths';
import { formatDay } from '@/lib/time';
import type { ContactLensPrescription } from '../dto';
import { contactText } from '../policy';

/** The contact lenses of a visit, beside the last ones before. */
export function ContactLensSection({
  visitId,
  all,
  canPrescribe,
}: {
  visitId: string;
  /** Of the patient, newest first. */
  all: readonly ContactLensPrescription[];
  canPrescribe: boolean;
}) {
  const own = all.find((one) => one.visitId === visitId && !one.voided);
  const others = all.filter((one) => one !== own).slice(0, 3);
  if (all.length === 0 && !canPrescribe) return null;
  return (
    <Section
      title="Contact lenses"
      description={own ? `Signed by ${own.signed.name}` : undefined}
      flush
      actions={
        <>
          {own ? (
            <Link href={paths.contactLenses(own.id)} className={buttonClass({ size: 'sm' })}>
              Open and print
            </Link>
          ) : null}
          {canPrescribe ? (
            <Link href={paths.prescribeContactLenses(visitId)} className={buttonClass({ size: 'sm' })}>
              {own ? 'Change the contact lenses' : 'Prescribe contact lenses'}
            </Link>
          ) : null}
        </>
      }
    >
      <p className="px-5 py-3 text-sm text-text">
        {own ? contactText(own.lenses) : 'No contact lenses are prescribed at this visit.'}
      </p>
      {others.map((one) => (
        <p key={one.id} className="border-border border-t px-5 py-2.5 text-[0.8125rem] text-text-muted">
          <Link href={paths.contactLenses(one.id)} className="underline underline-offset-4">
            {formatDay(one.day)}
          </Link>
          : {contactText(one.lenses)} {one.voided ? <Badge tone="danger">Void</Badge> : null}
        </p>
      ))}
    </Section>
  );
}
