import { z } from 'zod';
import { analyticsPdf } from '@/features/insight/reports/pdf/analytics';
import { basicReportPdf } from '@/features/insight/reports/pdf/basic';
import { getAnalytics, getBasicReport } from '@/features/insight/reports/queries';
import { rangeOf, reportQuery } from '@/features/insight/reports/schema';
import { staffRoute } from '@/lib/actions/staff';
import { recordAudit } from '@/lib/audit/record';
import { inPdfTurn } from '@/lib/pdf/turn';
import { today } from '@/lib/time';

const query = reportQuery.extend({ what: z.enum(['basic', 'analytics']).catch('basic') });

/** A report under the hospital's letterhead, to print or to send on. */
export const GET = staffRoute('reports:read', async (ctx, request) => {
  const asked = query.parse(Object.fromEntries(new URL(request.url).searchParams));
  const range = rangeOf(asked, today(ctx.timeZone));
  const pdf = await inPdfTurn(ctx.organizationId, async () =>
    asked.what === 'basic'
      ? basicReportPdf(ctx, await getBasicReport(ctx, range), range)
      : analyticsPdf(ctx, await getAnalytics(ctx, range), range),
  );
  await recordAudit(ctx, { action: 'report.export', target: `report:${asked.what}-pdf` });
  return new Response(new Uint8Array(pdf), {
    headers: {
      'content-type': 'application/pdf',
      'content-length': String(pdf.length),
      'content-disposition': `attachment; filename="${asked.what}-${range.from}-${range.to}.pdf"`,
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
    },
  });
});
