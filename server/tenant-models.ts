import 'server-only';
// Loading a model file declares its collection; provisioning creates all that are declared here.
import '@/lib/audit/ledger';
import '@/lib/tenancy/marker';
import '@/lib/tenancy/counter-model';
import '@/lib/tenancy/request-key-model';
import '@/lib/drafts/model';
import '@/features/record/examinations/model';
import '@/features/patients/allergies/model';
import '@/features/patients/files/model';
import '@/features/pharmacy/medicines/model';
import '@/features/fleet/migrations/ledger';
import '@/features/patients/patients/model';
import '@/features/identity/staff/model';
import '@/features/frontdesk/appointments/doctor-day';
import '@/features/frontdesk/appointments/model';
import '@/features/frontdesk/queue/model';
import '@/features/insight/reports/rollups/model';
import '@/features/patients/notes/model';
import { allTenantModelsAreDeclared } from '@/lib/tenancy/define-tenant-model';

allTenantModelsAreDeclared();
