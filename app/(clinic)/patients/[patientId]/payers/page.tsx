import type { Metadata } from 'next';
import { openInUse } from '@/app/(clinic)/_shell/open-in-use';
import { PatientHead } from '@/app/(clinic)/_shell/patient-head';
import { ConfirmAction } from '@/components/forms/confirm-action';
import { Badge } from '@/components/ui/badge';
import { Button, buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import Link from '@/components/ui/link';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { listClaimsOfPatient } from '@/features/cashier/claims/queries';
import { ClaimList } from '@/features/cashier/claims/ui/claim-list';
import { endCoverageAction } from '@/features/cashier/coverages/actions';
import { coverageText, isValidOn } from '@/features/cashier/coverages/policy';
import { listCoverages } from '@/features/cashier/coverages/queries';
import { CoverageForm } from '@/features/cashier/coverages/ui/coverage-form';
import { listPayers } from '@/features/cashier/payers/queries';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';
import { today } from '@/lib/time';

export const metadata: Metadata = { title: 'Who pays' };

/** A patient's policies and cards, and what their payers were asked. */
export default async function PatientPayersPage({
  params,
  searchParams,
}: PageProps<'/patients/[patientId]/payers'>) {
  const ctx = await staffPage('bills:read');
  const [{ patientId }, { change }] = await Promise.all([params, searchParams]);
  const patient = await openInUse(ctx, patientId);
  const [coverages, payers, claims, { currency }] = await load(
    Promise.all([
      ...([listCoverages(ctx, patientId), listPayers(ctx)] as const),
      ...([listClaimsOfPatient(ctx, patientId), getBillSettings(ctx)] as const),
    ]),
  );
  const changed = coverages.find(({ id }) => id === change);
  const canWrite = ctx.can('bills:write');
  const day = today(ctx.timeZone);
  return (
    <div className="mx-auto max-w-3xl">
      <PatientHead
        ctx={ctx}
        patient={patient}
        breadcrumbs={[
          { label: 'Patients', href: paths.patients },
          { label: patient.name, href: paths.patient(patient.id) },
          { label: 'Who pays' },
        ]}
      />
      <div className="grid gap-5">
        <Section title="Policies and cards" flush>
          {coverages.length === 0 ? (
            <p className="px-4 py-6 text-text-muted sm:px-5">None. The patient pays all bills.</p>
          ) : (
            <ul aria-label="Policies" className="divide-y divide-border">
              {coverages.map((coverage) => (
                <li
                  key={coverage.id}
                  className="flex flex-wrap items-center justify-between gap-3 px-4 py-3 sm:px-5"
                >
                  <div className="min-w-48 flex-1">
                    <p className="flex flex-wrap items-center gap-2 break-words font-medium text-text">
                      {coverage.payerName}
                      {isValidOn(coverage, day) ? null : <Badge tone="warning">Does not count today</Badge>}
                    </p>
                    <p className="break-words text-[0.8125rem] text-text-muted">
                      {coverageText(coverage, currency)}
                    </p>
                  </div>
                  {canWrite ? (
                    <div className="flex gap-2">
                      <Link
                        href={withQuery(paths.patientPayers(patient.id), { change: coverage.id })}
                        aria-label={`Change the policy with ${coverage.payerName}`}
                        className={buttonClass({ size: 'sm' })}
                      >
                        Change
                      </Link>
                      <ConfirmAction
                        trigger={
                          <Button
                            size="sm"
                            variant="ghost"
                            aria-label={`End the policy with ${coverage.payerName}`}
                          >
                            End
                          </Button>
                        }
                        title={`End the policy with ${coverage.payerName}?`}
                        description="It is no longer offered on bills. Claims stay as they are."
                        confirm="End"
                        action={endCoverageAction}
                        fields={{ coverageId: coverage.id }}
                      />
                    </div>
                  ) : null}
                </li>
              ))}
            </ul>
          )}
        </Section>
        {canWrite && payers.length > 0 ? (
          <Section
            title={changed ? `Change the policy with ${changed.payerName}` : 'New policy'}
            actions={
              changed ? (
                <Link href={paths.patientPayers(patient.id)} className={buttonClass({ size: 'sm' })}>
                  New policy
                </Link>
              ) : null
            }
          >
            <CoverageForm
              key={changed?.id ?? 'new'}
              patientId={patient.id}
              payers={payers.map(({ id, name }) => ({ id, name }))}
              currency={currency}
              {...(changed ? { coverage: changed } : {})}
            />
          </Section>
        ) : null}
        {payers.length === 0 ? (
          <p className="text-text-muted">
            No payer is known yet.{' '}
            <Link href={paths.payers} className="underline">
              Add insurers and others in the settings
            </Link>
            .
          </p>
        ) : null}
        <Section
          title="Claims"
          actions={
            ctx.can('claims:write') && coverages.length > 0 ? (
              <Link href={paths.newClaim(patient.id)} className={buttonClass({ size: 'sm' })}>
                Ask for authorization
              </Link>
            ) : null
          }
          flush
        >
          <ClaimList
            claims={claims}
            currency={currency}
            today={day}
            label="Claims of the patient"
            empty="No payer was asked yet."
          />
        </Section>
      </div>
    </div>
  );
}
