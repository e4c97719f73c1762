import { ForbiddenMessage } from '@/components/layout/message-pages';
import { paths } from '@/lib/paths';

export default function Forbidden() {
  return <ForbiddenMessage href={paths.today} />;
}
