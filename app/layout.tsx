import '@fontsource-variable/inter';
import './globals.css';
import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import { connection } from 'next/server';
import type { ReactNode } from 'react';
import { Toaster } from '@/components/ui/toaster';

export const metadata: Metadata = {
  title: { default: 'Chakravue', template: '%s · Chakravue' },
  description: 'The software an eye hospital runs its day on: patients, appointments, the queue, medicines.',
};

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f9fbfb' },
    { media: '(prefers-color-scheme: dark)', color: '#0e1517' },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  // A static page would carry scripts without this request's nonce and be dead under the content security policy.
  await connection();
  const theme = (await cookies()).get('theme')?.value;
  return (
    <html lang="en" data-theme={theme === 'light' || theme === 'dark' ? theme : undefined} suppressHydrationWarning>
      <body>
        <a
          href="#main"
          className="sr-only focus:not-sr-only focus:fixed focus:left-3 focus:top-3 focus:z-50 focus:rounded-md focus:bg-accent focus:px-4 focus:py-2 focus:text-accent-text"
        >
          Skip to the content
        </a>
        {children}
        <Toaster />
      </body>
    </html>
  );
}
