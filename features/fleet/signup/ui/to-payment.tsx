'use client';
import { SubmitButton } from '@/components/forms/action-form';
import { Button } from '@/components/ui/button';

/** The button of a form that ends on Stripe's page; it keeps its place while the browser goes there. */
export function ToPayment({ isLeaving, label }: { isLeaving: boolean; label: string }) {
  return isLeaving ? (
    <Button variant="primary" size="lg" pending className="w-full">
      Opening the payment page
    </Button>
  ) : (
    <SubmitButton size="lg" className="w-full">
      {label}
    </SubmitButton>
  );
}
