import type { TenantContext } from '@/lib/tenancy/context';
import type { Hospital } from './hospitals';

/** Patients, appointments, a queue and stock for one hospital. */
export async function seedClinic(_ctx: TenantContext, _hospital: Hospital): Promise<void> {}
