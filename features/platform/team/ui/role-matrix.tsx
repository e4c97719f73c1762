import { Icon } from '@/components/ui/icon';
import { ScrollRegion } from '@/components/ui/scroll-region';
import { PLATFORM_ROLES } from '@/lib/master/vocabulary';
import { TEAM_MATRIX, TEAM_ROLES } from '../policy';

/** What each role may do, from the table that the gates read. */
export function RoleMatrix() {
  return (
    <ScrollRegion aria-label="What each role may do, in a table">
      <table className="w-full min-w-[40rem] text-sm">
        <thead>
          <tr className="border-border border-b text-left text-[0.8125rem] text-text-muted">
            <th scope="col" className="px-4 py-2.5 font-medium sm:px-5">
              What it lets people do
            </th>
            {PLATFORM_ROLES.map((role) => (
              <th key={role} scope="col" className="px-2 py-2.5 text-center font-medium">
                {TEAM_ROLES[role].label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-border">
          {TEAM_MATRIX.map(({ label, may }) => (
            <tr key={label}>
              <th scope="row" className="px-4 py-2 text-left font-normal text-text sm:px-5">
                {label}
              </th>
              {PLATFORM_ROLES.map((role, index) => (
                <td key={role} className="px-2 py-2 text-center text-text-muted">
                  {may[index] ? <Icon of="check" className="mx-auto size-4 text-success" /> : '–'}
                  <span className="sr-only">{may[index] ? 'yes' : 'no'}</span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
