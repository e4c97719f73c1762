/** Where a mail server hands over what comes in: the app's address for mail, and its secret. */
export type Inbound = { url: string; secret: string };

/** Mail to `bounce...@` is taken and then reported as undeliverable; mail to `refused...@` is not taken. */
const isBouncing = (address: string): boolean => /^bounce/i.test(address);
export const isRefused = (address: string): boolean => /^refused/i.test(address);

/** A delivery status notification (RFC 3464), as mail servers write it. */
export function bounceReport(sender: string, recipient: string): string {
  return [
    'From: Mail Delivery System <mailer-daemon@mail.test>',
    `To: ${sender}`,
    'Subject: Undelivered Mail Returned to Sender',
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="report"',
    '',
    '--report',
    'Content-Type: text/plain; charset=us-ascii',
    '',
    `Your message to ${recipient} could not be delivered.`,
    '',
    '--report',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mail.test',
    '',
    `Final-Recipient: rfc822; ${recipient}`,
    'Action: failed',
    'Status: 5.1.1',
    `Diagnostic-Code: smtp; 550 5.1.1 <${recipient}>: no such mailbox`,
    '',
    '--report--',
    '',
  ].join('\r\n');
}

/** Hands the reports of a mail over. @returns how many were. */
export async function reportBounces(
  inbound: Inbound | undefined,
  sender: string,
  recipients: readonly string[],
): Promise<number> {
  const bouncing = inbound && sender ? recipients.filter(isBouncing) : [];
  for (const recipient of bouncing) {
    await fetch(inbound?.url ?? '', {
      method: 'POST',
      headers: { authorization: `Bearer ${inbound?.secret ?? ''}`, 'content-type': 'message/rfc822' },
      body: bounceReport(sender, recipient),
    });
  }
  return bouncing.length;
}
