import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export type Death = { index: number; moment: 'before' | 'sent' };
type Answer = { ready?: true; done?: true; sent?: string[]; error?: string };

/** A process that makes one change. */
export class Changer {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;
  readonly signal: Promise<NodeJS.Signals | null>;
  #output = '';

  constructor() {
    const file = join(import.meta.dirname, 'change-worker.mjs');
    this.#child = spawn(process.execPath, [file], { env: process.env });
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
