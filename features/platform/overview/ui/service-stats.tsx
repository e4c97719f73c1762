import { Stat, StatGrid } from '@/components/ui/stat';
import { PLATFORM } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';
import { counted, inUtc } from '@/lib/words';
import type { ServiceFigures } from '../queries/service';

/** Tickets, databases and use, each leading to what is behind it. */
export function ServiceStats({ figures: { tickets, databases, use } }: { figures: ServiceFigures }) {
  return (
    <StatGrid>
      <Stat
        label="Open tickets"
        value={tickets.open}
        hint={`${tickets.nobodys} with nobody`}
        href={withQuery(PLATFORM.tickets, { status: 'open' })}
      />
      <Stat
        label="Answers late"
        value={tickets.late}
        hint="promised by now"
        href={withQuery(PLATFORM.tickets, { due: 'late' })}
      />
      <Stat
        label="Databases"
        value={databases.databases}
        hint={
          databases.overdue > 0
            ? `${databases.overdue} without a backup of 36 hours`
            : databases.lastBackupAt
              ? `last backup ${inUtc(databases.lastBackupAt)}`
              : 'the first backup comes tonight'
        }
        href={PLATFORM.databases}
      />
      <Stat
        label="People at work"
        value={use.people}
        hint={
          use.at
            ? `in 7 days; ${counted(use.quiet, 'hospital')} without anybody, as of ${inUtc(use.at)}`
            : 'counted every hour'
        }
        href={PLATFORM.usage}
      />
    </StatGrid>
  );
}
