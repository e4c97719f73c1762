import { Badge } from '@/components/ui/badge';
import { buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { Icon } from '@/components/ui/icon';
import Link from '@/components/ui/link';
import { paths } from '@/lib/paths';
import { formatDay } from '@/lib/time';
import type { SpectaclesPrescription } from '../dto';
import { changeText } from '../lens-change';
import { spectaclesText } from '../paper';

/** The glasses of a visit, beside the last ones before. */
export function GlassesSection({
  visitId,
  all,
  canPrescribe,
}: {
  visitId: string;
  /** Of the patient, newest first. */
  all: readonly SpectaclesPrescription[];
  canPrescribe: boolean;
}) {
  const own = all.find((one) => one.visitId === visitId && !one.voided);
  const others = all.filter((one) => one !== own).slice(0, 3);
  const last = others.find(({ voided, spectacles }) => !voided && spectacles.advice === 'glasses');
  const change =
    own?.spectacles.advice === 'glasses' && last?.spectacles.advice === 'glasses'
      ? changeText(last.spectacles, own.spectacles)
      : '';
  if (all.length === 0 && !canPrescribe) return null;
  return (
    <Section
      title="Glasses"
      description={own ? `Signed by ${own.signed.name}` : undefined}
      flush
      actions={
        <>
          {own ? (
            <Link href={paths.glasses(own.id)} className={buttonClass({ size: 'sm' })}>
              Open and print
            </Link>
          ) : null}
          {canPrescribe ? (
            <Link
              href={paths.prescribeGlasses(visitId)}
              className={buttonClass({ size: 'sm', variant: own ? 'secondary' : 'primary' })}
            >
              <Icon of="glasses" /> {own ? 'Change the glasses' : 'Prescribe glasses'}
            </Link>
          ) : null}
        </>
      }
    >
      <p className="px-5 py-3 text-sm text-text">
        {own ? spectaclesText(own.spectacles) : 'No glasses are prescribed at this visit.'}
        {change && last ? (
          <span className="block text-[0.8125rem] text-text-muted">
            Change from {formatDay(last.day)}: {change}
          </span>
        ) : null}
      </p>
      {others.map((one) => (
        <p key={one.id} className="border-border border-t px-5 py-2.5 text-[0.8125rem] text-text-muted">
          <Link href={paths.glasses(one.id)} className="underline underline-offset-4">
            {formatDay(one.day)}
          </Link>
          : {spectaclesText(one.spectacles)} {one.voided ? <Badge tone="danger">Void</Badge> : null}
        </p>
      ))}
    </Section>
  );
}
