import './globals.css';
import type { Metadata, Viewport } from 'next';
import localFont from 'next/font/local';
import { cookies } from 'next/headers';
import { connection } from 'next/server';
import type { ReactNode } from 'react';
import { Toaster } from '@/components/ui/toaster';
import { env } from '@/lib/env';
import { DESCRIPTION } from './description';

// The address is known where the product runs, not where it was built.
export const generateMetadata = (): Metadata => ({
  metadataBase: new URL(env().NEXTAUTH_URL),
  title: { default: 'Chakravue: software for eye hospitals', template: '%s · Chakravue' },
  description: DESCRIPTION,
  applicationName: 'Chakravue',
  formatDetection: { telephone: false, email: false, address: false },
});

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#141f22' },
  ],
};

const inter = localFont({
  src: '../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
  variable: '--font-inter',
  weight: '100 900',
  display: 'swap',
});

// Names with letters beyond Western Europe's: fetched only by a page that has one.
const interExtended = localFont({
  src: '../node_modules/@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2',
  variable: '--font-inter-ext',
  weight: '100 900',
  display: 'swap',
  preload: false,
  adjustFontFallback: false,
  declarations: [
    {
      prop: 'unicode-range',
      value:
        'U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+0304,U+0308,U+0329,U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+2020,U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF',
    },
  ],
});

export default async function RootLayout({ children }: { children: ReactNode }) {
  // A static page would carry scripts without this request's nonce and be dead under the content security
  // policy.
  await connection();
  const jar = await cookies();
  const theme = jar.get('theme')?.value;
  return (
    <html
      lang="en"
      className={`${inter.variable} ${interExtended.variable}`}
      data-theme={theme === 'light' || theme === 'dark' ? theme : 'system'}
      data-navigation={jar.get('navigation')?.value === 'narrow' ? 'narrow' : 'wide'}
      suppressHydrationWarning
    >
      <body>
        <a
          href="#main"
          className="sr-only focus:not-sr-only focus:fixed focus:top-3 focus:left-3 focus:z-50 focus:rounded-md focus:bg-accent focus:px-4 focus:py-2 focus:font-medium focus:text-accent-text"
        >
          Skip to the content
        </a>
        {children}
        <Toaster />
      </body>
    </html>
  );
}
