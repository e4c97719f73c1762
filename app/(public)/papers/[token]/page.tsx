import type { Metadata } from 'next';
import { isPaperToken } from '@/features/record/paper-links/queries';
import { OpenPaperForm } from '@/features/record/paper-links/ui/open-paper-form';

export const metadata: Metadata = {
  title: 'A paper for you',
  robots: { index: false },
  // The address is half of the key to the paper.
  referrer: 'no-referrer',
};

/** What a hospital has sent to a patient as a link. */
export default async function SharedPaperPage({ params }: PageProps<'/papers/[token]'>) {
  const { token } = await params;
  const isUsable = isPaperToken(token);
  return (
    <div className="mx-auto w-full max-w-3xl px-5 py-12">
      <h1 className="mb-6 text-center font-semibold text-2xl tracking-tight print:hidden">
        {isUsable ? 'A paper for you' : 'This link can no longer be used'}
      </h1>
      {isUsable ? (
        <OpenPaperForm token={token} />
      ) : (
        <p className="text-center text-text-muted">
          It may be older than a week, or not whole. Ask the hospital to send it again.
        </p>
      )}
    </div>
  );
}
