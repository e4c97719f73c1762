import { ActionButton } from '@/components/forms/action-button';
import { Alert } from '@/components/ui/alert';
import { buttonClass } from '@/components/ui/button';
import Link from '@/components/ui/link';
import { paths } from '@/lib/paths';
import { withdrawHandoverAction, withdrawOtherHandoverAction } from '../actions';
import type { HandoverOffer } from '../dto';

type HandoverNotesProps = {
  /** The drawer is somebody else's, whose day the person who looks closes. */
  isOther?: boolean;
  /** Of the drawer on this page, which waits for a colleague. */
  ownOffer: HandoverOffer | null;
  /** What colleagues want to hand over to the person who looks. */
  offers: readonly HandoverOffer[];
};

/** What waits for an answer: of a colleague, or of oneself. */
export function HandoverNotes({ ownOffer, offers, isOther = false }: HandoverNotesProps) {
  return (
    <>
      {offers.map(({ id, fromName }) => (
        <Alert
          key={id}
          tone="info"
          className="mb-5"
          title={`${fromName} wants to hand the drawer over to you`}
          action={
            <Link href={paths.handover} className={buttonClass({ size: 'sm' })}>
              Count it
            </Link>
          }
        />
      ))}
      {ownOffer ? (
        <Alert
          tone="warning"
          className="mb-5"
          title={`${ownOffer.toName} is to take over the drawer of ${ownOffer.fromName}`}
          action={
            <ActionButton
              size="sm"
              action={isOther ? withdrawOtherHandoverAction : withdrawHandoverAction}
              fields={{ handoverId: ownOffer.id }}
            >
              Take it back
            </ActionButton>
          }
        >
          It takes no payments until {ownOffer.toName} has counted it, signed in under their own name.
        </Alert>
      ) : null}
    </>
  );
}
