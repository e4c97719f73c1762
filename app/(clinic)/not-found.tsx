import { NotFoundMessage } from '@/components/layout/message-pages';

/** Inside the shell: the way on stays in sight. */
export default function Page() {
  return <NotFoundMessage insideShell />;
}
