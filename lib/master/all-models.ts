import 'server-only';
// Loading a model file declares its collection; ensureMasterIndexes creates all that are declared here.
import './models/audit-event';
import './models/cell';
import './models/invitation';
import './models/job';
import './models/membership';
import './models/organization';
import './models/organization-key';
import './models/passkey';
import './models/provisioning';
import './models/rate-limit';
import './models/revenue-movement';
import './models/second-factor';
import './models/session';
import './models/stripe-event';
import './models/user';
import './models/user-token';
