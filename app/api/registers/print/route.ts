import { printRegister } from '@/features/dispensary/registers/print-register';
import { registerQuery } from '@/features/dispensary/registers/schema';
import { staffDocument } from '@/lib/actions/exports';

/** The register of a class in a month, for who inspects it. */
export const GET = staffDocument({
  permission: 'dispenses:read',
  audit: 'register.print',
  target: (query) => `register:${query.class ?? ''}:${query.month ?? ''}`,
  query: registerQuery,
  document: (ctx, query) => printRegister(ctx, query),
});
