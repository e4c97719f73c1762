import type { Metadata } from 'next';
import { ActionButton } from '@/components/forms/action-button';
import { SettingsFrame } from '@/components/layout/settings-frame';
import { Section } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { listFindingSets } from '@/features/record/finding-sets/queries';
import { FindingSetForm } from '@/features/record/finding-sets/ui/finding-set-form';
import { addStarterTemplatesAction } from '@/features/record/templates/actions';
import { VISIT_KINDS } from '@/features/record/templates/policy';
import { listTemplates } from '@/features/record/templates/queries';
import { TemplateForm } from '@/features/record/templates/ui/template-form';
import { load, staffPage } from '@/lib/actions/staff';

export const metadata: Metadata = { title: 'Templates' };

/** What the sheet of an examination shows at each kind of visit. */
export default async function TemplatesPage() {
  const ctx = await staffPage('diagnoses:write');
  const [templates, sets] = await load(Promise.all([listTemplates(ctx), listFindingSets(ctx)]));
  return (
    <>
      <PageHeader
        title="Examination templates"
        description="What the sheet shows at each kind of visit, in which order, and what is normal. The one that fits is chosen by itself, and can be changed on the sheet."
      />
      <SettingsFrame hasOrganization={ctx.can('settings:read')}>
        <div className="grid gap-5">
          {templates.length === 0 ? (
            <Section
              title="No templates yet"
              actions={
                <ActionButton action={addStarterTemplatesAction}>Begin with common templates</ActionButton>
              }
            >
              <p className="text-text-muted">
                Until there is one, the sheet shows everything. Begin with eight that are common, and change
                them to your own way.
              </p>
            </Section>
          ) : null}
          {templates.map((template) => (
            <details key={template.id} className="rounded-lg border border-border bg-surface-raised">
              <summary className="flex min-h-12 cursor-pointer flex-wrap items-center gap-x-3 px-5 py-2 text-text">
                <span className="font-semibold">{template.name}</span>
                <span className="text-[0.8125rem] text-text-muted">
                  {VISIT_KINDS[template.kind]}
                  {template.isOwn ? ', mine' : ''}
                </span>
              </summary>
              <div className="p-5 pt-2">
                <TemplateForm template={template} />
              </div>
            </details>
          ))}
          <Section title="New template">
            <TemplateForm />
          </Section>
          {sets.map((set) => (
            <details key={set.id} className="rounded-lg border border-border bg-surface-raised">
              <summary className="flex min-h-12 cursor-pointer flex-wrap items-center gap-x-3 px-5 py-2 text-text">
                <span className="font-semibold">{set.name}</span>
                <span className="text-[0.8125rem] text-text-muted">
                  Named findings{set.isOwn ? ', mine' : ''}
                </span>
              </summary>
              <div className="p-5 pt-2">
                <FindingSetForm set={set} />
              </div>
            </details>
          ))}
          <Section
            title="New named findings"
            description="What is often written together of one eye. On the sheet one press puts it into the rows."
          >
            <FindingSetForm />
          </Section>
        </div>
      </SettingsFrame>
    </>
  );
}
