/**
 * Runs once when the server starts. The Node part is apart, because Next also compiles this file for other
 * runtimes.
 */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { start } = await import('./server/start');
  await start();
}

export async function onRequestError(
  error: unknown,
  request: { path: string; method: string; headers: Record<string, string | string[] | undefined> },
): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { logger } = await import('./lib/logger');
  const requestId = request.headers['x-request-id'];
  const digest = error instanceof Error && 'digest' in error ? error.digest : undefined;
  logger.error(
    { err: error, requestId, digest, method: request.method, path: request.path.split('?')[0] },
    'request failed',
  );
}
