import { makeApi } from './api';
import { ApiError } from './errors';
import { letTimePass } from './flows/time';
import { newId } from './ids';
import { Store, type StoredAccount } from './store';
import { type WebhookOptions, WebhookSender } from './webhooks';

/** One of Stripe's accounts: what it holds, who may ask, and how its events leave. */
export type Account = {
  facts: StoredAccount;
  store: Store;
  sender: WebhookSender;
  /** An endpoint that was configured outside of the API. */
  webhook: WebhookOptions | null;
};

/** What a new account is. */
export type AccountFields = {
  secretKey: string;
  name?: string | undefined;
  country?: string | undefined;
  currency?: string | undefined;
};

/**
 * Every account that there is, each with a journal of its own: nothing of one is found with the key of
 * another. The first is the one that the emulator was started with; it remembers the others.
 */
export class Accounts {
  readonly main: Account;
  #others = new Map<string, Account>();

  constructor(
    readonly file: string,
    secretKey: string,
    webhook: WebhookOptions | null,
  ) {
    const facts = { id: 'acct_local', name: 'Chakravue', country: 'US', currency: 'usd', secretKey };
    this.main = this.#open(facts, new Store(file), webhook);
    for (const known of this.main.store.newest('accounts').reverse()) this.#take(known);
  }

  get all(): Account[] {
    return [this.main, ...this.#others.values()];
  }

  /** The account of a secret key. @throws ApiError 401 */
  of(key: string): Account {
    const found = this.all.find(({ facts }) => facts.secretKey === key);
    if (found) return found;
    const message = key
      ? `Invalid API Key provided: ${key.slice(0, 8)}${'*'.repeat(Math.max(4, Math.min(24, key.length - 8)))}`
      : 'You did not provide an API key. Provide it in the Authorization header, as a bearer token.';
    throw new ApiError(401, { type: 'invalid_request_error', message });
  }

  /** The account whose payment page this is; the first where there is none. */
  holding(checkoutId: string): Account {
    return this.all.find(({ store }) => store.get('checkouts', checkoutId)) ?? this.main;
  }

  /** Makes an account, or gives the one that has this key. */
  add(fields: AccountFields): StoredAccount {
    const known = this.all.find(({ facts }) => facts.secretKey === fields.secretKey);
    if (known) return known.facts;
    const facts: StoredAccount = {
      id: newId('acct', 16),
      name: fields.name ?? 'Hospital',
      country: fields.country ?? 'IN',
      currency: fields.currency ?? 'inr',
      secretKey: fields.secretKey,
    };
    this.main.store.atomically(() => this.main.store.put('accounts', facts.id, facts));
    return this.#take(facts).facts;
  }

  wake(): void {
    for (const { sender } of this.all) sender.wake();
  }

  letTimePass(baseUrl: string): void {
    for (const account of this.all) account.store.atomically(() => letTimePass(makeApi(account, baseUrl)));
    this.wake();
  }

  async close(): Promise<void> {
    for (const { sender, store } of this.all) {
      await sender.stop();
      store.close();
    }
  }

  #open(facts: StoredAccount, store: Store, webhook: WebhookOptions | null): Account {
    return { facts, store, webhook, sender: new WebhookSender(store, webhook) };
  }

  #take(facts: StoredAccount): Account {
    const account = this.#open(facts, new Store(`${this.file}.${facts.id}`), null);
    this.#others.set(facts.id, account);
    return account;
  }
}
