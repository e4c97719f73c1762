import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { ActionButton } from '@/components/forms/action-button';
import { Section } from '@/components/ui/card';
import { Icon } from '@/components/ui/icon';
import Link from '@/components/ui/link';
import { paths } from '@/lib/paths';
import { putListAwayAction } from '../actions';
import type { StartStep, StartStepId } from '../policy';

const STEPS: Record<StartStepId, { title: string; text: string; href: string }> = {
  letterhead: {
    title: 'Write your letterhead',
    text: 'Name, address and logo of everything that is printed.',
    href: paths.letterhead,
  },
  prices: {
    title: 'Make your price list',
    text: 'Start from the services of an eye hospital, or from a spreadsheet.',
    href: paths.priceList,
  },
  staff: {
    title: 'Invite your staff',
    text: 'Doctors, optometrists, reception and pharmacy each see what they need.',
    href: paths.staff,
  },
  hours: {
    title: 'Set the hours of your doctors',
    text: 'Weekdays, breaks and the length of a slot: booking offers the free times.',
    href: paths.schedules,
  },
  stock: {
    title: 'Fill the pharmacy',
    text: 'Start from a list of common eye medicines, then take in what is on the shelf.',
    href: paths.medicines,
  },
  'second-factor': {
    title: 'Protect your own account',
    text: 'With a second factor nobody gets in who knows your password.',
    href: paths.secondFactorSetup,
  },
  patient: {
    title: 'Register the first patient',
    text: 'Name, number, birth and sex are enough.',
    href: paths.newPatient,
  },
  appointment: {
    title: 'Book the first appointment',
    text: 'Choose a doctor and one of the free times.',
    href: paths.newAppointment,
  },
};

/** What a new hospital does first. */
export function StartList({
  steps,
  canPutAway,
  children,
}: {
  steps: readonly StartStep[];
  canPutAway: boolean;
  /** What else helps to begin. */
  children?: ReactNode;
}) {
  const done = steps.filter(({ isDone }) => isDone).length;
  return (
    <Section
      title="Set up your hospital"
      description={`${done} of ${steps.length} done`}
      flush
      actions={
        canPutAway ? (
          <ActionButton action={putListAwayAction} size="sm" variant="ghost">
            Put the list away
          </ActionButton>
        ) : null
      }
    >
      <ol className="divide-y divide-border">
        {steps.map(({ id, isDone }, index) => {
          const { title, text, href } = STEPS[id];
          return (
            <li
              key={id}
              className="relative flex items-center gap-3 px-4 py-3 has-[a]:hover:bg-surface-hover sm:px-5"
            >
              <span
                aria-hidden="true"
                className={clsx(
                  'grid size-6 shrink-0 place-items-center rounded-full font-semibold text-xs',
                  isDone
                    ? 'bg-success text-surface-raised'
                    : 'bg-surface-sunken text-text-muted ring-1 ring-border',
                )}
              >
                {isDone ? <Icon of="check" className="size-3.5 stroke-3" /> : index + 1}
              </span>
              <div className="min-w-0 flex-1">
                {isDone ? (
                  <p className="text-text-muted">
                    {title}
                    <span className="sr-only">, done</span>
                  </p>
                ) : (
                  <>
                    <Link href={href} className="font-medium text-text after:absolute after:inset-0">
                      {title}
                    </Link>
                    <p className="text-text-muted">{text}</p>
                  </>
                )}
              </div>
              {isDone ? null : <Icon of="chevron-right" className="size-4 shrink-0 text-text-subtle" />}
            </li>
          );
        })}
      </ol>
      {children}
    </Section>
  );
}
