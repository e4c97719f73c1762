import 'server-only';

type SessionRow = {
  _id: string;
  createdAt: Date;
  expiresAt: Date;
  ip?: string | null;
  userAgent?: string | null;
};

/**
 * "Firefox on Windows" from what the browser says about itself; a hint for the person, nothing decides by it.
 */
function deviceName(userAgent: string): string {
  const browser = /Edg\//.test(userAgent)
    ? 'Edge'
    : /Firefox\//.test(userAgent)
      ? 'Firefox'
      : /Chrome\//.test(userAgent)
        ? 'Chrome'
        : /Safari\//.test(userAgent)
          ? 'Safari'
          : 'Unknown browser';
  const system = /iPhone|iPad/.test(userAgent)
    ? 'iOS'
    : /Android/.test(userAgent)
      ? 'Android'
      : /Windows/.test(userAgent)
        ? 'Windows'
        : /Mac OS X/.test(userAgent)
          ? 'macOS'
          : /Linux/.test(userAgent)
            ? 'Linux'
            : null;
  return system ? `${browser} on ${system}` : browser;
}

/** An open session. `id` is a reference for ending it, not the session id that the cookie carries. */
export const toSession = (row: SessionRow, reference: string, isCurrent: boolean) => ({
  id: reference,
  device: deviceName(row.userAgent ?? ''),
  ip: row.ip ?? '',
  startedAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
  isCurrent,
});
export type Session = ReturnType<typeof toSession>;
