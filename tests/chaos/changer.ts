import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import mongoose from 'mongoose';
import { expect } from 'vitest';
import { type Program, programOf } from './program';

export type Death = { index: number; moment: 'before' | 'sent' };
export type ChangeKind = 'organization' | 'support' | 'master' | 'company' | 'sale' | 'goods';
export type ChangeQuestion = {
  organizationId: string;
  userId: string;
  token: string;
  killAt?: Death | undefined;
  sale?: { lines: object[]; totalMinor: number };
  goods?: object;
};
type Answer = { ready?: true; done?: true; sent?: string[]; error?: string; left?: string[] };

/** What a dead process has locked is free again after so long; a minute where nobody says otherwise. */
const ORPHAN_SECONDS = 5;

/** Processes that make one change each; the next one starts while this one works. */
export class Changers {
  readonly #admin = new mongoose.mongo.MongoClient(process.env.MONGODB_URI ?? '');
  #program: Program | null = null;
  #next: Changer | null = null;

  #setLifetime(transactionLifetimeLimitSeconds: number) {
    return this.#admin.db('admin').command({ setParameter: 1, transactionLifetimeLimitSeconds });
  }

  async begin(): Promise<void> {
    this.#program = await programOf('change-worker');
    await this.#setLifetime(ORPHAN_SECONDS);
  }

  async end(): Promise<void> {
    await this.#next?.end();
    this.#program?.remove();
    await this.#setLifetime(60);
    await this.#admin.close();
  }

  /** @returns the commands that were sent; null when it died on the way. */
  async make(kind: ChangeKind, question: ChangeQuestion): Promise<string[] | null> {
    if (!this.#program) throw new Error('Begin first');
    const { file } = this.#program;
    if (this.#next?.kind !== kind) await this.#next?.end();
    const changer = this.#next?.kind === kind ? this.#next : new Changer(file, kind);
    this.#next = new Changer(file, kind);
    const answer = await changer.ask(question);
    if (!answer) {
      expect(await changer.signal).toBe('SIGKILL');
      await this.#endTransactions(changer.left);
      return null;
    }
    expect(answer.error).toBeUndefined();
    await changer.end();
    return answer.sent ?? [];
  }

  /** As the server does it by itself at the end of their lifetime, and nobody waits for that. */
  async #endTransactions(sessions: readonly string[]): Promise<void> {
    const { Binary } = mongoose.mongo;
    const killSessions = sessions.map((id) => ({
      id: new Binary(Buffer.from(id, 'hex'), Binary.SUBTYPE_UUID),
    }));
    if (killSessions.length > 0) await this.#admin.db('admin').command({ killSessions });
  }
}

/** A process that makes one change. */
class Changer {
  readonly kind: ChangeKind;
  /** The sessions that it was in a transaction with when it died. */
  left: readonly string[] = [];
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;
  readonly signal: Promise<NodeJS.Signals | null>;
  #output = '';

  constructor(file: string, kind: ChangeKind) {
    this.kind = kind;
    this.#child = spawn(process.execPath, [file, kind], { env: process.env });
    this.signal = new Promise((resolve) => this.#child.once('exit', (_code, signal) => resolve(signal)));
    this.#child.stderr.on('data', (text) => {
      this.#output += text;
    });
    this.#lines = createInterface(this.#child.stdout)[Symbol.asyncIterator]();
  }

  async #next(): Promise<Answer | null> {
    const { value, done } = await this.#lines.next();
    return done ? null : (JSON.parse(value) as Answer);
  }

  /** @returns null when it died on the way. */
  async ask(question: object): Promise<Answer | null> {
    const first = await this.#next();
    if (!first?.ready) throw new Error(`A process did not start: ${this.#output}`);
    this.#child.stdin.write(`${JSON.stringify(question)}\n`);
    const answer = await this.#next();
    if (!answer?.left) return answer;
    this.left = answer.left;
    return this.#next();
  }

  async end(): Promise<void> {
    this.#child.stdin.end();
    await this.signal;
  }
}

const WRITES = new Set(['insert', 'update', 'findAndModify', 'delete', 'commitTransaction']);

/** Around the first and the last write of each kind; in the long form around every message. */
export function deathsAmong(sent: readonly string[], isLong: boolean): Death[] {
  const around = (index: number): Death[] => [
    { index, moment: 'before' },
    { index, moment: 'sent' },
  ];
  return sent.flatMap((command, index) => {
    const isEdge = sent.indexOf(command) === index || sent.lastIndexOf(command) === index;
    return isLong || (WRITES.has(command) && isEdge) ? around(index) : [];
  });
}
