/** What every server action answers. `values` is what was typed, without secrets, so that a form keeps it. */
export type ActionResult<T = unknown> =
  | { status: 'idle' }
  | { status: 'ok'; data: T; message?: string }
  | {
      status: 'invalid';
      fieldErrors: Record<string, string[]>;
      values: Record<string, string>;
      message?: string;
    }
  | { status: 'error'; code: string; message: string; requestId?: string; values: Record<string, string> };

/** A server action as a form or a button calls it. */
export type FormAction<T> = (previous: ActionResult<T>, form: FormData) => Promise<ActionResult<T>>;
