import 'server-only';
import type { OrganizationFacts } from '../tenancy/context';

type Row = Omit<OrganizationFacts, 'name' | 'features'> & {
  organizationName: string;
  features: {
    maxUsers?: number | null | undefined;
    maxStorage?: number | null | undefined;
    enableAnalytics: boolean;
    enableReports: boolean;
  };
};

/**
 * What a context says about its organization, from the master's row of it. A limit that is absent is
 * unlimited: null.
 */
export const organizationFacts = (row: Row): OrganizationFacts => ({
  name: row.organizationName,
  timeZone: row.timeZone,
  country: row.country,
  plan: row.plan,
  status: row.status,
  features: {
    maxUsers: row.features.maxUsers ?? null,
    maxStorage: row.features.maxStorage ?? null,
    enableAnalytics: row.features.enableAnalytics,
    enableReports: row.features.enableReports,
  },
});
