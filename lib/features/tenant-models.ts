import 'server-only';
// Loading a model file declares its collection; provisioning creates all that are declared here.
import '@/lib/audit/ledger';
import '@/lib/tenancy/marker';
import './counters/model';
import './examinations/model';
import './files/model';
import './medicines/model';
import './migrations/ledger';
import './patients/model';
import './staff/model';
import './appointments/doctor-day';
import './appointments/model';
import './queue/model';
import './reports/rollups/model';
