// Runs as a thread of its own (lib/mail/parse.ts): a mail that takes long, or grows large, costs nobody but
// itself.
const { createRequire } = require('node:module');
const { join } = require('node:path');
const { parentPort, workerData } = require('node:worker_threads');

/** @type {typeof import('mailparser')} */
const { simpleParser } = createRequire(join(process.cwd(), 'package.json'))('mailparser');

/** A mail of HTML alone, in characters: its text is made of it, which costs time by its length. */
const MAX_HTML = 1024 * 1024;
/** What is kept of a text; a message of a ticket is far shorter. */
const MAX_TEXT = 200_000;

/** @param {import('mailparser').ParsedMail} mail @param {string} name */
const headerOf = (mail, name) => String(mail.headers.get(name) ?? '').toLowerCase();

/** The part of a report of a mail server that programs read. @param {import('mailparser').ParsedMail} mail */
const statusOf = (mail) =>
  mail.attachments
    .find(({ contentType }) => contentType === 'message/delivery-status')
    ?.content.toString('utf8');

/** @param {Buffer} raw */
async function parse(raw) {
  const mail = await simpleParser(raw, {
    skipImageLinks: true,
    skipTextToHtml: true,
    skipTextLinks: true,
    maxHtmlLengthToParse: MAX_HTML,
    keepDeliveryStatus: true,
  });
  return {
    from: mail.from?.value[0]?.address,
    messageId: mail.messageId,
    submitted: headerOf(mail, 'auto-submitted'),
    precedence: headerOf(mail, 'precedence'),
    text: (mail.text ?? '').slice(0, MAX_TEXT),
    deliveryStatus: statusOf(mail)?.slice(0, MAX_TEXT),
    // What was attached first, then pictures within the text: those may be a signature's.
    files: [...mail.attachments]
      .sort((a, b) => Number(a.related ?? false) - Number(b.related ?? false))
      .flatMap(({ filename = '', content }) =>
        Buffer.isBuffer(content) ? [{ name: filename, content }] : [],
      ),
  };
}

parse(Buffer.from(workerData)).then(
  (mail) => parentPort?.postMessage(mail),
  () => parentPort?.postMessage(null),
);
