import type { OrganizationPurpose } from '@/lib/master/vocabulary';

export const PURPOSE_LABEL: Record<OrganizationPurpose, string> = {
  customer: 'Customer',
  template: 'Template',
  demo: 'Demo',
  sandbox: 'Sandbox',
};

/** Shown under the name of an organization that is not a real hospital. */
export const PURPOSE_SENTENCE: Record<Exclude<OrganizationPurpose, 'customer'>, string> = {
  template: 'Template: enter invented people only',
  demo: 'Demo: nobody here is real',
  sandbox: 'Sandbox: for practice, nobody here is real',
};
