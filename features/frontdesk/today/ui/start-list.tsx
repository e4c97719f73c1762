import { Check, ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { Section } from '@/components/ui/card';
import { cn } from '@/components/ui/cn';
import { paths } from '@/lib/paths';
import type { StartStep } from '../policy';

const STEPS: Record<StartStep['id'], { title: string; text: string; href: string }> = {
  staff: {
    title: 'Invite your staff',
    text: 'Doctors, optometrists, reception and pharmacy each see what they need.',
    href: paths.staff,
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
  medicine: {
    title: 'Add medicines',
    text: 'Start from a list of common eye medicines, or write your own.',
    href: paths.medicines,
  },
};

/** What a new hospital does first. */
export function StartList({ steps }: { steps: readonly StartStep[] }) {
  const done = steps.filter(({ isDone }) => isDone).length;
  return (
    <Section title="Set up your hospital" description={`${done} of ${steps.length} done`} flush>
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
                className={cn(
                  'grid size-6 shrink-0 place-items-center rounded-full font-semibold text-xs',
                  isDone
                    ? 'bg-success text-surface-raised'
                    : 'bg-surface-sunken text-text-muted ring-1 ring-border',
                )}
              >
                {isDone ? <Check className="size-3.5" strokeWidth={3} /> : index + 1}
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
              {isDone ? null : (
                <ChevronRight aria-hidden="true" className="size-4 shrink-0 text-text-subtle" />
              )}
            </li>
          );
        })}
      </ol>
    </Section>
  );
}
