import type { Api } from '../api';
import type { Html } from './html';
import { PAGE_HEADERS } from './layout';

export type Answer = { status: number; headers: Record<string, string>; body: string | Buffer };

/** A page for the browser: synchronous, as all changes of the store are. `form` is the query of a GET. */
export type PageRoute = {
  method: 'GET' | 'POST';
  path: string;
  handle: (api: Api, form: URLSearchParams, id: string) => Answer;
};

export const htmlAnswer = (page: Html, status = 200): Answer => ({
  status,
  headers: PAGE_HEADERS,
  body: page.markup,
});

/** See other: the browser follows with a GET. */
export const redirect = (location: string): Answer => ({
  status: 303,
  headers: { location, 'cache-control': 'no-store' },
  body: '',
});

export const jsonAnswer = (value: unknown, status = 200, headers: Record<string, string> = {}): Answer => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: `${JSON.stringify(value, null, 2)}\n`,
});
