import { describe, expect, it } from 'vitest';
import {
  canRate,
  canReply,
  dueAt,
  fillAnswer,
  isAddressOf,
  judgeAttachment,
  mentionedIn,
  pauseClock,
  resumeClock,
  startClock,
  TARGETS,
  usedOf,
  type WorkingHours,
  warnAt,
  withoutQuote,
} from './policy';
import { replyTicketInput } from './schema';

/** Friday, 5 June 2026, in a country that is 5:30 before UTC the whole year. */
const KOLKATA: WorkingHours = { timeZone: 'Asia/Kolkata', from: '09:00', to: '17:00' };
const ist = (text: string): Date => new Date(`${text}:00+05:30`);
const { starter, professional, enterprise } = TARGETS;
const hours = (count: number) => count * 3_600_000;

describe('a clock that respects working hours', () => {
  it('counts half an hour on Friday, nothing over the weekend, and the rest from Monday', () => {
    const clock = startClock(ist('2026-06-05T16:30'));
    expect(usedOf(clock, ist('2026-06-08T08:59'), professional, KOLKATA)).toBe(hours(0.5));
    expect(usedOf(clock, ist('2026-06-08T10:00'), professional, KOLKATA)).toBe(hours(1.5));
    expect(dueAt(clock, professional, KOLKATA)).toEqual(ist('2026-06-08T16:30'));
    expect(warnAt(clock, professional, KOLKATA)).toEqual(ist('2026-06-08T14:30'));
    expect(dueAt(clock, starter, KOLKATA)).toEqual(ist('2026-06-09T16:30'));
  });

  it('begins on Monday morning for what comes on Friday evening or on Sunday', () => {
    for (const at of ['2026-06-05T17:30', '2026-06-06T11:00', '2026-06-07T23:59', '2026-06-08T03:00'])
      expect(dueAt(startClock(ist(at)), professional, KOLKATA)).toEqual(ist('2026-06-08T17:00'));
  });

  it('knows no night for Enterprise', () => {
    const clock = startClock(ist('2026-06-06T23:50'));
    expect(dueAt(clock, enterprise, KOLKATA)).toEqual(ist('2026-06-07T00:50'));
    expect(usedOf(clock, ist('2026-06-07T00:20'), enterprise, KOLKATA)).toBe(hours(0.5));
  });

  it('stands still in a pause and goes on with what is left', () => {
    const paused = pauseClock(
      startClock(ist('2026-06-04T15:00')),
      ist('2026-06-04T16:00'),
      professional,
      KOLKATA,
    );
    expect(paused).toEqual({ usedMs: hours(1), runningSince: null });
    expect(dueAt(paused, professional, KOLKATA)).toBeNull();
    expect(warnAt(paused, professional, KOLKATA)).toBeNull();
    expect(usedOf(paused, ist('2026-06-20T12:00'), professional, KOLKATA)).toBe(hours(1));
    // Back on Saturday: seven hours of Monday are left.
    const again = resumeClock(paused, ist('2026-06-06T12:00'));
    expect(dueAt(again, professional, KOLKATA)).toEqual(ist('2026-06-08T16:00'));
    // A second message while it runs changes nothing.
    expect(resumeClock(again, ist('2026-06-08T10:00'))).toEqual(again);
  });

  it('is due at once when all of it is used up', () => {
    const late = resumeClock({ usedMs: hours(9), runningSince: null }, ist('2026-06-08T10:00'));
    expect(dueAt(late, professional, KOLKATA)).toEqual(ist('2026-06-08T10:00'));
  });

  it('counts eight hours of a working day on both sides of a clock change', () => {
    const berlin: WorkingHours = { timeZone: 'Europe/Berlin', from: '09:00', to: '17:00' };
    // The clocks go forward in the night to Sunday, 29 March 2026: 16:00 is 15:00 UTC before and 14:00 UTC
    // after.
    const clock = startClock(new Date('2026-03-27T15:00:00Z'));
    expect(dueAt(clock, professional, berlin)).toEqual(new Date('2026-03-30T14:00:00Z'));
    expect(usedOf(clock, new Date('2026-03-31T15:00:00Z'), professional, berlin)).toBe(hours(1 + 8 + 8));
  });
});

describe('a ticket', () => {
  const now = new Date('2026-06-30T00:00:00Z');
  it('goes on with a reply for 30 days after it was solved', () => {
    const solvedAt = new Date('2026-06-01T00:00:00Z');
    expect(canReply({ status: 'solved', solvedAt }, now)).toBe(true);
    expect(canReply({ status: 'solved', solvedAt }, new Date('2026-07-01T00:00:00Z'))).toBe(false);
    expect(canReply({ status: 'open', solvedAt: null }, now)).toBe(true);
  });
  it('is rated once, when it is solved', () => {
    expect(canRate({ status: 'solved', rating: null })).toBe(true);
    expect(canRate({ status: 'solved', rating: { isGood: true } })).toBe(false);
    expect(canRate({ status: 'open', rating: null })).toBe(false);
  });
});

describe('an attachment', () => {
  const judge = (name: string, claimedType: string, foundType?: string) =>
    judgeAttachment({ name, claimedType, foundType });
  it.each([
    ['screen.png', 'image/png', 'image/png'],
    ['letter.pdf', '', 'application/pdf'],
    ['printer.log', 'application/octet-stream', 'text/plain'],
    ['notes.TXT', 'text/plain; charset=utf-8', 'text/plain'],
  ])('%s, claimed as %s with content %s, may be kept', (name, claimed, found) => {
    expect(judge(name, claimed, found)).toEqual({ type: found });
  });
  it.each([
    ['eye.dcm', '', 'application/dicom', 'We cannot keep eye.dcm. At most 5 files of 10 MiB each'],
    ['setup.exe', '', 'application/x-msdownload', 'We cannot keep setup.exe.'],
    ['page.html', 'text/html', 'text/plain', 'is not what its name says: its content is a text file'],
    ['screen.png', 'image/png', 'application/pdf', 'is not what its name says: its content is a PDF'],
    ['x.txt', '', 'constructor', 'We cannot keep x.txt.'],
  ])('%s, claimed as %s with content %s, may not', (name, claimed, found, sentence) => {
    expect(judge(name, claimed, found)).toEqual({ problem: expect.stringContaining(sentence) });
  });
  it('is posted by its id, at most five of them, each once, and none that is still on its way', () => {
    const ids = (count: number) => Array.from({ length: count }, (_, index) => String(index).repeat(24));
    const reply = (attachmentIds?: unknown) =>
      replyTicketInput.safeParse({ ticketId: '0'.repeat(24), message: 'x', attachmentIds });
    expect(reply().data?.attachmentIds).toEqual([]);
    expect(reply(ids(5)).data?.attachmentIds).toEqual(ids(5));
    for (const wrong of [
      ids(6),
      ['0'.repeat(24), '0'.repeat(24)],
      ['on its way'],
      '0'.repeat(24),
      [{ $ne: null }],
    ])
      expect(reply(wrong).success, JSON.stringify(wrong)).toBe(false);
  });
});

it('fills a saved answer and leaves words that it does not know', () => {
  const values = { name: 'Asha', organization: 'Drishti {{name}}', ticket: '17' };
  expect(fillAnswer('Dear {{name}} of {{organization}}: {{ticket}} {{secret}}', values)).toBe(
    'Dear Asha of Drishti {{name}}: 17 {{secret}}',
  );
});

it('knows the mailbox of a person also with a tag, and nobody else', () => {
  expect(isAddressOf('owner@h.test', ' Owner+Support@h.test')).toBe(true);
  for (const other of ['owner@h.test.evil', 'owner+x@evil.test', '+owner@h.test', 'own+er@h.test@h.test'])
    expect(isAddressOf('owner@h.test', other), other).toBe(false);
});

it.each([
  ['a line of dashes', `Hello\n${'-'.repeat(199_990)}x`],
  ['many who say whom they quote', 'On abcde wrote:\n'.repeat(12_500)],
  ['the same between empty lines', '\nOn abcde wrote:\n'.repeat(11_700)],
  ['heads of mails', 'Hello\n> x\nFrom: a\n'.repeat(9_000)],
  ['spaces', `Hello\n${' '.repeat(199_990)}x`],
  ['a long sentence of them', `On ${'schrieb '.repeat(24_000)}x`],
])('is done soon with %s, as long as a mail may be', (_name, mail) => {
  const before = process.cpuUsage().user;
  withoutQuote(mail);
  // In microseconds of the processor: a machine with other work is not slow for that.
  expect(process.cpuUsage().user - before).toBeLessThan(700_000);
});

it.each([
  ['Thanks.\r\n\r\nOn Mon, 8 Jun 2026 at 10:00, Chakravue <s@x.test> wrote:\r\n> old', 'Thanks.'],
  ['Thanks.\n\nOn Mon, 8 Jun 2026 at 10:00,\nChakravue <s@x.test> wrote:\n> old', 'Thanks.'],
  ['It works\n> quoted\nnow', 'It works\nnow'],
  ['Yes\n-----Original Message-----\nFrom: x', 'Yes'],
  ['On Monday we open at nine.', 'On Monday we open at nine.'],
  ['> only a quote', ''],
  ['Am So., 29. Nov. 2026 um 10:00 schrieb Chakravue <s@x.test>:\n> alt\n\nJa, bitte.', 'Ja, bitte.'],
  ['Oui.\n\nLe dim. 29 nov. 2026 à 10:00, Chakravue <s@x.test> a écrit :\nancien', 'Oui.'],
  ['हाँ\n\nरवि, 29 नव॰ 2026 को 10:00 बजे Chakravue <s@x.test> ने लिखा:\n> पुराना', 'हाँ'],
  ['Yes\n\n*From:* Chakravue <s@x.test>\n*Sent:* Monday\n*To:* me\nold', 'Yes'],
  ['Yes\n\nFrom: Chakravue\nSent: Monday, 8 June 2026\nTo: me\nold', 'Yes'],
  [
    'Hi,\nOn Tue, 2011-03-01 at 18:02 +0530, A. K. wrote:\n> question\n\nYou can list the keys.',
    'Hi,\n\nYou can list the keys.',
  ],
  ['On Mon, 8 Jun 2026, Chakravue wrote:\n> first\nOne.\n> second\nTwo.', 'One.\nTwo.'],
  ['On Mon, 8 Jun 2026, Chakravue wrote:\nquestion\nanswer below', 'question\nanswer below'],
  ['The printer says:\nFrom: the tray is empty', 'The printer says:\nFrom: the tray is empty'],
])('takes from a mail %j what was written anew', (mail, text) => {
  expect(withoutQuote(mail)).toBe(text);
});

describe('whom a note names', () => {
  const people = ['Priya Nair', 'Sunil Rao', 'Sunil', 'Asha Rao', 'Ann', 'Anna'].map((name) => ({ name }));
  const named = (text: string) => mentionedIn(text, people).map(({ name }) => name);

  it('is who has the whole name, or the first name that only one of them has', () => {
    expect(named('@Priya Nair, please look')).toEqual(['Priya Nair']);
    expect(named('please, @priya.')).toEqual(['Priya Nair']);
    expect(named('@Sunil Rao and @Asha')).toEqual(['Sunil Rao', 'Asha Rao']);
    expect(named('@Priya and again @Priya Nair')).toEqual(['Priya Nair']);
  });

  it('is the longest name that is there, and nobody whose name only begins alike', () => {
    expect(named('@Anna')).toEqual(['Anna']);
    expect(named('@Ann!')).toEqual(['Ann']);
    expect(named('@Annabel')).toEqual([]);
    expect(named('@Priyanka')).toEqual([]);
  });

  it('is nobody in an address or in text without the sign', () => {
    expect(named('write to sunil@priya.example or info.@Asha')).toEqual([]);
    expect(named('Priya Nair said so')).toEqual([]);
    expect(named('@')).toEqual([]);
  });
});
