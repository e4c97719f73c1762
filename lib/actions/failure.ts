import 'server-only';
import { unstable_rethrow } from 'next/navigation';
import type { ActionResult } from '../action-result';
import { requestFacts } from '../auth/request';
import { isAppError, isDatabaseUnavailable } from '../errors';
import { logger } from '../logger';
import { paths } from '../paths';
import { echo, typedInto } from './form';

/**
 * The one place where a thrown error becomes an answer. Expected failures keep their sentence, a lost
 * database says so, anything else is our bug: logged with the request id and shown with nothing but that id.
 */
export async function toFailure(error: unknown, form: unknown): Promise<ActionResult<never>> {
  unstable_rethrow(error); // redirect(), notFound() and forbidden() travel as errors
  const { requestId } = await requestFacts();
  const values = echo(typedInto(form));
  if (isAppError(error) && error.code !== 'UNAVAILABLE') {
    if (error.field)
      return {
        status: 'invalid',
        fieldErrors: { [error.field]: [error.message] },
        values,
        message: error.message,
      };
    return { status: 'error', code: error.code, message: error.message, values };
  }
  if (isDatabaseUnavailable(error)) {
    logger.warn({ err: error, requestId }, 'database unavailable');
    const message =
      'We cannot reach the database right now. Nothing was saved; please try again in a minute.';
    return { status: 'error', code: 'UNAVAILABLE', message, requestId, values };
  }
  logger.error({ err: error, requestId }, 'unexpected error in an action');
  const message =
    'Something went wrong on our side. Please try again; if it stays, tell support the number below.';
  return { status: 'error', code: 'INTERNAL', message, requestId, values };
}

/** The same map for pages: a lost database leads to a page with status 503, a missing record to 404. */
export async function failPage(error: unknown): Promise<never> {
  unstable_rethrow(error);
  const { notFound, forbidden, redirect } = await import('next/navigation');
  if (isAppError(error) && error.code === 'NOT_FOUND') notFound();
  if (isAppError(error) && error.code === 'FORBIDDEN') forbidden();
  if (isAppError(error) && error.code === 'MAINTENANCE') redirect(`${paths.unavailable}?why=maintenance`);
  if (isDatabaseUnavailable(error)) {
    const { requestId } = await requestFacts();
    logger.warn({ err: error, requestId }, 'database unavailable');
    redirect(`${paths.unavailable}?id=${requestId}`);
  }
  throw error;
}

/** Who asked has gone before all of it had arrived, as Node says it; nothing is wrong with us. */
const isGone = (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === 'ECONNRESET' && error.message === 'aborted';

/** The same map for route handlers. */
export async function failResponse(error: unknown): Promise<Response> {
  const { requestId } = await requestFacts();
  if (isAppError(error) && error.code !== 'UNAVAILABLE') {
    const headers = error.retryAfterSeconds ? { 'Retry-After': String(error.retryAfterSeconds) } : {};
    const about = error.field ? { field: error.field } : {};
    return Response.json(
      { error: error.code, message: error.message, ...about },
      { status: error.status, headers },
    );
  }
  if (isDatabaseUnavailable(error)) {
    const message = isAppError(error) ? error.message : 'We cannot reach the database right now.';
    const body = { error: 'UNAVAILABLE', message, requestId };
    return Response.json(body, { status: 503, headers: { 'Retry-After': '10' } });
  }
  // Nobody reads the answer; the number is nginx's for it.
  if (isGone(error)) return new Response(null, { status: 499 });
  logger.error({ err: error, requestId }, 'unexpected error in a route handler');
  const body = { error: 'INTERNAL', message: 'Something went wrong on our side.', requestId };
  return Response.json(body, { status: 500 });
}
