import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { paths } from '@/lib/paths';
import { formatDay, formatInstant } from '@/lib/time';
import type { Acceptance, listAgreements } from '../queries';

type Row = Awaited<ReturnType<typeof listAgreements>>['agreements'][number];

export function AgreementRow({
  agreement: { name, title, version, accepted },
  timeZone,
}: {
  agreement: Row;
  timeZone: string;
}) {
  return (
    <li className="flex flex-wrap items-center justify-between gap-3 py-3 first:pt-0 last:pb-0">
      <div className="min-w-0">
        <p className="font-medium">
          <a href={paths.legal(name)} className="text-accent underline underline-offset-2">
            {title}
          </a>{' '}
          {accepted ? <Badge tone="success">Accepted</Badge> : <Badge tone="warning">Not accepted</Badge>}
        </p>
        <p className="text-[13px] text-text-muted">
          Version of {formatDay(version)}
          {accepted
            ? `; by ${accepted.name}, ${formatInstant(new Date(accepted.acceptedAt), timeZone)}`
            : null}
        </p>
      </div>
      {accepted ? (
        <Button asChild variant="secondary">
          <a href={paths.agreementCopy(name)}>Copy as PDF</a>
        </Button>
      ) : null}
    </li>
  );
}

/** Who accepted what, the newest first. */
export function Acceptances({
  acceptances,
  timeZone,
}: {
  acceptances: readonly Acceptance[];
  timeZone: string;
}) {
  if (acceptances.length === 0) return <p className="text-text-muted">Nothing was accepted yet.</p>;
  return (
    <ul className="grid gap-3">
      {acceptances.map(({ id, label, version, name, email, ip, acceptedAt }) => (
        <li key={id}>
          <p>
            {label}, version of {formatDay(version)}
          </p>
          <p className="text-[13px] text-text-muted">
            {name} ({email}), {formatInstant(new Date(acceptedAt), timeZone)}, from {ip}
          </p>
        </li>
      ))}
    </ul>
  );
}
