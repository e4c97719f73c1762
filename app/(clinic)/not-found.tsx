import { NotFoundMessage } from '@/components/layout/message-pages';
import { paths } from '@/lib/paths';

/** Inside the shell: the way on stays in sight. */
export default function Page() {
  return <NotFoundMessage href={paths.today} insideShell />;
}
