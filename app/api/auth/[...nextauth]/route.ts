import { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { failResponse } from '@/lib/actions/failure';
import { markGated } from '@/lib/actions/gated';
import { authOptions } from '@/lib/auth/options';
import { signInInput } from '@/lib/auth/sign-in';
import { masterConnection } from '@/lib/master/connection';
import { paths } from '@/lib/paths';
import { readUpTo } from '@/lib/read-body';

type Context = { params: Promise<{ nextauth: string[] }> };

/** An e-mail, a password and a token are far below. */
const MAX_BYTES = 16 * 1024;

async function handle(request: Request, context: Context): Promise<Response> {
  if (request.method !== 'POST') return NextAuth(authOptions())(request, context);
  const body = await readUpTo(request, MAX_BYTES);
  if (!body) return Response.json({ error: 'TOO_LARGE' }, { status: 413 });
  const again = () =>
    new NextRequest(request.url, { method: 'POST', headers: request.headers, body: new Uint8Array(body) });
  const segments = (await context.params).nextauth;
  if (segments.join('/') === 'callback/credentials') {
    const refused = await checkCredentials(again());
    if (refused) return refused;
  }
  return NextAuth(authOptions())(again(), context);
}

/** 400 for input that is not an e-mail and a password in plain text, 503 while the database is away. */
async function checkCredentials(request: Request): Promise<Response | null> {
  try {
    const isJson = request.headers.get('content-type')?.includes('application/json');
    const body: unknown = isJson ? await request.json() : Object.fromEntries(await request.formData());
    if (!signInInput.safeParse(body).success) {
      return Response.json({ error: 'INVALID_INPUT', url: loginUrl('MALFORMED', request) }, { status: 400 });
    }
  } catch {
    return Response.json({ error: 'INVALID_INPUT', url: loginUrl('MALFORMED', request) }, { status: 400 });
  }
  try {
    const connection = await masterConnection();
    await connection.getClient().db('admin').command({ ping: 1 }, { timeoutMS: 3_000 });
    return null;
  } catch (error) {
    return failResponse(error);
  }
}

const loginUrl = (problem: string, request: Request): string =>
  new URL(`${paths.login}?error=${problem}`, request.url).toString();

const gated = markGated(handle, 'public');

export { gated as GET, gated as POST };
