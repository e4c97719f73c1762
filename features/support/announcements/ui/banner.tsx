import { ActionButton } from '@/components/forms/action-button';
import { Alert } from '@/components/ui/alert';
import { Icon } from '@/components/ui/icon';
import { dismissAnnouncementAction } from '../actions';
import type { ShownAnnouncement } from '../queries';

/** What the company tells everybody who works here. */
export function AnnouncementBanner({ announcement }: { announcement: ShownAnnouncement }) {
  return (
    <Alert
      tone={announcement.kind === 'maintenance' ? 'warning' : 'info'}
      title={announcement.title}
      className="no-print rounded-none border-x-0 border-t-0"
      action={
        announcement.canDismiss ? (
          <ActionButton
            action={dismissAnnouncementAction}
            fields={{ announcementId: announcement.id }}
            variant="ghost"
            size="icon-sm"
            aria-label={`Put away “${announcement.title}”`}
          >
            <Icon of="x" />
          </ActionButton>
        ) : null
      }
    >
      {announcement.text}
    </Alert>
  );
}
