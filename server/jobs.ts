import 'server-only';
import { onlineRefundsWork } from '@/features/cashier/online-refunds/work';
import { paymentLinksWork } from '@/features/cashier/payment-links/work';
import { salesWork } from '@/features/dispensary/sales/work';
import { demosWork } from '@/features/fleet/demos/work';
import { migrationsWork } from '@/features/fleet/migrations/work';
import { operationsWork } from '@/features/fleet/operations/work';
import { placementWork } from '@/features/fleet/placement/work';
import { provisionWork } from '@/features/fleet/provisioning/work';
import { serviceLevelsWork } from '@/features/fleet/service-levels/work';
import { signupWork } from '@/features/fleet/signup/work';
import { statusWork } from '@/features/fleet/status/work';
import { usageWork } from '@/features/fleet/usage/work';
import { appointmentsWork } from '@/features/frontdesk/appointments/work';
import { queueWork } from '@/features/frontdesk/queue/work';
import { recallsWork } from '@/features/frontdesk/recalls/work';
import { accountWork } from '@/features/identity/account/work';
import { staffWork } from '@/features/identity/staff/work';
import { auditWork } from '@/features/insight/audit/work';
import { reportMailsWork } from '@/features/insight/report-mails/work';
import { reportsWork } from '@/features/insight/reports/work';
import { filesWork } from '@/features/patients/files/work';
import { stockUseWork } from '@/features/pharmacy/stock-use/work';
import { customerNotesWork } from '@/features/platform/customer-notes/work';
import { notificationsWork } from '@/features/platform/notifications/work';
import { mergesWork } from '@/features/record/merges/work';
import { agreementsWork } from '@/features/subscription/agreements/work';
import { billingWork } from '@/features/subscription/billing/work';
import { refundWork } from '@/features/subscription/refunds/work';
import { supportAccessWork } from '@/features/support/support-access/work';
import { ticketsWork } from '@/features/support/tickets/work';
import { mailWork } from '@/lib/mail/work';
import type { Work } from '@/lib/work/define-work';

/** All work that the worker knows; what each noun does is said in its own work.ts. */
export const works: readonly Work[] = [
  mailWork,
  ...accountWork,
  ...agreementsWork,
  ...auditWork,
  ...billingWork,
  customerNotesWork,
  ...demosWork,
  ...filesWork,
  ...mergesWork,
  ...migrationsWork,
  ...notificationsWork,
  ...onlineRefundsWork,
  ...operationsWork,
  ...paymentLinksWork,
  ...placementWork,
  provisionWork,
  ...appointmentsWork,
  ...queueWork,
  ...recallsWork,
  ...reportMailsWork,
  ...reportsWork,
  ...salesWork,
  ...signupWork,
  ...staffWork,
  refundWork,
  ...serviceLevelsWork,
  ...statusWork,
  ...stockUseWork,
  ...supportAccessWork,
  ...ticketsWork,
  ...usageWork,
];
