import { TZDate } from '@date-fns/tz';
import { FILE_TYPES, judgeBy } from '@/features/patients/files/policy';
import type { AttachmentType, PlanId } from '@/lib/master/vocabulary';
import { formatBytes } from '@/lib/money';
import { dayOf, shiftDay } from '@/lib/time';
import { instantAt } from '@/lib/wall-clock';

export const TICKET_CATEGORIES = {
  question: 'A question',
  problem: 'Something does not work',
  billing: 'Billing and plan',
  access: 'Sign-in and access',
  idea: 'An idea or a wish',
} as const;
export type TicketCategory = keyof typeof TICKET_CATEGORIES;

export const TICKET_PRIORITIES = { low: 'Low', normal: 'Normal', high: 'High', urgent: 'Urgent' } as const;
export type TicketPriority = keyof typeof TICKET_PRIORITIES;

/** `open`: it is the company's turn. `waiting`: it is the customer's. */
export const TICKET_STATUSES = { open: 'Open', waiting: 'Waiting for customer', solved: 'Solved' } as const;
export type TicketStatus = keyof typeof TICKET_STATUSES;

/** Shown to both sides, each known by its content. */
export const ATTACHMENT_TYPES: Record<AttachmentType, { name: string; extensions: readonly string[] }> = {
  'image/png': FILE_TYPES['image/png'],
  'image/jpeg': FILE_TYPES['image/jpeg'],
  'image/webp': FILE_TYPES['image/webp'],
  'application/pdf': FILE_TYPES['application/pdf'],
  'text/plain': { name: 'text file', extensions: ['txt', 'log'] },
};
/** The middleware lets as much pass for the addresses that take them. */
export const ATTACHMENT_MAX_BYTES = 10 * 1024 * 1024;
export const ATTACHMENTS_MAX = 5;
export const ATTACHMENTS_SENTENCE = `At most ${ATTACHMENTS_MAX} files of ${formatBytes(ATTACHMENT_MAX_BYTES)} each: PNG, JPEG or WebP images, PDF, or plain text.`;
export const judgeAttachment = judgeBy<AttachmentType>(ATTACHMENT_TYPES, ATTACHMENTS_SENTENCE);

/** How soon the company answers: minutes that are counted in working hours, or around the clock. */
export type Target = { minutes: number; counted: 'working' | 'always'; words: string };

const WORKING_DAY_MINUTES = 8 * 60;
export const TARGETS: Record<PlanId, Target> = {
  starter: { minutes: 2 * WORKING_DAY_MINUTES, counted: 'working', words: 'within two working days' },
  professional: { minutes: WORKING_DAY_MINUTES, counted: 'working', words: 'within 8 working hours' },
  enterprise: { minutes: 60, counted: 'always', words: 'within one hour, day and night' },
};

/** What a target says to the customer. */
function targetWords(minutes: number, counted: Target['counted']): string {
  const hours = minutes / 60;
  const time = minutes < 60 ? `${minutes} minutes` : hours === 1 ? 'one hour' : `${hours} hours`;
  return counted === 'always'
    ? `within ${time}, day and night`
    : `within ${time.replace('hour', 'working hour')}`;
}

/** The promise of the plan, or what was agreed instead. */
export const targetOf = (
  plan: PlanId,
  agreed?: { minutes: number; counted: Target['counted'] } | null,
): Target => (agreed ? { ...agreed, words: targetWords(agreed.minutes, agreed.counted) } : TARGETS[plan]);

/** When the company works: Monday to Friday, from and to as `HH:mm` on the clock of a time zone. */
export type WorkingHours = { timeZone: string; from: string; to: string };

/**
 * What is left of a working day's hours from `from` on, as instants; null on a day off. Right across clock
 * changes.
 */
function shiftOf(day: string, hours: WorkingHours): { start: Date; end: Date } | null {
  const weekday = new TZDate(instantAt(day, '12:00', hours.timeZone), hours.timeZone).getDay();
  if (weekday === 0 || weekday === 6) return null;
  return { start: instantAt(day, hours.from, hours.timeZone), end: instantAt(day, hours.to, hours.timeZone) };
}

const MINUTE_MS = 60_000;
/** A clock that runs for longer than this is counted no further. */
const DAYS_LOOKED_AT = 400;

/** Milliseconds of working time between two instants. */
function workingMs(from: Date, to: Date, hours: WorkingHours): number {
  let sum = 0;
  let day = dayOf(from, hours.timeZone);
  for (let looked = 0; looked < DAYS_LOOKED_AT && day <= dayOf(to, hours.timeZone); looked++) {
    const shift = shiftOf(day, hours);
    if (shift) {
      const [start, end] = [
        Math.max(shift.start.getTime(), from.getTime()),
        Math.min(shift.end.getTime(), to.getTime()),
      ];
      sum += Math.max(0, end - start);
    }
    day = shiftDay(day, 1);
  }
  return sum;
}

/** The instant at which so much working time has passed. */
function afterWorkingMs(from: Date, ms: number, hours: WorkingHours): Date {
  let left = ms;
  let day = dayOf(from, hours.timeZone);
  for (let looked = 0; looked < DAYS_LOOKED_AT; looked++) {
    const shift = shiftOf(day, hours);
    if (shift) {
      const start = Math.max(shift.start.getTime(), from.getTime());
      const there = Math.max(0, shift.end.getTime() - start);
      if (left <= there) return new Date(start + left);
      left -= there;
    }
    day = shiftDay(day, 1);
  }
  return new Date(from.getTime() + ms);
}

/** Runs while it is the company's turn; what it has counted before is kept in a pause. */
export type Clock = { usedMs: number; runningSince: Date | null };

const passed = (from: Date, to: Date, target: Target, hours: WorkingHours): number =>
  target.counted === 'always' ? Math.max(0, to.getTime() - from.getTime()) : workingMs(from, to, hours);

export const startClock = (now: Date): Clock => ({ usedMs: 0, runningSince: now });

export const usedOf = (
  { usedMs, runningSince }: Clock,
  now: Date,
  target: Target,
  hours: WorkingHours,
): number => usedMs + (runningSince ? passed(runningSince, now, target, hours) : 0);

export const pauseClock = (clock: Clock, now: Date, target: Target, hours: WorkingHours): Clock => ({
  usedMs: usedOf(clock, now, target, hours),
  runningSince: null,
});

export const resumeClock = (clock: Clock, now: Date): Clock => ({
  ...clock,
  runningSince: clock.runningSince ?? now,
});

/** When the target is missed if nobody answers; null in a pause. */
export function dueAt({ usedMs, runningSince }: Clock, target: Target, hours: WorkingHours): Date | null {
  if (!runningSince) return null;
  const left = Math.max(0, target.minutes * MINUTE_MS - usedMs);
  return target.counted === 'always'
    ? new Date(runningSince.getTime() + left)
    : afterWorkingMs(runningSince, left, hours);
}

/** When the company is warned: a quarter of the target before it is missed. */
export function warnAt(clock: Clock, target: Target, hours: WorkingHours): Date | null {
  if (!clock.runningSince) return null;
  const early = { ...target, minutes: target.minutes * 0.75 };
  return dueAt(clock, early, hours);
}

/** Solved tickets take a reply as a reason to go on, until they are old: then a new one is opened. */
const REOPEN_DAYS = 30;
export const canReply = (ticket: { status: TicketStatus; solvedAt: Date | null }, now: Date): boolean =>
  ticket.status !== 'solved' ||
  !ticket.solvedAt ||
  now.getTime() - ticket.solvedAt.getTime() < REOPEN_DAYS * 24 * 60 * MINUTE_MS;

export const canRate = (ticket: { status: TicketStatus; rating: unknown }): boolean =>
  ticket.status === 'solved' && !ticket.rating;

/** `{{name}}`, `{{organization}}` and `{{ticket}}` in a saved answer; another word stays as it is written. */
export const fillAnswer = (
  text: string,
  values: Record<'name' | 'organization' | 'ticket', string>,
): string =>
  text.replace(/\{\{(name|organization|ticket)\}\}/g, (_all, key: keyof typeof values) => values[key]);

/** Whether a mail comes from this address, also with a tag behind a plus: that is the same mailbox. */
export function isAddressOf(emailKey: string, from: string): boolean {
  const address = from.trim().toLowerCase();
  return address === emailKey || address.replace(/\+[^@]*(?=@)/, '') === emailKey;
}

/** A line, or two, in which a mail program says whom it quotes; people end a sentence otherwise. */
const SAYS_WHO =
  /^(?:(?:On|Am|Le|El|Il|Em|Op)\b.{5,200}(?:wrote|schrieb.{0,80}|a écrit|escribió|ha scritto|escreveu|schreef.{0,80})|.{5,200}ने (?:यह )?लिखा)\s?:$/s;
/** Where a program copies the head of the mail that it answers, and all of it below, without marks. */
const SEPARATOR = /^(?:-{2,}\s*\S.{0,60}\s*-{2,}|_{10,})$/;
/** No program writes a longer one; and its dashes could be read in as many ways as their square. */
const LONGEST_RULE = 200;
const HEAD_LINE =
  /^\*?(From|Von|De|Da|Sent|Gesendet|Envoyé|Date|Datum|To|An|À|Para|Subject|Betreff|Objet|Asunto)\s?:\*?\s?\S/i;
const isMarked = (line: string): boolean => /^\s*>/.test(line);

/** How many lines from here on say whom is quoted; 0 for what somebody has written. */
function introduction(lines: readonly string[], at: number): number {
  const [line = '', next = ''] = [lines[at]?.trim(), lines[at + 1]?.trim()];
  if (SAYS_WHO.test(line)) return 1;
  return line && next && !isMarked(next) && SAYS_WHO.test(`${line} ${next}`) ? 2 : 0;
}

/** Whether what follows is a mail as it was sent, with its head: two lines of it or more. */
function isCopiedMail(lines: readonly string[], at: number): boolean {
  const line = lines[at]?.trim() ?? '';
  const heads = lines.slice(at, at + 6).filter((one) => HEAD_LINE.test(one.trim())).length;
  if (HEAD_LINE.test(line)) return heads >= 2 || /^From: .+@.+$/.test(line);
  return (
    line.length <= LONGEST_RULE &&
    SEPARATOR.test(line) &&
    (heads >= 1 || /original message/i.test(line) || /^_/.test(line))
  );
}

/**
 * What a person wrote in a reply by mail, above, between or below what it quotes. What is quoted without
 * marks ends the reply, but for a reply that would then be empty: too much is read, nothing is lost.
 */
export function withoutQuote(text: string): string {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  const kept: string[] = [];
  let hasWritten = false;
  const lastMarked = lines.findLastIndex(isMarked);
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (isMarked(line)) continue;
    const said = introduction(lines, at);
    const isUnmarked = said > 0 && lastMarked < at + said;
    if (hasWritten && (isUnmarked || isCopiedMail(lines, at))) break;
    if (said > 0) at += said - 1;
    else kept.push(line);
    hasWritten ||= said === 0 && line.trim() !== '';
  }
  return kept
    .join('\n')
    .trim()
    .replace(/\n{3,}/g, '\n\n');
}

/**
 * Whom a note names: `@` and a whole name, or a first name that only one of them has. The longest name counts
 * where one begins as another, and what follows must not go on as a word.
 */
export function mentionedIn<T extends { name: string }>(text: string, people: readonly T[]): T[] {
  const first = ({ name }: T): string => name.split(/\s+/)[0] ?? name;
  const isOnly = (one: T): boolean =>
    people.filter((other) => first(other).toLowerCase() === first(one).toLowerCase()).length === 1;
  const names = people
    .flatMap((person) => [
      { person, name: person.name.toLowerCase() },
      ...(isOnly(person) ? [{ person, name: first(person).toLowerCase() }] : []),
    ])
    .sort((a, b) => b.name.length - a.name.length);
  const found = new Set<T>();
  for (const { index } of text.matchAll(/(?<![\p{L}\p{N}.])@/gu)) {
    const rest = text.slice(index + 1).toLowerCase();
    const match = names.find(
      ({ name }) => rest.startsWith(name) && !/^[\p{L}\p{N}]/u.test(rest.slice(name.length)),
    );
    if (match) found.add(match.person);
  }
  return [...found];
}
