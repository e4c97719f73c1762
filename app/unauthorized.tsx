import { UnauthorizedMessage } from '@/components/layout/message-pages';
import { paths } from '@/lib/paths';

export default function Unauthorized() {
  return <UnauthorizedMessage href={paths.login} />;
}
