import type { Metadata } from 'next';
import { SettingsFrame } from '@/components/layout/settings-frame';
import { SettingsSection } from '@/components/layout/settings-section';
import { PageHeader } from '@/components/ui/page-header';
import { listAgreements } from '@/features/subscription/agreements/queries';
import { AcceptForm } from '@/features/subscription/agreements/ui/accept-form';
import { Acceptances, AgreementRow } from '@/features/subscription/agreements/ui/agreement-list';
import { load, staffPage } from '@/lib/actions/staff';

export const metadata: Metadata = { title: 'Agreements' };

export default async function AgreementsPage() {
  const ctx = await staffPage('billing:read');
  const { agreements, acceptances } = await load(listAgreements(ctx));
  const due = agreements.filter(({ accepted }) => !accepted);
  const isOwner = ctx.actor.kind === 'staff' && ctx.actor.role === 'owner';
  return (
    <>
      <PageHeader title="Agreements" description="What your organization and we have agreed on." />
      <SettingsFrame hasOrganization>
        <div className="grid gap-8">
          <SettingsSection
            title="Contract"
            description="The newest versions. A copy names who accepted it, when and from where."
          >
            <ul className="divide-y divide-border">
              {agreements.map((agreement) => (
                <AgreementRow key={agreement.name} agreement={agreement} timeZone={ctx.timeZone} />
              ))}
            </ul>
          </SettingsSection>
          {due.length > 0 ? (
            <SettingsSection
              title="To accept"
              description={
                isOwner
                  ? 'Until then the version that was accepted before holds.'
                  : 'An owner of your organization is asked to accept these.'
              }
            >
              {isOwner ? (
                <AcceptForm
                  agreements={agreements.map(({ name, title, version }) => ({ name, title, version }))}
                />
              ) : (
                <p className="text-text-muted">{due.map(({ title }) => title).join(', ')}</p>
              )}
            </SettingsSection>
          ) : null}
          <SettingsSection title="History" description="The newest fifty.">
            <Acceptances acceptances={acceptances} timeZone={ctx.timeZone} />
          </SettingsSection>
        </div>
      </SettingsFrame>
    </>
  );
}
