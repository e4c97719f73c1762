import 'server-only';
import { headers } from 'next/headers';
import { forbidden, notFound, redirect } from 'next/navigation';
import type { z } from 'zod';
import type { ActionResult } from '../action-result';
import { AuditDraft } from '../audit/draft';
import { settlePlatform } from '../audit/notes';
import { recordPlatformAudit } from '../audit/record';
import { confirmAgain } from '../auth/again';
import { type PlatformPermission, platformCan } from '../auth/platform-permissions';
import { getPrincipal, type PlatformPrincipal, type Principal } from '../auth/principal';
import { requestFacts } from '../auth/request';
import { AppError, isAppError } from '../errors';
import { PLATFORM } from '../paths';
import { countPoint, takePoint } from '../rate-limit/limiter';
import { runWithEntry } from './entry';
import { failPage, failResponse, toFailure } from './failure';
import { formFields, invalid } from './form';
import { markGated } from './gated';
import { assertOwnOrigin } from './origin';
import { masterAnswerOf, type Press, pressOf } from './replay';

/** One of the company's people at work. Holds no way into an organization's database. */
export type PlatformContext = Readonly<{
  actor: {
    kind: 'platform';
    userId: string;
    name: string;
    email: string;
    /** The session that asks; absent outside a request. */
    sessionId?: string;
  };
  requestId: string;
  /** For the audit log; absent outside a request. */
  request?: { ip: string; userAgent: string };
  /** The audit entry that the running action leaves; absent in pages. */
  audit?: AuditDraft;
}>;

/** The same for a page, which leaves out what the person may not do. */
export type PlatformVisit = PlatformContext & { can: (permission: PlatformPermission) => boolean };

/** Only what sets a second factor up is open to somebody who has none. */
type SetUpOption = { beforeSecondFactor?: boolean | undefined };

async function contextOf(principal: PlatformPrincipal): Promise<PlatformContext> {
  const { requestId, ip, userAgent } = await requestFacts();
  const { userId, name, email, sessionId } = principal;
  return Object.freeze({
    actor: { kind: 'platform' as const, userId, name, email, sessionId },
    requestId,
    request: { ip, userAgent },
  });
}

/**
 * A hospital's person at one of the company's doors: for them it does not exist, and the company's log says
 * who knocked.
 * Strangers without a session are not written down, or anybody could fill the log.
 */
async function noteRefusal(principal: Principal | null, action: string): Promise<void> {
  if (principal?.kind !== 'staff') return;
  if (!(await countPoint('platform-refusal.user', principal.userId)).allowed) return;
  const { requestId, ip, userAgent } = await requestFacts();
  await recordPlatformAudit({
    actor: { kind: 'staff', id: principal.userId, name: principal.name },
    action,
    ...(await pageTarget()),
    organizationId: principal.organization._id.toString(),
    result: 'refused',
    requestId,
    request: { ip, userAgent },
  });
}

const pageTarget = async (): Promise<{ target?: string }> => {
  const path = (await headers()).get('x-path')?.split('?', 1)[0]?.slice(0, 150);
  return path ? { target: `page:${path}` } : {};
};

/** One of the company's people at what their role does not open; at most ten entries a minute. */
async function noteRoleRefusal(ctx: PlatformContext, action: string, about: { target?: string } = {}) {
  if (!(await countPoint('platform-refusal.user', ctx.actor.userId)).allowed) return;
  await recordPlatformAudit({ ...deedOf(ctx, action), ...about, result: 'refused' });
}

/**
 * The gate for pages under /platform. For everybody else they do not exist; one of the company's people gets
 * the 403 page for what the role does not open, and is led to the second factor while there is none.
 */
export async function platformPage(
  permission: PlatformPermission,
  options: SetUpOption = {},
): Promise<PlatformVisit> {
  let principal: Awaited<ReturnType<typeof getPrincipal>>;
  try {
    principal = await getPrincipal();
  } catch (error) {
    return failPage(error);
  }
  if (principal?.kind !== 'platform') {
    await noteRefusal(principal, 'page.open');
    notFound();
  }
  if (principal.mustSetUpSecondFactor && !options.beforeSecondFactor) redirect(PLATFORM.secondFactorSetup);
  const can = (one: PlatformPermission) => platformCan(principal.role, one);
  const ctx = await contextOf(principal);
  if (!can(permission)) {
    await noteRoleRefusal(ctx, 'page.open', await pageTarget());
    forbidden();
  }
  return Object.freeze({ ...ctx, can });
}

/**
 * The gate for actions and route handlers.
 * @throws AppError NOT_FOUND for everybody who is not of the company, FORBIDDEN for those whose role does not
 * allow it and for those without a second factor.
 */
async function requirePlatform(
  permission: PlatformPermission,
  action: string,
  options: SetUpOption = {},
): Promise<PlatformContext> {
  const principal = await getPrincipal();
  if (principal?.kind !== 'platform') {
    await noteRefusal(principal, action);
    throw new AppError('NOT_FOUND', 'There is nothing here.');
  }
  const ctx = await contextOf(principal);
  const refuse = async (sentence: string): Promise<never> => {
    await noteRoleRefusal(ctx, action);
    throw new AppError('FORBIDDEN', sentence);
  };
  if (principal.mustSetUpSecondFactor && !options.beforeSecondFactor)
    return refuse('Set up a second factor first.');
  if (!platformCan(principal.role, permission))
    return refuse('Your role does not allow this. Ask an owner of the team.');
  return ctx;
}

/** The part of an entry in the company's log that says who did what, and from where. */
export const deedOf = (ctx: PlatformContext, action: string) => ({
  actor: { kind: 'platform' as const, id: ctx.actor.userId, name: ctx.actor.name },
  action,
  requestId: ctx.requestId,
  request: ctx.request,
});

/** Counts one act of a person of the company; the first refusal of each window is in the log. */
async function takeCompanyPoint(ctx: PlatformContext, action: string): Promise<void> {
  try {
    await takePoint('platform.user', ctx.actor.userId);
  } catch (error) {
    if (isAppError(error) && !error.isRepeated)
      await recordPlatformAudit({ ...deedOf(ctx, action), result: 'refused' });
    throw error;
  }
}

type PlatformAction<S extends z.ZodType, T> = SetUpOption & {
  permission: PlatformPermission;
  input: S;
  audit: string;
  target?: (input: z.output<S>) => string | undefined;
  organizationId?: (input: z.output<S>) => string | undefined;
  /** Why a run that succeeds may leave the entry to the gate, as in staffAction. */
  entryAfter?: string;
  /** Asks for the current password, or a code of the app, in `currentPassword`, as in staffAction. */
  again?: boolean | ((input: z.output<S>) => boolean);
  run: (ctx: PlatformContext, input: z.output<S>) => Promise<T>;
  message?: string | ((data: T) => string);
};

/** The only way to expose a write to the company's people. Same order as staffAction. */
export function platformAction<S extends z.ZodType, T>(definition: PlatformAction<S, T>) {
  const action = async (_previous: ActionResult<T>, form: FormData): Promise<ActionResult<T>> => {
    let press: Press | null = null;
    try {
      const ctx = await requirePlatform(definition.permission, definition.audit, definition);
      const who = deedOf(ctx, definition.audit);
      await takeCompanyPoint(ctx, definition.audit);
      const fields = formFields(form);
      const parsed = definition.input.safeParse(fields);
      if (!parsed.success) return invalid(parsed.error, fields);
      press = pressOf(form, ctx.actor.userId, definition.audit, fields);
      const event = {
        ...who,
        target: definition.target?.(parsed.data),
        organizationId: definition.organizationId?.(parsed.data),
      };
      const { again } = definition;
      try {
        if (typeof again === 'function' ? again(parsed.data) : again)
          await confirmAgain(ctx.actor.userId, fields.currentPassword);
        const draft = new AuditDraft(definition.audit, { ...event, requestId: press?.id });
        const leaving = {
          draft,
          entryAfter: definition.entryAfter,
          settle: () => settlePlatform(draft),
          record: () => recordPlatformAudit(event),
        };
        const acting = Object.freeze({ ...ctx, audit: draft });
        const data = await runWithEntry(leaving, () => definition.run(acting, parsed.data));
        const message =
          typeof definition.message === 'function' ? definition.message(data) : definition.message;
        return { status: 'ok', data, ...(message ? { message } : {}) };
      } catch (error) {
        if (isAppError(error)) await recordPlatformAudit({ ...event, result: 'failed' });
        throw error;
      }
    } catch (error) {
      const earlier = press && (await masterAnswerOf(press).catch(() => null));
      return earlier ?? toFailure(error, form);
    }
  };
  return markGated(action, 'platform', definition);
}

type Params = Record<string, string | string[] | undefined>;

/**
 * Wraps a route handler of the company: origin, gate, rate limit, then `handle`, then the error map. `audit`
 * names the attempt in the company's log when it is refused. A way out is made by `platformExport`
 * (exports.ts).
 */
export function platformRoute<P extends Params = Params>(
  permission: PlatformPermission,
  audit: string,
  handle: (ctx: PlatformContext, request: Request, params: P) => Promise<Response>,
  { wayOut }: { wayOut?: string } = {},
) {
  const route = async (request: Request, context: { params: Promise<P> }): Promise<Response> => {
    try {
      assertOwnOrigin(request);
      const ctx = await requirePlatform(permission, audit);
      await takeCompanyPoint(ctx, audit);
      return await handle(ctx, request, await context.params);
    } catch (error) {
      return failResponse(error);
    }
  };
  return markGated(route, 'platform', { permission, wayOut });
}
