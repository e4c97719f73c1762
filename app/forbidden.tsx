import { ForbiddenMessage } from '@/components/layout/message-pages';

export default function Forbidden() {
  return <ForbiddenMessage />;
}
