import type { Metadata } from 'next';
import { SettingsFrame } from '@/components/layout/settings-frame';
import { SettingsSection } from '@/components/layout/settings-section';
import { PageHeader } from '@/components/ui/page-header';
import { getLetterhead } from '@/features/identity/papers/queries';
import { LetterheadForm } from '@/features/identity/papers/ui/letterhead-form';
import { load, staffPage } from '@/lib/actions/staff';
import { revisionOf } from '@/lib/revision';

export const metadata: Metadata = { title: 'Letterhead' };

export default async function LetterheadPage() {
  const ctx = await staffPage('settings:write');
  const letterhead = await load(getLetterhead(ctx));
  return (
    <>
      <PageHeader
        title="Letterhead"
        description="What stands at the top of each paper that patients take home."
      />
      <SettingsFrame hasOrganization>
        <SettingsSection
          title="Papers"
          description="Prescriptions, glasses, visit summaries and slips. Names print in any Indian script."
        >
          <LetterheadForm letterhead={letterhead} version={revisionOf(letterhead)} />
        </SettingsSection>
      </SettingsFrame>
    </>
  );
}
