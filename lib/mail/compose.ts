import { inOneLine } from '../plain-name';
import type { Mail } from './send';

const escapeHtml = (text: string): string =>
  text.replace(
    /[&<>"']/g,
    (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[char] ?? char,
  );

/** A plain mail: a greeting, paragraphs, one button. Nothing about a patient ever goes into a mail. */
export function composeMail(input: {
  to: string;
  subject: string;
  name: string;
  paragraphs: string[];
  button?: { label: string; url: string };
  closing?: string;
  /** The organization that it comes from; without one it is from us. */
  sender?: { fromName: string; replyTo?: string };
}): Mail {
  const name = inOneLine(input.name);
  const closing = input.closing ?? 'You receive this because of your account at Chakravue.';
  const text = [
    `Dear ${name},`,
    ...input.paragraphs,
    ...(input.button ? [`${input.button.label}: ${input.button.url}`] : []),
    closing,
  ].join('\n\n');
  const paragraphs = input.paragraphs.map((line) => `<p>${escapeHtml(line)}</p>`).join('');
  const button = input.button
    ? `<p style="margin:28px 0"><a href="${escapeHtml(input.button.url)}" style="background:#0f5f6f;color:#fff;padding:12px 20px;border-radius:8px;text-decoration:none;font-weight:600">${escapeHtml(input.button.label)}</a></p><p style="color:#5b6b70;font-size:13px">Or open this address: ${escapeHtml(input.button.url)}</p>`
    : '';
  const html = `<!doctype html><html lang="en"><body style="font-family:system-ui,sans-serif;line-height:1.5;color:#14252a;max-width:560px;margin:0 auto;padding:24px"><p style="font-weight:700">${escapeHtml(inOneLine(input.sender?.fromName ?? 'Chakravue'))}</p><p>Dear ${escapeHtml(name)},</p>${paragraphs}${button}<p style="color:#5b6b70;font-size:13px">${escapeHtml(closing)}</p></body></html>`;
  const { sender } = input;
  return {
    to: input.to,
    subject: inOneLine(input.subject),
    text,
    html,
    ...(sender ? { fromName: inOneLine(sender.fromName) } : {}),
    ...(sender?.replyTo ? { replyTo: sender.replyTo } : {}),
  };
}
