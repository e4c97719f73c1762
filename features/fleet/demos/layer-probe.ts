export { mintTenantContext } from '../../../lib/tenancy/context';
