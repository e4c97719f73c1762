import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Alert } from '@/components/ui/alert';
import { legalDocument } from '@/features/subscription/agreements/documents';
import { isLegalPage } from '@/features/subscription/agreements/policy';
import { LegalText } from '@/features/subscription/agreements/ui/legal-text';
import { paths } from '@/lib/paths';
import { formatDay } from '@/lib/time';

type Props = PageProps<'/legal/[page]'>;

async function documentOf({ params }: Props) {
  const { page } = await params;
  return isLegalPage(page) ? legalDocument(page) : notFound();
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { slug, title, description } = await documentOf(props);
  return { title, description, alternates: { canonical: paths.legal(slug) } };
}

export default async function LegalPage(props: Props) {
  const { title, version, blocks, placeholders } = await documentOf(props);
  return (
    <article className="mx-auto w-full max-w-3xl px-5 py-14">
      <h1 className="text-3xl font-semibold tracking-tight">{title}</h1>
      <p className="mt-2 text-text-muted">Version of {formatDay(version)}</p>
      {placeholders.length > 0 ? (
        <Alert tone="warning" className="mt-6">
          A draft: what is marked is not filled in yet. On a public address the product does not start with
          it.
        </Alert>
      ) : null}
      <div className="mt-6">
        <LegalText title={title} blocks={blocks} />
      </div>
    </article>
  );
}
