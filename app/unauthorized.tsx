import { UnauthorizedMessage } from '@/components/layout/message-pages';

export default function Unauthorized() {
  return <UnauthorizedMessage />;
}
