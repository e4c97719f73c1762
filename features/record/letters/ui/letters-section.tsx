import { Badge } from '@/components/ui/badge';
import { buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { Icon } from '@/components/ui/icon';
import Link from '@/components/ui/link';
import { paths } from '@/lib/paths';
import { keysOf } from '@/lib/query-words';
import { formatDay } from '@/lib/time';
import type { SignedLetter } from '../dto';
import { isWrittenIn, KINDS, letterAbout } from '../policy';

/** The letters and certificates of a visit, those of before below, and the way to a new one. */
export function LettersSection({
  visitId,
  all,
  country,
  canWrite,
}: {
  visitId: string;
  /** Of the patient, newest first. */
  all: readonly SignedLetter[];
  country: string;
  canWrite: boolean;
}) {
  const shown = [
    ...all.filter((one) => one.visitId === visitId),
    ...all.filter((one) => one.visitId !== visitId && !one.voided).slice(0, 3),
  ];
  if (shown.length === 0 && !canWrite) return null;
  return (
    <Section title="Letters and certificates" flush>
      {shown.length === 0 ? (
        <p className="px-5 py-4 text-sm text-text-muted">None yet.</p>
      ) : (
        <ul aria-label="Letters and certificates">
          {shown.map(({ id, letter, number, day, voided, signed, visitId: of }) => (
            <li
              key={id}
              className="flex flex-wrap items-baseline gap-x-2 border-border border-t px-5 py-2.5 text-sm text-text first:border-t-0"
            >
              <Link href={paths.letter(id)} className="font-medium underline underline-offset-4">
                {KINDS[letter.kind]}
              </Link>
              {letterAbout(letter)}
              <span className="text-[0.8125rem] text-text-muted">
                {number}, {signed.name}
                {of === visitId ? '' : `, ${formatDay(day)}`}
              </span>
              {voided ? <Badge tone="danger">Void</Badge> : null}
            </li>
          ))}
        </ul>
      )}
      {canWrite ? (
        <nav
          aria-label="Write a letter or certificate"
          className="flex flex-wrap gap-2 border-border border-t px-5 py-3"
        >
          {keysOf(KINDS)
            .filter((kind) => isWrittenIn(kind, country))
            .map((kind) => (
              <Link
                key={kind}
                href={paths.writeLetter(visitId, kind)}
                className={buttonClass({ size: 'sm' })}
              >
                {kind === 'referral' ? <Icon of="file-text" /> : null} {KINDS[kind]}
              </Link>
            ))}
        </nav>
      ) : null}
    </Section>
  );
}
