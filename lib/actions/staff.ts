import 'server-only';
import { refresh } from 'next/cache';
import { forbidden, redirect } from 'next/navigation';
import { after } from 'next/server';
import { cache } from 'react';
import type { z } from 'zod';
import type { ActionResult } from '../action-result';
import { AuditDraft } from '../audit/draft';
import { settleStaff } from '../audit/notes';
import { recordAudit } from '../audit/record';
import { confirmAgain } from '../auth/again';
import { isWrite, type Permission } from '../auth/permissions';
import { getPrincipal } from '../auth/principal';
import { requestFacts } from '../auth/request';
import { branchesOf } from '../branches';
import { AppError, isAppError } from '../errors';
import type { Fields } from '../forms';
import { logger } from '../logger';
import { mailOwners, type Notice } from '../mail/security-notice';
import { organizationFacts } from '../organizations/facts';
import { HOLD_SENTENCE, readOnlyReason, SUSPENDED } from '../organizations/policy';
import { paths } from '../paths';
import { takePoint } from '../rate-limit/limiter';
import { mintTenantContext, type TenantContext } from '../tenancy/context';
import { acquireTenantDatabase } from '../tenancy/factory';
import { countUse } from '../usage/recorder';
import { runWithEntry } from './entry';
import { failPage, failResponse, toFailure } from './failure';
import { formFields, invalid } from './form';
import { markGated } from './gated';
import { assertOwnOrigin } from './origin';
import { answerOf, keepAnswer, type Press, pressOf } from './replay';
import { type Seat, seatOf } from './seat';

/** One context per request and person; the database is given back after the answer has gone. */
const openContext = cache(async (): Promise<{ ctx: TenantContext; seat: Seat } | null> => {
  const principal = await getPrincipal();
  const seat = seatOf(principal);
  // For the company's people a hospital's pages do not exist without the owner's grant.
  if (principal?.kind === 'platform' && !seat) throw new AppError('NOT_FOUND', 'There is nothing here.');
  if (!seat) return null;
  const { organization } = seat;
  const organizationId = organization._id.toString();
  if (organization.suspension) throw new AppError('FORBIDDEN', SUSPENDED);
  // Past any cache: no request opens a database that is being left.
  if (organization.hold?.mode === 'closed') throw new AppError('UNAVAILABLE', HOLD_SENTENCE.closed);
  const { requestId, ip, userAgent } = await requestFacts();
  const lease = await acquireTenantDatabase(organizationId);
  after(() => lease.release());
  const ctx = mintTenantContext({
    organizationId,
    organization: organizationFacts(organization),
    timeZone: organization.timeZone,
    branches: branchesOf(organization.branches),
    branchIds: seat.branchIds,
    branchId: seat.branchId,
    actor: seat.actor,
    can: seat.can,
    db: lease.value,
    requestId,
    request: { ip, userAgent },
  });
  return { ctx, seat };
});

/** Says why a permission is missing: the role's doing, the grant's, or the organization's state. */
function assertPermission({ seat }: { seat: Seat }, permission: Permission): void {
  if (seat.can(permission)) return;
  if (seat.support && !seat.mayEver(permission)) throw supportRefusal();
  if (seat.mayEver(permission)) {
    if (seat.organization.hold?.mode === 'read_only') throw new AppError('CONFLICT', HOLD_SENTENCE.read_only);
    if (seat.organization.status === 'offboarding') {
      const sentence = 'This account is being closed and can only be read. Nothing was changed.';
      throw new AppError('CONFLICT', sentence);
    }
    throw new AppError('PAYMENT_REQUIRED', `${readOnlyReason(seat.organization)} Nothing was changed.`);
  }
  throw new AppError(
    'FORBIDDEN',
    'Your role does not allow this. Ask the owner or an administrator of your organization.',
  );
}

/** Only what sets a second factor up is open to somebody who must have one and has not. */
type SetUpOption = { beforeSecondFactor?: boolean | undefined };

const supportRefusal = (): AppError =>
  new AppError('FORBIDDEN', 'The owner has not allowed this in a support session. Nothing was changed.');

/** Each page and answer that support gets is in the log that the owner reads. */
async function recordLook({ ctx, seat }: { ctx: TenantContext; seat: Seat }, target: string): Promise<void> {
  // The target is without the query: what was searched for may name a patient.
  if (seat.support) await recordAudit(ctx, { action: 'support.look', target });
}

async function takeSeat(permission: Permission, options: SetUpOption = {}) {
  const opened = await openContext();
  if (!opened) throw new AppError('UNAUTHENTICATED', 'Your session has ended. Please sign in again.');
  if (opened.seat.mustSetUpSecondFactor && !options.beforeSecondFactor) {
    throw new AppError(
      'FORBIDDEN',
      'Your organization asks for a second factor. Set it up under Your account first.',
    );
  }
  assertPermission(opened, permission);
  return opened;
}

/**
 * The gate for actions and route handlers.
 * @throws AppError UNAUTHENTICATED, FORBIDDEN, PAYMENT_REQUIRED or UNAVAILABLE.
 */
export async function requireStaff(
  permission: Permission,
  options: SetUpOption = {},
): Promise<TenantContext> {
  return (await takeSeat(permission, options)).ctx;
}

/** The gate for pages: redirects to sign-in, shows the 403 page, or leads to the 503 page. */
export async function staffPage(permission: Permission, options: SetUpOption = {}): Promise<TenantContext> {
  let opened: Awaited<ReturnType<typeof openContext>>;
  try {
    opened = await openContext();
  } catch (error) {
    return failPage(error);
  }
  if (!opened) redirect(await loginAddress());
  if (opened.seat.mustSetUpSecondFactor && !options.beforeSecondFactor) redirect(paths.secondFactorSetup);
  if (!opened.ctx.can(permission)) {
    // A read-only organization still shows its forms' pages as refused, with the reason on the billing page.
    await auditRefusal(opened.ctx, 'page.open', { code: 'FORBIDDEN' }, await pageTarget());
    forbidden();
  }
  await recordLook(opened, await pageTarget()).catch(failPage);
  noteUse(opened, 'page', firstWord(await pathOf()));
  return opened.ctx;
}

/** `/patients/new?x=1` is use of patients. */
const firstWord = (path: string): string => /^\/([a-z-]+)/.exec(path)?.[1] ?? '';

/** The company's people in a support session are not the hospital's use. */
function noteUse({ ctx, seat }: { ctx: TenantContext; seat: Seat }, kind: 'page' | 'call', feature = '') {
  if (seat.support || ctx.actor.kind !== 'staff') return;
  countUse({ organizationId: ctx.organizationId, userId: ctx.actor.userId, feature, kind });
}

async function pageTarget(): Promise<string> {
  return `page:${(await pathOf()).split('?', 1)[0]}`;
}

async function pathOf(): Promise<string> {
  const { headers } = await import('next/headers');
  return (await headers()).get('x-path') ?? paths.today;
}

const loginAddress = async (): Promise<string> => `${paths.login}?next=${encodeURIComponent(await pathOf())}`;

/** Runs a page's reads; a missing record is the 404 page, a lost database the 503 page. */
export async function load<T>(read: Promise<T>): Promise<T> {
  try {
    return await read;
  } catch (error) {
    // A foreign id looks like a missing one, to us as well: both are attempts worth keeping.
    if (isAppError(error) && (error.code === 'NOT_FOUND' || error.code === 'FORBIDDEN'))
      await auditRefusal(undefined, 'page.open', error, await pageTarget());
    return failPage(error);
  }
}

type StaffAction<S extends z.ZodType, T> = SetUpOption & {
  permission: Permission;
  input: S;
  /**
   * Name of the event. Its entry is written in the transaction of the change: `auditedWrite`,
   * `auditedMasterWrite`.
   */
  audit: string;
  /**
   * Asks for the current password, or a code of the authenticator app, in the field `currentPassword`:
   * for what a session that somebody else got hold of must not do.
   */
  again?: boolean | ((input: z.output<S>) => boolean);
  /**
   * What the event is about. A record that the action makes is named in its transaction: `ctx.audit.about`.
   */
  target?: (input: z.output<S>) => string | undefined;
  /**
   * Why a run that succeeds may leave the entry to the gate: what it changes is kept elsewhere, or nothing
   * was to change.
   */
  entryAfter?: string;
  run: (ctx: TenantContext, input: z.output<S>) => Promise<T>;
  /** What all owners are told by mail, once it is done. */
  tellOwners?: (input: z.output<S>, by: string) => Notice | null;
  message?: string | ((data: T) => string);
};

/**
 * The only way to expose a write to staff. Every call, from our form or from curl, passes the same gate in
 * the same order: session, permission, rate limit, input, service, audit, error map. A press that has come
 * before, known by its key, is given its first answer and does nothing.
 */
export function staffAction<S extends z.ZodType, T>(definition: StaffAction<S, T>) {
  const action = async (_previous: ActionResult<T>, form: FormData): Promise<ActionResult<T>> => {
    let ctx: TenantContext | undefined;
    let press: Press | null = null;
    try {
      const opened = await takeSeat(definition.permission, definition);
      ctx = opened.ctx;
      // Every action changes something, also those that anybody may do: one's own account, for one.
      if (opened.seat.support && !isWrite(definition.permission)) throw supportRefusal();
      await takePoints(ctx, 'staff');
      const fields = formFields(form);
      const parsed = definition.input.safeParse(fields);
      if (!parsed.success) return invalid(parsed.error, fields);
      noteUse(opened, 'call');
      press = pressOf(form, opened.seat.actor.userId, definition.audit, fields);
      const earlier = press && (await answerOf<T>(ctx, press));
      if (earlier) return replayed(earlier);
      await askAgain(ctx, definition.again, parsed.data, fields);
      const draft = new AuditDraft(definition.audit, {
        target: definition.target?.(parsed.data),
        requestId: press?.id,
      });
      const acting = mintTenantContext({
        ...ctx,
        branchIds: ctx.isKept ? ctx.ownBranches.map(({ id }) => id) : [],
        ...{ branchId: ctx.branch.id, audit: draft },
      });
      const leaving = {
        draft,
        entryAfter: definition.entryAfter,
        settle: () => settleStaff(acting, draft),
        record: () =>
          recordAudit(acting, { action: draft.action, target: draft.target, changes: draft.changes }),
      };
      const data = await runWithEntry(leaving, () => definition.run(acting, parsed.data));
      const notice = definition.tellOwners?.(parsed.data, ctx.actor.name);
      if (notice) await tell(ctx.organizationId, notice);
      const message =
        typeof definition.message === 'function' ? definition.message(data) : definition.message;
      const answer = { data, ...(message ? { message } : {}) };
      // What was answered to a password is answered to nothing less; one's own account is not kept here.
      const isHeld = (opened.seat.organization.hold?.mode ?? 'none') !== 'none';
      if (press && !isHeld && !definition.again && definition.permission !== 'today:read')
        await keepAnswer(ctx, press, answer);
      return { status: 'ok', ...answer };
    } catch (error) {
      // It may have failed on what the same press has done before.
      const earlier = ctx && press && (await answerOf<T>(ctx, press, true).catch(() => null));
      if (earlier) return replayed(earlier);
      if (isAppError(error)) await auditRefusal(ctx, definition.audit, error);
      return toFailure(error, form);
    }
  };
  return markGated(action, 'staff', definition);
}

/** The first arrival has told no page what it changed: this answer brings the page up to date. */
function replayed<T>(answer: ActionResult<T>): ActionResult<T> {
  if (answer.status === 'ok') refresh();
  return answer;
}

/** The change is stored: a notice that cannot be asked for does not make it fail. */
async function tell(organizationId: string, notice: Notice): Promise<void> {
  try {
    await mailOwners(organizationId, notice);
  } catch (error) {
    logger.error({ err: error, organizationId }, 'the owners could not be told of a change');
  }
}

async function askAgain<T>(
  ctx: TenantContext,
  again: boolean | ((input: T) => boolean) | undefined,
  input: T,
  fields: Fields,
): Promise<void> {
  const isAsked = typeof again === 'function' ? again(input) : again;
  if (!isAsked) return;
  if (ctx.actor.kind !== 'staff') throw new AppError('FORBIDDEN', 'Only people can do this.');
  await confirmAgain(ctx.actor.userId, fields.currentPassword);
}

async function auditRefusal(
  ctx: TenantContext | undefined,
  action: string,
  { code, isRepeated }: Pick<AppError, 'code'> & Partial<AppError>,
  target?: string,
): Promise<void> {
  // A flood that a limit holds back is one entry in each of its windows, from each process that it meets.
  if (isRepeated) return;
  const open = ctx ?? (await openContext().catch(() => null))?.ctx;
  if (!open || code === 'UNAVAILABLE') return;
  try {
    await recordAudit(open, {
      action,
      target,
      result: REFUSED.has(code) ? 'refused' : 'failed',
    });
  } catch (error) {
    logger.error({ err: error, action }, 'refused attempt could not be written to the audit log');
  }
}

const REFUSED: ReadonlySet<string> = new Set([
  'FORBIDDEN',
  'PAYMENT_REQUIRED',
  'NOT_FOUND',
  'TOO_MANY_REQUESTS',
]);

/** The person's own limit first: who is over it takes nothing from the organization's. */
async function takePoints(ctx: TenantContext, kind: 'staff' | 'route'): Promise<void> {
  if (ctx.actor.kind === 'staff') await takePoint(`${kind}.user`, ctx.actor.userId);
  await takePoint(`${kind}.organization`, ctx.organizationId, ctx.organization.plan);
}

type Params = Record<string, string | string[] | undefined>;

/**
 * Wraps a route handler of the clinic: gate, then `handle`, then the error map. JSON errors, never a stack
 * trace. A handler that lets data out as a file is made by `staffExport` or `staffDocument` (exports.ts),
 * which name its entry in `wayOut`. What a page does by itself `isBackground`: it is nobody's use, and
 * changes nothing while the database is moved.
 */
export function staffRoute<P extends Params = Params>(
  permission: Permission,
  handle: (ctx: TenantContext, request: Request, params: P) => Promise<Response>,
  { wayOut, isBackground = false }: { wayOut?: string; isBackground?: boolean } = {},
) {
  const route = async (request: Request, context: { params: Promise<P> }): Promise<Response> => {
    try {
      assertOwnOrigin(request);
      const opened = await takeSeat(permission);
      const { pathname } = new URL(request.url);
      // Looking is not taking away, and what is not a GET may change something.
      const isAllowed = request.method === 'GET' ? !wayOut : isWrite(permission);
      if (opened.seat.support && !isAllowed) throw supportRefusal();
      if (isBackground && request.method !== 'GET' && opened.seat.organization.hold?.mode === 'read_only')
        throw new AppError('CONFLICT', HOLD_SENTENCE.read_only);
      await takePoints(opened.ctx, 'route');
      if (!isBackground) {
        await recordLook(opened, `route:${pathname}`);
        noteUse(opened, 'call');
      }
      return await handle(opened.ctx, request, await context.params);
    } catch (error) {
      if (isAppError(error) && REFUSED.has(error.code))
        await auditRefusal(undefined, 'route.open', error, `route:${new URL(request.url).pathname}`);
      return failResponse(error);
    }
  };
  return markGated(route, 'staff', { permission, wayOut });
}
