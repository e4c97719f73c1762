import 'server-only';
import { getVisit } from '@/features/frontdesk/queue/queries';
import { openMeasures } from '@/features/patients/files/queries';
import { notFoundError } from '@/lib/errors';
import type { TenantContext } from '@/lib/tenancy/context';
import { fromDicom } from './dicom-readings';
import type { DeviceFile } from './readings';

/**
 * What a document of the patient has measured, to be taken over at a visit.
 * @throws AppError NOT_FOUND for a document of somebody else, and for one that has measured nothing.
 */
export async function readDocument(
  ctx: TenantContext,
  visitId: string,
  fileId: string,
): Promise<{ fileId: string; name: string; file: DeviceFile }> {
  const visit = await getVisit(ctx, visitId);
  if (!ctx.can('files:read')) throw notFoundError('document');
  const { file, header } = await openMeasures(ctx, fileId, visit.patientId);
  return { fileId: file.id, name: file.name, file: fromDicom(header) };
}
