import Stripe from 'stripe';
import { type Delivery, NORMAL_DELIVERY, type Store } from './store';

/** Half a second at first, because the receiver is usually only restarting; then calmer, for three days. */
const RETRY_DELAYS_MS: readonly number[] = [500, 1_000, 2_000, 5_000, 10_000, 30_000];
const LAST_DELAY_MS = 60_000;
const GIVE_UP_AFTER_MS = 3 * 86_400_000;
const TIMEOUT_MS = 10_000;
/** How long a slow receiver may hold up the first attempt of the next event. */
const ORDER_GRACE_MS = 1_000;

export type WebhookOptions = { url: string; secret: string; retryDelaysMs?: readonly number[] };

/** Sends what waits in the store's deliveries until each is answered with 2xx. */
export class WebhookSender {
  #inFlight = new Map<string, Promise<void>>();
  #timer: NodeJS.Timeout | undefined;
  #isRunning = false;
  #isStopped = false;
  #abort = new AbortController();
  #stripe = new Stripe('sk_test_signs_only');

  constructor(
    readonly store: Store,
    /** The endpoint that was configured outside of the API. */
    readonly configured: WebhookOptions | null,
  ) {}

  /** Looks for deliveries that are due; call it after each change. */
  wake(): void {
    if (this.#isRunning || this.#isStopped) return;
    this.#isRunning = true;
    void this.#run().finally(() => {
      this.#isRunning = false;
      this.#schedule();
    });
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    this.#abort.abort();
    await Promise.allSettled(this.#inFlight.values());
  }

  #plan = () => this.store.get('deliveryPlan', 'plan') ?? NORMAL_DELIVERY;

  #waiting(): Delivery[] {
    if (this.#plan().hold) return [];
    return this.store
      .newest('deliveries')
      .filter(({ id, state }) => state === 'pending' && !this.#inFlight.has(id))
      .reverse();
  }

  async #run(): Promise<void> {
    for (;;) {
      const ready = this.#waiting().filter(({ nextAttemptAt }) => (nextAttemptAt ?? 0) <= Date.now());
      const due = ready[this.#plan().shuffle ? Math.floor(Math.random() * ready.length) : 0];
      if (!due || this.#isStopped) return;
      const attempt = this.#attempt(due).finally(() => this.#inFlight.delete(due.id));
      this.#inFlight.set(due.id, attempt);
      void attempt.then(() => this.wake());
      // One after the other, so that a receiver sees them in the order in which they happened.
      let grace: NodeJS.Timeout | undefined;
      await Promise.race([attempt, new Promise((resolve) => (grace = setTimeout(resolve, ORDER_GRACE_MS)))]);
      clearTimeout(grace);
    }
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    if (this.#isStopped) return;
    const next = Math.min(...this.#waiting().map(({ nextAttemptAt }) => nextAttemptAt ?? 0));
    if (Number.isFinite(next)) this.#timer = setTimeout(() => this.wake(), Math.max(10, next - Date.now()));
  }

  async #attempt(delivery: Delivery): Promise<void> {
    const event = this.store.get('events', delivery.event);
    if (!event) return this.#save({ ...delivery, state: 'failed', lastError: 'The event is gone.' });
    const target = this.#targetOf(delivery);
    if (!target) return this.#save({ ...delivery, state: 'failed', lastError: 'The endpoint is gone.' });
    const payload = JSON.stringify(event, null, 2);
    let status: number | null = null;
    let error: string | null = null;
    try {
      const answer = await fetch(target.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
          'stripe-signature': this.#stripe.webhooks.generateTestHeaderString({
            payload,
            secret: target.secret,
          }),
        },
        body: payload,
        redirect: 'manual',
        signal: AbortSignal.any([AbortSignal.timeout(TIMEOUT_MS), this.#abort.signal]),
      });
      status = answer.status;
      await answer.arrayBuffer();
    } catch (cause) {
      error = cause instanceof Error ? describe(cause) : String(cause);
    }
    // Stopped in the middle: the next start tries again, and the attempt does not count.
    if (this.#isStopped && status === null) return;
    this.#save(this.#after(delivery, status, error));
  }

  #targetOf({ endpoint }: Delivery): { url: string; secret: string } | null {
    if (!endpoint) return this.configured;
    const found = this.store.get('webhookEndpoints', endpoint);
    return found ? { url: found.endpoint.url, secret: found.secret } : null;
  }

  #after(delivery: Delivery, status: number | null, error: string | null): Delivery {
    const now = Date.now();
    const next: Delivery = {
      ...delivery,
      attempts: delivery.attempts + 1,
      lastStatus: status,
      lastError: error,
    };
    if (status !== null && status >= 200 && status < 300) {
      return { ...next, state: 'delivered', deliveredAt: now, nextAttemptAt: null };
    }
    if (now - delivery.createdAt > GIVE_UP_AFTER_MS) return { ...next, state: 'failed', nextAttemptAt: null };
    const delays = this.configured?.retryDelaysMs ?? RETRY_DELAYS_MS;
    return { ...next, nextAttemptAt: now + (delays[delivery.attempts] ?? LAST_DELAY_MS) };
  }

  #save(delivery: Delivery): void {
    this.store.atomically(() => {
      this.store.put('deliveries', delivery.id, delivery);
      const event = this.store.get('events', delivery.event);
      if (event && delivery.state !== 'pending')
        this.store.put('events', event.id, { ...event, pending_webhooks: 0 });
    });
  }
}

function describe(error: Error): string {
  const cause = error.cause instanceof Error ? error.cause.message : '';
  return cause ? `${error.message}: ${cause}` : error.message;
}
