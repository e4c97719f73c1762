import { NotFoundMessage } from '@/components/layout/message-pages';

export default function NotFound() {
  return <NotFoundMessage />;
}
