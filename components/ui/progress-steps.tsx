import { Check, LoaderCircle, TriangleAlert } from 'lucide-react';
import { cn } from './cn';

export type ProgressStep = { label: string; state: 'done' | 'current' | 'todo' | 'trouble' };

export function ProgressSteps({ steps }: { steps: readonly ProgressStep[] }) {
  return (
    <ol className="space-y-3">
      {steps.map((step) => (
        <li key={step.label} aria-current={step.state === 'current' ? 'step' : undefined} className="flex items-center gap-3">
          <span
            className={cn(
              'grid size-6 shrink-0 place-items-center rounded-full border',
              step.state === 'done' && 'border-success bg-success-soft text-success-text',
              step.state === 'current' && 'border-accent text-accent-strong',
              step.state === 'todo' && 'border-border text-text-subtle',
              step.state === 'trouble' && 'border-warning bg-warning-soft text-warning-text',
            )}
          >
            {step.state === 'done' ? <Check className="size-3.5" aria-hidden /> : null}
            {step.state === 'current' ? <LoaderCircle className="size-3.5 animate-spin" aria-hidden /> : null}
            {step.state === 'trouble' ? <TriangleAlert className="size-3.5" aria-hidden /> : null}
          </span>
          <span className={step.state === 'todo' ? 'text-text-muted' : 'font-medium'}>{step.label}</span>
          <span className="sr-only">{step.state === 'done' ? 'done' : step.state === 'current' ? 'in progress' : step.state === 'trouble' ? 'being tried again' : 'to come'}</span>
        </li>
      ))}
    </ol>
  );
}
