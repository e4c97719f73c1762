import 'server-only';
import type { AuditChange } from './entry';

/** Which databases hold notes of an action that have still to be taken into a log. */
export type NotePlace = 'organization' | 'master';

/**
 * The audit entry of one action while it runs. The gate makes it with the name of the action and puts it on
 * the context; services add what they change; `auditedWrite` and `auditedMasterWrite` store it in the
 * transaction of the change.
 */
export class AuditDraft {
  readonly action: string;
  /** An organization that the company's people act on; absent where the log is the organization's own. */
  readonly organizationId: string | undefined;
  /** `<user>:<key>` of the press that runs the action, stored with its change. */
  readonly requestId: string | undefined;
  readonly #givenTarget: string | undefined;
  #target: string | undefined;
  readonly #changes = new Map<string, AuditChange>();
  readonly #written = new Set<NotePlace>();

  constructor(
    action: string,
    about: {
      target?: string | undefined;
      organizationId?: string | undefined;
      requestId?: string | undefined;
    } = {},
  ) {
    this.action = action;
    this.organizationId = about.organizationId;
    this.requestId = about.requestId;
    this.#givenTarget = about.target;
    this.#target = about.target;
  }

  /** `patient:<id>`, at most 200 characters; never a name. */
  get target(): string | undefined {
    return this.#target?.slice(0, 200);
  }

  get changes(): AuditChange[] {
    return [...this.#changes.values()];
  }

  /**
   * Where committed transactions have left notes. Empty when the action changed nothing in a database of
   * ours.
   */
  get written(): ReadonlySet<NotePlace> {
    return this.#written;
  }

  /** Names the record, where the input of the action cannot: one that the transaction makes. */
  about(target: string): void {
    this.#target = target;
  }

  /** Of the given fields, these changes and no others. */
  note(fields: readonly string[], changes: readonly AuditChange[]): void {
    for (const field of fields) this.#changes.delete(field);
    for (const change of changes) this.#changes.set(change.field, change);
  }

  /** Forgets what was said: a transaction begins, maybe not for the first time. */
  begin(): void {
    this.#changes.clear();
    this.#target = this.#givenTarget;
  }

  committed(place: NotePlace): void {
    this.#written.add(place);
    this.begin();
  }
}
