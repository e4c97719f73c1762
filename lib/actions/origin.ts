import 'server-only';
import { env } from '../env';
import { AppError } from '../errors';
import { FOREIGN_ORIGIN, isOwnOrigin } from '../origin';

/**
 * For handlers that change something. The middleware asks the same first; a gate does not lean on it alone.
 * @throws AppError FORBIDDEN.
 */
export function assertOwnOrigin(request: Request): void {
  if (!isOwnOrigin(request, env().NEXTAUTH_URL)) throw new AppError('FORBIDDEN', FOREIGN_ORIGIN);
}
