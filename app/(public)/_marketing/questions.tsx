import { Icon } from '@/components/ui/icon';

const QUESTIONS = [
  {
    question: 'How soon can we start?',
    answer:
      'When the payment has gone through, your database is made while you watch, usually within a minute. Then you sign in, invite your staff and register the first patient.',
  },
  {
    question: 'Who can see our patients?',
    answer:
      'Your staff, each by role. Your records live in a database of their own, and the sign-in of another hospital is refused by the database server itself. The pages on which we run the company hold no patient data.',
  },
  {
    question: 'What happens when a payment fails?',
    answer:
      'You keep working while the card is put right. If an invoice stays open for long, your organization becomes read-only: everything can still be seen, printed and exported.',
  },
  {
    question: 'Can we change the plan later?',
    answer:
      'Yes. A bigger plan counts as soon as the payment is confirmed. A smaller one deletes nothing; it only stops growth until you are within its limits.',
  },
  {
    question: 'Do we have to install anything?',
    answer:
      'No. It runs in the browser on the computers, tablets and phones that you have, and on any screen for the waiting room.',
  },
] as const;

/** What people ask before they sign up. Opens without script. */
export function Questions() {
  return (
    <div className="divide-y divide-border rounded-xl border border-border bg-surface-raised">
      {QUESTIONS.map(({ question, answer }) => (
        <details key={question} className="group px-5 py-1">
          <summary className="flex list-none items-center justify-between gap-4 py-3.5 font-medium text-[0.9375rem] text-text [&::-webkit-details-marker]:hidden">
            {question}
            <Icon
              of="chevron-down"
              className="size-4.5 shrink-0 text-text-subtle transition-transform group-open:rotate-180"
            />
          </summary>
          <p className="max-w-2xl pb-4 text-pretty text-[0.9375rem] text-text-muted leading-relaxed">
            {answer}
          </p>
        </details>
      ))}
    </div>
  );
}
