/** A running server. `stop` ends only what was started here; `ended` gives the exit code of a server that died. */
export type Database = {
  uri: string;
  engine: string;
  version: string;
  stop: () => Promise<void>;
  /** SIGKILL; there where the server was started here. */
  kill?: () => Promise<void>;
  ended?: Promise<number | null>;
};
/** `dataDir` holds the data and the root password; `port` 0 or missing picks a free one. */
export type Options = { dataDir: string; port?: number; log?: (line: string) => void };
/** Answers null when it has nothing to offer on this machine, and throws when it has but it fails. */
export type Source = (options: Required<Options>) => Promise<Database | null>;

export class DatabaseError extends Error {}
export const sources: Record<'configured' | 'mongod' | 'secantusdb' | 'download', Source>;
export function start(options: Options): Promise<Database>;
