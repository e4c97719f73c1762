import { NotFoundMessage } from '@/components/layout/message-pages';
import { paths } from '@/lib/paths';

export default function NotFound() {
  return <NotFoundMessage href={paths.home} />;
}
