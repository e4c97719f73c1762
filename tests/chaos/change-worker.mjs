// One change as a process of its own, to be killed at a message to the database. Its argument is the kind of
// change. Takes lines of JSON `{ organizationId, userId, token, killAt?, sale?, goods? }`; `token` names the
// change in its record and entry. Answers with the commands that were sent, in order; one that dies says
// before which sessions it leaves in a transaction.
import { writeSync } from 'node:fs';
import { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import mongoose from 'mongoose';
import { importModule } from '../../scripts/lib/app.mjs';

const { asPerson } = /** @type {typeof import('../../lib/actions/person.ts')} */ (
  await importModule('lib/actions/person.ts')
);
const { withEntry } = /** @type {typeof import('../../lib/audit/audited.ts')} */ (
  await importModule('lib/audit/audited.ts')
);
const { AuditDraft } = /** @type {typeof import('../../lib/audit/draft.ts')} */ (
  await importModule('lib/audit/draft.ts')
);
const { settlePlatform, settleStaff } = /** @type {typeof import('../../lib/audit/notes.ts')} */ (
  await importModule('lib/audit/notes.ts')
);
await importModule('server/tenant-models.ts');

/** @typedef {import('../../lib/tenancy/context.ts').TenantContext} TenantContext */
/** @typedef {{ index: number, moment: 'before' | 'sent' }} Death */
/** @typedef {'organization' | 'support' | 'master' | 'company' | 'sale' | 'goods'} ChangeKind */
/**
 * @typedef {{ organizationId: string, userId: string, token: string,
 *   killAt?: Death, sale?: { lines: object[], totalMinor: number }, goods?: object }} Question
 */
/** @typedef {Extract<TenantContext['actor'], { kind: 'staff' }>} StaffActor */
/** @typedef {(question: Question, ctx: TenantContext & { actor: StaffActor }) => Promise<void>} Change */

/** @param {object} facts */
const answer = (facts) => process.stdout.write(`${JSON.stringify(facts)}\n`);

/**
 * An OP_MSG begins with 16 bytes of header, 4 of flags, 1 of kind, 4 of length and 1 of type; then comes the
 * name of the command.
 */
const NAME_AT = 26;
const IDLE = ['hello', 'ismaster', 'ping', 'endSessions'];

/** @param {Buffer} message */
const commandOf = (message) => message.toString('latin1', NAME_AT, message.indexOf(0, NAME_AT));

/** Its body begins before the type. @param {Buffer} message @returns the session of a transaction */
function sessionOf(message) {
  const begin = NAME_AT - 5;
  const body = message.subarray(begin, begin + message.readInt32LE(begin));
  const { lsid, autocommit } = mongoose.mongo.BSON.deserialize(body);
  return autocommit === false ? lsid.id.toString('hex') : null;
}

/**
 * Counts messages to the database, and dies at one of them: before it is sent, or when it is on its way.
 * @param {Death | undefined} killAt
 */
function watch(killAt) {
  /** @type {string[]} */
  const sent = [];
  /** @type {Set<string>} */
  const sessions = new Set();
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

/**
 * As the gate of staff does it: the service with an entry to write, then the entry into the log.
 * @param {TenantContext} ctx
 * @param {string} action
 * @param {(ctx: TenantContext) => Promise<unknown>} run
 */
async function byStaff(ctx, action, run) {
  const acting = withEntry(ctx, action);
  await run(acting);
  await settleStaff(acting, acting.audit);
}

async function registering() {
  const { registerPatient } = /** @type {typeof import('../../features/patients/patients/service.ts')} */ (
    await importModule('features/patients/patients/service.ts')
  );
  const { registerPatientInput } =
    /** @type {typeof import('../../features/patients/patients/schema.ts')} */ (
      await importModule('features/patients/patients/schema.ts')
    );
  const patient = registerPatientInput.parse({
    firstName: 'Asha',
    lastName: 'Rao',
    phone: '98450 12345',
    dateOfBirth: '1990-01-01',
    sex: 'female',
    allowDuplicate: 'yes',
  });
  /** @type {Change} */
  const register = (_, ctx) => byStaff(ctx, 'patient.register', (acting) => registerPatient(acting, patient));
  return register;
}

/** @type {Record<ChangeKind, () => Promise<Change>>} each loads what it needs and nothing else */
const CHANGES = {
  organization: registering,
  support: async () => {
    const register = await registering();
    return (question, ctx) => {
      const actor = { ...ctx.actor, onBehalfOf: { id: ctx.actor.userId, name: 'Owner' } };
      return register(question, { ...ctx, actor });
    };
  },
  sale: async () => {
    const { sell } = /** @type {typeof import('../../features/dispensary/sales/service/index.ts')} */ (
      await importModule('features/dispensary/sales/service/index.ts')
    );
    const { sellInput } = /** @type {typeof import('../../features/dispensary/sales/schema.ts')} */ (
      await importModule('features/dispensary/sales/schema.ts')
    );
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
    const { receiveGoods } =
      /** @type {typeof import('../../features/pharmacy/goods-receipts/service/index.ts')} */ (
        await importModule('features/pharmacy/goods-receipts/service/index.ts')
      );
    const { receiveGoodsInput } =
      /** @type {typeof import('../../features/pharmacy/goods-receipts/schema.ts')} */ (
        await importModule('features/pharmacy/goods-receipts/schema.ts')
      );
    return ({ token, goods }, ctx) =>
      byStaff(ctx, 'goods.receive', (acting) =>
        receiveGoods(
          acting,
          receiveGoodsInput.parse({ ...goods, requestKey: token, invoiceNumber: token.replaceAll('-', '') }),
        ),
      );
  },
  master: async () => {
    const { sendFeedback } = /** @type {typeof import('../../features/support/feedback/service.ts')} */ (
      await importModule('features/support/feedback/service.ts')
    );
    const feedback = { mood: /** @type {const} */ ('3'), text: 'Fine', mayContact: false, page: '/today' };
    return (_, ctx) => byStaff(ctx, 'feedback.send', (acting) => sendFeedback(acting, feedback));
  },
  company: async () => {
    const { openIncident } = /** @type {typeof import('../../features/fleet/status/service.ts')} */ (
      await importModule('features/fleet/status/service.ts')
    );
    /** @type {Omit<import('../../features/fleet/status/schema.ts').OpenIncidentInput, 'title'>} */
    const incident = { impact: 'degraded', components: ['application'], text: 'Looking into it' };
    return async ({ token }, { actor }) => {
      const audit = new AuditDraft('incident.open');
      const company = {
        kind: /** @type {const} */ ('platform'),
        userId: actor.userId,
        name: token,
        email: '',
      };
      await openIncident({ actor: company, requestId: token, audit }, { ...incident, title: token });
      await settlePlatform(audit);
    };
  },
};

/** @param {string | undefined} name @returns {name is ChangeKind} */
const isKind = (name) => name !== undefined && Object.hasOwn(CHANGES, name);
const [, , kind] = process.argv;
if (!isKind(kind)) throw new Error(`No kind of change: ${kind}`);
const make = await CHANGES[kind]();

/**
 * @param {Question} question
 * @param {TenantContext} person
 */
async function change(question, person) {
  if (person.actor.kind !== 'staff') throw new Error('Only people make changes here');
  const { token } = question;
  await make(question, { ...person, actor: { ...person.actor, name: token }, requestId: token });
}

/** @type {Partial<Record<ChangeKind, 'sales:write' | 'purchases:write'>>} */
const NEEDS = { sale: 'sales:write', goods: 'purchases:write' };

answer({ ready: true });
for await (const line of createInterface(process.stdin)) {
  /** @type {Question} */
  const asked = JSON.parse(line);
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
