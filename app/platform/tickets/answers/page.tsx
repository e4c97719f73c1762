import type { Metadata } from 'next';
import { May } from '@/components/layout/may';
import { Section } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { listSavedAnswers } from '@/features/support/tickets/queries';
import { DeskTabs } from '@/features/support/tickets/ui/desk-tabs';
import { SavedAnswerDialog, SavedAnswerList } from '@/features/support/tickets/ui/saved-answers';
import { platformPage } from '@/lib/actions/platform';
import { load } from '@/lib/actions/staff';

export const metadata: Metadata = { title: 'Saved answers' };

export default async function SavedAnswersPage() {
  const ctx = await platformPage('tickets:read');
  const answers = await load(listSavedAnswers(ctx));
  return (
    <>
      <PageHeader
        title="Saved answers"
        description="What is said again and again, for everybody at the desk."
        actions={
          <May to="targets:write">
            <SavedAnswerDialog />
          </May>
        }
      />
      <DeskTabs />
      <Section title="Answers" flush>
        <SavedAnswerList answers={answers} />
      </Section>
    </>
  );
}
