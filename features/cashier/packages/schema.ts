import { z } from 'zod';
import { cursor } from '@/lib/address-query';

/** The address of the list of packages. */
export const packageListQuery = z.object({ after: cursor(), before: cursor() });
export type PackageListQuery = z.output<typeof packageListQuery>;

export const packageExportQuery = z.object({});
