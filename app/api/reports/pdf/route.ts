import { z } from 'zod';
import { analyticsPdf } from '@/features/insight/reports/pdf/analytics';
import { basicReportPdf } from '@/features/insight/reports/pdf/basic';
import { getAnalytics, getBasicReport, readRange } from '@/features/insight/reports/queries';
import { reportQuery } from '@/features/insight/reports/schema';
import { staffDocument } from '@/lib/actions/exports';
import { inPdfTurn } from '@/lib/pdf/turn';

/** A report under the hospital's letterhead, to print or to send on. */
export const GET = staffDocument({
  permission: 'reports:read',
  audit: 'report.export',
  target: ({ what }) => `report:${what}-pdf`,
  query: reportQuery.extend({ what: z.enum(['basic', 'analytics']).catch('basic') }),
  document: async (ctx, query) => {
    const { what } = query;
    const range = readRange(ctx, query);
    const content = await inPdfTurn(ctx.organizationId, async () =>
      what === 'basic'
        ? basicReportPdf(ctx, await getBasicReport(ctx, range), range)
        : analyticsPdf(ctx, await getAnalytics(ctx, range), range),
    );
    return { name: `${what}-${range.from}-${range.to}.pdf`, contentType: 'application/pdf', content };
  },
});
