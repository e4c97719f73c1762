import 'server-only';
import { notFound } from 'next/navigation';
import type { z } from 'zod';
import type { ActionResult } from '../action-result';
import { recordPlatformAudit } from '../audit/record';
import { getPrincipal, type PlatformPrincipal } from '../auth/principal';
import { AppError, isAppError } from '../errors';
import { takePoint } from '../rate-limit/limiter';
import { requestFacts } from '../request';
import { failPage, toFailure } from './failure';
import { formFields, invalid } from './form';
import { markGated } from './gated';

/** A super-admin at work. Holds no way into an organization's database. */
export type PlatformContext = Readonly<{
  actor: { kind: 'platform'; userId: string; name: string; email: string };
  requestId: string;
  /** For the audit log; absent outside a request. */
  request?: { ip: string; userAgent: string };
}>;

async function contextOf(principal: PlatformPrincipal): Promise<PlatformContext> {
  const { requestId, ip, userAgent } = await requestFacts();
  const { userId, name, email } = principal;
  return Object.freeze({
    actor: { kind: 'platform' as const, userId, name, email },
    requestId,
    request: { ip, userAgent },
  });
}

/** The gate for pages under /platform: for everybody else they do not exist. */
export async function platformPage(): Promise<PlatformContext> {
  let principal: Awaited<ReturnType<typeof getPrincipal>>;
  try {
    principal = await getPrincipal();
  } catch (error) {
    return failPage(error);
  }
  if (principal?.kind !== 'platform') notFound();
  return contextOf(principal);
}

/** @throws AppError NOT_FOUND for everybody who is not a super-admin. */
export async function requirePlatformAdmin(): Promise<PlatformContext> {
  const principal = await getPrincipal();
  if (principal?.kind !== 'platform') throw new AppError('NOT_FOUND', 'There is nothing here.');
  return contextOf(principal);
}

type PlatformAction<S extends z.ZodType, T> = {
  input: S;
  audit: string;
  target?: (input: z.output<S>) => string | undefined;
  organizationId?: (input: z.output<S>) => string | undefined;
  run: (ctx: PlatformContext, input: z.output<S>) => Promise<T>;
  message?: string;
};

/** The only way to expose a write to the company's people. Same order as staffAction. */
export function platformAction<S extends z.ZodType, T>(definition: PlatformAction<S, T>) {
  const action = async (_previous: ActionResult<T>, form: FormData): Promise<ActionResult<T>> => {
    const fields = form instanceof FormData ? formFields(form) : {};
    try {
      const ctx = await requirePlatformAdmin();
      await takePoint('platform.user', ctx.actor.userId);
      const parsed = definition.input.safeParse(fields);
      if (!parsed.success) return invalid(parsed.error, fields);
      const event = {
        actor: { kind: 'platform' as const, id: ctx.actor.userId, name: ctx.actor.name },
        action: definition.audit,
        target: definition.target?.(parsed.data),
        organizationId: definition.organizationId?.(parsed.data),
        requestId: ctx.requestId,
        request: ctx.request,
      };
      try {
        const data = await definition.run(ctx, parsed.data);
        await recordPlatformAudit(event);
        return { status: 'ok', data, ...(definition.message ? { message: definition.message } : {}) };
      } catch (error) {
        if (isAppError(error)) await recordPlatformAudit({ ...event, result: 'failed' });
        throw error;
      }
    } catch (error) {
      return toFailure(error, fields);
    }
  };
  return markGated(action, 'platform', definition);
}
