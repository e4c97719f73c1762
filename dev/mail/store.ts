import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

type Attachment = { filename: string; contentType: string; sizeBytes: number };

export type CaughtMail = {
  id: string;
  from: string;
  /** Everybody it was delivered to: To, Cc and Bcc alike. */
  to: string[];
  subject: string;
  receivedAt: string;
  text: string;
  html: string | null;
  links: string[];
  attachments: Attachment[];
};

const FILE = /^[a-z0-9]+-[a-z0-9]+\.json$/;

/**
 * The caught mails, newest first; each is a file, so that a restart loses nothing. The oldest go beyond
 * `limit`.
 */
export class MailStore {
  readonly #folder: string;
  readonly #limit: number;
  #mails: CaughtMail[] = [];
  #sequence = 0;

  constructor(folder: string, limit = 500) {
    this.#folder = folder;
    this.#limit = limit;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const names = readdirSync(folder).filter((name) => FILE.test(name));
    // The name begins with the time, so its order is the order of arrival.
    for (const name of names.sort().reverse()) {
      try {
        this.#mails.push(JSON.parse(readFileSync(join(folder, name), 'utf8')));
      } catch {
        process.stderr.write(`mail: ${name} cannot be read and is left out\n`);
      }
    }
  }

  /** Keeps a mail for good before it answers: what SMTP has accepted is not lost. */
  async add(mail: Omit<CaughtMail, 'id' | 'receivedAt'>): Promise<CaughtMail> {
    const now = new Date();
    const order =
      now.getTime().toString(36).padStart(9, '0') + (this.#sequence++ % 1296).toString(36).padStart(2, '0');
    const caught: CaughtMail = {
      id: `${order}-${randomBytes(6).toString('hex')}`,
      receivedAt: now.toISOString(),
      ...mail,
    };
    const file = this.#file(caught.id);
    const handle = await open(`${file}.tmp`, 'w', 0o600);
    try {
      await handle.writeFile(JSON.stringify(caught));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(`${file}.tmp`, file);
    this.#mails.unshift(caught);
    const surplus = this.#mails.splice(this.#limit);
    await Promise.all(surplus.map(({ id }) => rm(this.#file(id), { force: true })));
    return caught;
  }

  /** Newest first. `to` is a whole address; upper and lower case are the same. */
  list(to?: string): CaughtMail[] {
    const wanted = to?.trim().toLowerCase();
    return wanted
      ? this.#mails.filter((mail) => mail.to.some((one) => one.toLowerCase() === wanted))
      : [...this.#mails];
  }

  /** Mails whose recipients, sender or subject contain the words. */
  search(words: string): CaughtMail[] {
    const wanted = words.trim().toLowerCase();
    return this.#mails.filter((mail) =>
      [...mail.to, mail.from, mail.subject].join('\n').toLowerCase().includes(wanted),
    );
  }

  find(id: string): CaughtMail | undefined {
    return this.#mails.find((mail) => mail.id === id);
  }

  async clear(): Promise<number> {
    const gone = this.#mails;
    this.#mails = [];
    await Promise.all(gone.map(({ id }) => rm(this.#file(id), { force: true })));
    return gone.length;
  }

  #file(id: string): string {
    return join(this.#folder, `${id}.json`);
  }
}
