import type { Metadata } from 'next';
import { SettingsFrame } from '@/components/layout/settings-frame';
import { SettingsSection } from '@/components/layout/settings-section';
import { buttonClass } from '@/components/ui/button';
import { DescriptionList } from '@/components/ui/description-list';
import Link from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { slugOf } from '@/features/identity/face/policy';
import { getFaceForm } from '@/features/identity/face/queries';
import { faceOf, getLetterhead } from '@/features/identity/papers/queries';
import { FaceCard } from '@/features/identity/papers/ui/face-card';
import { FaceForm } from '@/features/identity/papers/ui/face-form';
import { load, staffPage } from '@/lib/actions/staff';
import { formatAmount } from '@/lib/currency';
import { env } from '@/lib/env';
import { paths } from '@/lib/paths';
import { revisionOf } from '@/lib/revision';
import { formatDay, today } from '@/lib/time';

export const metadata: Metadata = { title: 'Sign-in page and mails' };

const link = 'text-accent underline underline-offset-4';

/** The hospital's own face: where staff sign in, and whom mails come from. */
export default async function FacePage() {
  const ctx = await staffPage('settings:write');
  const [face, letterhead, bills] = await load(
    Promise.all([getFaceForm(ctx), getLetterhead(ctx), getBillSettings(ctx)]),
  );
  const origin = env().NEXTAUTH_URL;
  return (
    <>
      <PageHeader
        title="Sign-in page and mails"
        description="How the hospital shows itself to people who have not signed in."
        actions={
          face.isOpen && face.slug ? (
            <a href={paths.face(face.slug)} target="_blank" rel="noreferrer" className={buttonClass()}>
              Open the page
            </a>
          ) : null
        }
      />
      <SettingsFrame hasOrganization>
        <div className="grid gap-6">
          <SettingsSection title="Page and mails">
            <FaceForm
              face={face}
              version={revisionOf(face)}
              proposal={slugOf(letterhead.name)}
              origin={origin}
              organizationName={ctx.organization.name}
            />
          </SettingsSection>
          <SettingsSection
            title="What is shown"
            description={
              <>
                Logo, names, address, hours and registration are those of the{' '}
                <Link href={paths.letterhead} className={link}>
                  letterhead
                </Link>
                .
              </>
            }
          >
            <FaceCard face={faceOf(letterhead)} />
          </SettingsSection>
          <SettingsSection title="Also of the hospital" description="Kept where it is used.">
            <DescriptionList
              items={[
                {
                  label: 'Country and time zone',
                  value: (
                    <Link href={paths.settings} className={link}>
                      {ctx.organization.country}, {ctx.timeZone}
                    </Link>
                  ),
                },
                {
                  label: 'Currency and numbers',
                  value: (
                    <Link href={paths.billSettings} className={link}>
                      {bills.currency.code}, {formatAmount(123_456_789, bills.currency)}
                    </Link>
                  ),
                },
                { label: 'Dates', value: formatDay(today(ctx.timeZone)) },
                {
                  label: 'Hours and holidays',
                  value: (
                    <Link href={paths.schedules} className={link}>
                      Schedules
                    </Link>
                  ),
                },
              ]}
            />
          </SettingsSection>
        </div>
      </SettingsFrame>
    </>
  );
}
