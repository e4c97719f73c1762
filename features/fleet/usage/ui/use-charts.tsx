import { BarChart } from '@/components/charts/bar-chart';
import { EmptyState } from '@/components/ui/empty-state';
import { formatDay } from '@/lib/time';
import { shortDay } from '@/lib/words';
import type { OrganizationUse } from '../queries';

const count = (value: number): string => value.toLocaleString('en-US');

type Use = Pick<OrganizationUse, 'days' | 'features'>;

/** Who worked on each of the last 30 days. */
export function ActiveUsersChart({ days }: Pick<Use, 'days'>) {
  if (days.every(({ activeUsers, pages }) => activeUsers === 0 && pages === 0)) {
    return (
      <EmptyState title="Nothing counted yet" className="py-8">
        Figures appear within the hour after somebody has worked.
      </EmptyState>
    );
  }
  return (
    <BarChart
      title="People who worked"
      unit="People"
      categoryLabel="Day (UTC)"
      isNewestLast
      categories={days.map(({ day }) => shortDay(day))}
      longCategories={days.map(({ day }) => formatDay(day))}
      format={count}
      series={[
        { key: 'people', label: 'People', tone: 1, values: days.map(({ activeUsers }) => activeUsers) },
      ]}
    />
  );
}

/** Which parts of the product are opened, the most used first. */
export function FeatureList({ features }: Pick<Use, 'features'>) {
  if (features.length === 0)
    return <p className="text-[0.8125rem] text-text-muted">No page has been counted yet.</p>;
  const most = Math.max(...features.map(({ uses }) => uses));
  return (
    <ul className="grid gap-2">
      {features.slice(0, 12).map(({ name, uses }) => (
        <li
          key={name}
          className="grid grid-cols-[8rem_minmax(0,1fr)_auto] items-center gap-3 text-[0.8125rem]"
        >
          <span className="truncate text-text first-letter:uppercase">{name.replaceAll('-', ' ')}</span>
          <span aria-hidden="true" className="h-1.5 overflow-hidden rounded-full bg-surface-sunken">
            <span
              className="block h-full rounded-full bg-chart-1"
              style={{ width: `${Math.max(2, (uses / most) * 100)}%` }}
            />
          </span>
          <span className="text-text-muted tabular-nums">{count(uses)}</span>
        </li>
      ))}
    </ul>
  );
}
