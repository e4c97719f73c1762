// Loading a model file declares its collection; ensureMasterIndexes creates all that are declared here.
import '@/lib/master/all-models';
import '@/features/fleet/migrations/model';
import '@/features/fleet/status/model';
import '@/features/fleet/usage/model';
import '@/features/identity/face/model';
import '@/features/identity/single-sign-on/model';
import '@/features/insight/report-mails/model';
import '@/features/patients/files/model';
import '@/features/platform/contacts/model';
import '@/features/platform/customer-notes/model';
import '@/features/platform/notifications/model';
import '@/features/platform/team/model';
import '@/features/subscription/agreements/model';
import '@/features/subscription/billing/model';
import '@/features/support/announcements/model';
import '@/features/support/feedback/model';
import '@/features/support/tickets/model';
