import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { DESCRIPTION } from '@/app/description';
import { PublicFooter, PublicHeader } from '@/components/layout/public-header';

// What a link to a page looks like where it is shared; nobody shares a page that needs a session.
export const metadata: Metadata = {
  openGraph: { siteName: 'Chakravue', type: 'website', description: DESCRIPTION },
  twitter: { card: 'summary_large_image' },
};

export default function PublicLayout({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col">
      <PublicHeader />
      <main id="main" className="flex flex-1 flex-col">
        {children}
      </main>
      <PublicFooter />
    </div>
  );
}
