import 'server-only';
import { findSamples } from '@/features/patients/patients/queries';
import type { TenantContext } from '@/lib/tenancy/context';

/** How many sample patients there are. */
export const countSamples = async (ctx: TenantContext): Promise<number> => (await findSamples(ctx)).length;
