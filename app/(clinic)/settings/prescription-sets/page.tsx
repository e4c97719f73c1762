import type { Metadata } from 'next';
import { ActionButton } from '@/components/forms/action-button';
import { SettingsFrame } from '@/components/layout/settings-frame';
import { Section } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { addStarterSetsAction } from '@/features/record/prescriptions/actions';
import { listPrescriptionSets } from '@/features/record/prescriptions/queries';
import { SetForm } from '@/features/record/prescriptions/ui/set-form';
import { load, staffPage } from '@/lib/actions/staff';

export const metadata: Metadata = { title: 'Prescription sets' };

/** Medicines that are prescribed together, in the hospital's own way. */
export default async function PrescriptionSetsPage() {
  const ctx = await staffPage('prescriptions:write');
  const sets = await load(listPrescriptionSets(ctx));
  return (
    <>
      <PageHeader
        title="Prescription sets"
        description="Medicines that are prescribed together, written as on the sheet: your own first, then everybody’s."
      />
      <SettingsFrame hasOrganization={ctx.can('settings:read')}>
        <div className="grid gap-5">
          {sets.map((set) => (
            <Section key={set.id} title={set.name} description={set.isOwn ? 'Mine' : 'Everybody’s'}>
              <SetForm set={set} />
            </Section>
          ))}
          <Section
            title="New set"
            description="Medicines that are prescribed together."
            actions={
              sets.length === 0 ? (
                <ActionButton action={addStarterSetsAction}>Begin with common sets</ActionButton>
              ) : null
            }
          >
            <SetForm />
          </Section>
        </div>
      </SettingsFrame>
    </>
  );
}
