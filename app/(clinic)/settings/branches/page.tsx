import type { Metadata } from 'next';
import { SettingsFrame } from '@/components/layout/settings-frame';
import { Alert } from '@/components/ui/alert';
import { Badge } from '@/components/ui/badge';
import { Section } from '@/components/ui/card';
import Link from '@/components/ui/link';
import { Meter } from '@/components/ui/meter';
import { PageHeader } from '@/components/ui/page-header';
import { AddBranch, EditBranch } from '@/features/cashier/branch-series/ui/branch-dialogs';
import { BranchState } from '@/features/frontdesk/branch-closings/ui/branch-state';
import type { ShownBranch } from '@/features/identity/branches/dto';
import { branchesLabel, branchUse, isFull } from '@/features/identity/branches/policy';
import { listBranches } from '@/features/identity/branches/queries';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';

export const metadata: Metadata = { title: 'Branches' };

export default async function BranchesPage() {
  const ctx = await staffPage('settings:read');
  const branches = await load(listBranches(ctx));
  const canWrite = ctx.can('settings:write');
  const use = branchUse(branches, ctx.organization.plan);
  return (
    <>
      <PageHeader
        title="Branches"
        description="The places at which you work. Records of patients are the same at all of them; queue, hours, drawers and numbers of bills are each one’s own."
        actions={canWrite && !isFull(use) ? <AddBranch /> : null}
      />
      <SettingsFrame hasOrganization>
        <div className="grid gap-6">
          <div className="grid gap-3">
            <Meter label="Branches" value={use.open} max={use.limit} text={branchesLabel(use)} />
            {isFull(use) ? (
              <Alert tone="info">
                For further branches{' '}
                <Link href={paths.billing} className="underline underline-offset-2">
                  choose a larger plan
                </Link>
                .
              </Alert>
            ) : null}
          </div>
          <ul className="grid gap-3">
            {branches.map((branch) => (
              <li key={branch.id}>
                <BranchCard branch={branch} isHere={branch.id === ctx.branch.id} canWrite={canWrite} />
              </li>
            ))}
          </ul>
        </div>
      </SettingsFrame>
    </>
  );
}

function BranchCard({
  branch,
  isHere,
  canWrite,
}: {
  branch: ShownBranch;
  isHere: boolean;
  canWrite: boolean;
}) {
  const facts = [
    branch.address,
    branch.phone,
    branch.taxNumber,
    branch.numberPrefix ? `Bills begin with ${branch.numberPrefix}` : null,
    branch.keptThere > 0
      ? `${branch.keptThere} ${branch.keptThere === 1 ? 'person is' : 'people are'} kept to it`
      : null,
  ].filter((one) => one !== null);
  return (
    <Section
      title={branch.name}
      actions={
        canWrite ? (
          <span className="flex gap-2">
            <EditBranch branch={branch} />
            <BranchState branch={branch} />
          </span>
        ) : null
      }
    >
      <div className="grid gap-1 text-sm text-text-muted">
        {isHere || !branch.isOpen ? (
          <p>{branch.isOpen ? <Badge tone="info">You work here</Badge> : <Badge>Closed</Badge>}</p>
        ) : null}
        {facts.length > 0 ? (
          facts.map((fact) => (
            <p key={fact} className="whitespace-pre-line">
              {fact}
            </p>
          ))
        ) : (
          <p>Its papers say what the letterhead says.</p>
        )}
      </div>
    </Section>
  );
}
