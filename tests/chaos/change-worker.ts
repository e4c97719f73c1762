// One change as a process of its own, to be killed at a message to the database. Its argument is the kind of
// change. Takes lines of JSON `{ organizationId, userId, token, killAt?, sale?, goods? }`; `token` names the
// change in its record and entry. Answers with the commands that were sent, in order; one that dies says
// before which sessions it leaves in a transaction.
import { writeSync } from 'node:fs';
import { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import mongoose from 'mongoose';
import { asPerson } from '@/lib/actions/person';
import { withEntry } from '@/lib/audit/audited';
import { AuditDraft } from '@/lib/audit/draft';
import { settlePlatform, settleStaff } from '@/lib/audit/notes';
import type { Permission } from '@/lib/auth/permissions';
import type { TenantContext } from '@/lib/tenancy/context';
import type { ChangeKind, ChangeQuestion, Death } from './changer';
import '@/server/tenant-models';

type Actor = Extract<TenantContext['actor'], { kind: 'staff' }>;
type Change = (question: ChangeQuestion, ctx: TenantContext & { actor: Actor }) => Promise<void>;

const answer = (facts: object) => process.stdout.write(`${JSON.stringify(facts)}\n`);

/**
 * An OP_MSG begins with 16 bytes of header, 4 of flags, 1 of kind, 4 of length and 1 of type; then comes the
 * name of the command.
 */
const NAME_AT = 26;
const IDLE = ['hello', 'ismaster', 'ping', 'endSessions'];

const commandOf = (message: Buffer): string =>
  message.toString('latin1', NAME_AT, message.indexOf(0, NAME_AT));

/** The session of a transaction; a command's body begins before its type. */
function sessionOf(message: Buffer): string | null {
  const begin = NAME_AT - 5;
  const body = message.subarray(begin, begin + message.readInt32LE(begin));
  const { lsid, autocommit } = mongoose.mongo.BSON.deserialize(body);
  return autocommit === false ? lsid.id.toString('hex') : null;
}

/** Counts messages to the database, and dies at one of them: before it is sent, or when it is on its way. */
function watch(killAt: Death | undefined): string[] {
  const sent: string[] = [];
  const sessions = new Set<string>();
  const write = Socket.prototype.write;
  const die = () => {
    writeSync(process.stdout.fd, `${JSON.stringify({ left: [...sessions] })}\n`);
    process.kill(process.pid, 'SIGKILL');
  };
  Socket.prototype.write = new Proxy(write, {
    apply(target, socket, args) {
      const [data] = args;
      const isMessage = socket.remotePort && Buffer.isBuffer(data) && data.length > NAME_AT;
      const command = isMessage ? commandOf(data) : '';
      if (!isMessage || IDLE.includes(command)) return Reflect.apply(target, socket, args);
      sent.push(command);
      const session = sessionOf(data);
      if (session) sessions.add(session);
      if (sent.length - 1 !== killAt?.index) return Reflect.apply(target, socket, args);
      if (killAt.moment === 'before') die();
      // Given to the system; the answer finds no reader.
      return Reflect.apply(target, socket, [data, () => die()]);
    },
  });
  return sent;
}

/** As the gate of staff does it: the service with an entry to write, then the entry into the log. */
async function byStaff(
  ctx: TenantContext,
  action: string,
  run: (ctx: TenantContext) => Promise<unknown>,
): Promise<void> {
  const acting = withEntry(ctx, action);
  await run(acting);
  await settleStaff(acting, acting.audit);
}

async function registering(): Promise<Change> {
  const { registerPatient } = await import('@/features/patients/patients/service');
  const { registerPatientInput } = await import('@/features/patients/patients/schema');
  const patient = registerPatientInput.parse({
    firstName: 'Asha',
    lastName: 'Rao',
    phone: '98450 12345',
    dateOfBirth: '1990-01-01',
    sex: 'female',
    allowDuplicate: 'yes',
  });
  return (_, ctx) => byStaff(ctx, 'patient.register', (acting) => registerPatient(acting, patient));
}

/** Each loads what it needs and nothing else. */
const CHANGES: Record<ChangeKind, () => Promise<Change>> = {
  organization: registering,
  support: async () => {
    const register = await registering();
    return (question, ctx) => {
      const actor = { ...ctx.actor, onBehalfOf: { id: ctx.actor.userId, name: 'Owner' } };
      return register(question, { ...ctx, actor });
    };
  },
  sale: async () => {
    const { sell } = await import('@/features/dispensary/sales/service');
    const { sellInput } = await import('@/features/dispensary/sales/schema');
    return ({ token, sale }, ctx) =>
      byStaff(ctx, 'sale.issue', (acting) =>
        sell(
          acting,
          sellInput.parse({
            requestKey: token,
            totalMinor: String(sale?.totalMinor),
            lines: JSON.stringify(sale?.lines),
          }),
        ),
      );
  },
  goods: async () => {
    const { receiveGoods } = await import('@/features/pharmacy/goods-receipts/service');
    const { receiveGoodsInput } = await import('@/features/pharmacy/goods-receipts/schema');
    return ({ token, goods }, ctx) =>
      byStaff(ctx, 'goods.receive', (acting) =>
        receiveGoods(
          acting,
          receiveGoodsInput.parse({ ...goods, requestKey: token, invoiceNumber: token.replaceAll('-', '') }),
        ),
      );
  },
  master: async () => {
    const { sendFeedback } = await import('@/features/support/feedback/service');
    const feedback = { mood: '3', text: 'Fine', mayContact: false, page: '/today' } as const;
    return (_, ctx) => byStaff(ctx, 'feedback.send', (acting) => sendFeedback(acting, feedback));
  },
  company: async () => {
    const { openIncident } = await import('@/features/fleet/status/service');
    return async ({ token }, { actor }) => {
      const audit = new AuditDraft('incident.open');
      const company = { kind: 'platform', userId: actor.userId, name: token, email: '' } as const;
      await openIncident(
        { actor: company, requestId: token, audit },
        { title: token, impact: 'degraded', components: ['application'], text: 'Looking into it' },
      );
      await settlePlatform(audit);
    };
  },
};

const isKind = (name: string | undefined): name is ChangeKind =>
  name !== undefined && Object.hasOwn(CHANGES, name);
const [, , kind] = process.argv;
if (!isKind(kind)) throw new Error(`No kind of change: ${kind}`);
const make = await CHANGES[kind]();

async function change(question: ChangeQuestion, person: TenantContext): Promise<void> {
  if (person.actor.kind !== 'staff') throw new Error('Only people make changes here');
  const { token } = question;
  await make(question, { ...person, actor: { ...person.actor, name: token }, requestId: token });
}

const NEEDS: Partial<Record<ChangeKind, Permission>> = { sale: 'sales:write', goods: 'purchases:write' };

answer({ ready: true });
for await (const line of createInterface(process.stdin)) {
  const asked: ChangeQuestion = JSON.parse(line);
  const who = { userId: asked.userId, organizationId: asked.organizationId };
  try {
    await asPerson(who, NEEDS[kind] ?? 'patients:write', async (person) => {
      // Connections, keys and models are there: what is counted is the change.
      await change({ ...asked, token: `${asked.token}-warm` }, person);
      const sent = watch(asked.killAt);
      await change(asked, person);
      answer({ done: true, sent });
    });
  } catch (error) {
    answer({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}
process.exit(0);
