import 'server-only';
import { lookup, resolveSrv } from 'node:dns/promises';
import { isIP } from 'node:net';
import { ConnectionString } from 'mongodb-connection-string-url';
import { AppError } from '../../errors';
import { areInsidersAllowed } from '../../outside/database-gate';
import { isOutside } from '../../outside/ranges';

/** The form field that it is typed into; its name says that it is never sent back. */
const SECRET_FIELD = 'connectionSecret';

/** A connection string that cannot be taken, with what to do next. */
export const refusal = (sentence: string, cause?: unknown): AppError =>
  new AppError('INVALID_INPUT', sentence, { field: SECRET_FIELD, ...(cause ? { cause } : {}) });

/** Everything else could read our files, weaken TLS or acknowledge what is not written. */
const OPTIONS: Readonly<Record<string, RegExp>> = {
  authSource: /^[\w-]{1,63}$/,
  authMechanism: /^(DEFAULT|SCRAM-SHA-1|SCRAM-SHA-256)$/,
  replicaSet: /^[\w-]{1,63}$/,
  tls: /^(true|false)$/,
  ssl: /^(true|false)$/,
  retryWrites: /^true$/,
  w: /^majority$/,
  directConnection: /^(true|false)$/,
  appName: /^.{0,128}$/,
};
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1)$/;
const RESERVED: readonly string[] = ['admin', 'local', 'config'];

const hostName = (host: string): string => host.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');

export type ExternalAddress = Readonly<{
  hosts: readonly string[];
  isSrv: boolean;
  databaseName: string;
  username: string;
  password: string;
  /** Without credential and database, as a placement's target has it. */
  address: string;
}>;

function parse(text: string): ConnectionString {
  const trimmed = text.trim();
  if (!/^mongodb(\+srv)?:\/\//.test(trimmed))
    throw refusal('Begin with mongodb:// or mongodb+srv://, as your database’s provider shows it.');
  try {
    return new ConnectionString(trimmed);
  } catch (error) {
    throw refusal(
      'This is not a connection string. Copy it again; special characters of the password must be percent-encoded.',
      error,
    );
  }
}

function assertOptions(uri: ConnectionString): void {
  for (const [name, value] of uri.searchParams) {
    const known = Object.entries(OPTIONS).find(([one]) => one.toLowerCase() === name.toLowerCase());
    if (!known) throw refusal(`Leave out the option ${name}; it is not taken here.`);
    if (!known[1].test(value)) throw refusal(`The option ${name} cannot have this value. Leave it out.`);
  }
}

function assertTls(uri: ConnectionString): void {
  const options = uri.typedSearchParams<{ tls?: string; ssl?: string }>();
  const [tls, ssl] = [options.get('tls'), options.get('ssl')];
  if (tls && ssl && tls !== ssl)
    throw refusal('The options tls and ssl contradict each other. Leave ssl out.');
  const said = tls ?? ssl;
  const isOn = said ? said === 'true' : uri.isSRV;
  const isLocal = !uri.isSRV && uri.hosts.every((host) => LOOPBACK.test(hostName(host)));
  if (!isOn && !isLocal) throw refusal('Add tls=true: patient data travels encrypted or not at all.');
}

/** Takes a customer's connection string apart. @throws AppError INVALID_INPUT with what to change. */
export function parseExternal(text: string): ExternalAddress {
  const uri = parse(text);
  assertOptions(uri);
  assertTls(uri);
  if (!uri.username || !uri.password)
    throw refusal(
      'Put user name and password into the connection string: mongodb://user:password@host/database.',
    );
  const databaseName = decodeURIComponent(uri.pathname.slice(1));
  if (!/^[A-Za-z][\w-]{0,62}$/.test(databaseName) || RESERVED.includes(databaseName))
    throw refusal('Name a database of its own after the host: mongodb://user:password@host/chakravue.');
  const { hosts, isSRV: isSrv } = uri;
  const username = decodeURIComponent(uri.username);
  const password = decodeURIComponent(uri.password);
  uri.searchParams.delete('appName');
  uri.username = '';
  uri.password = '';
  uri.pathname = '/';
  return { hosts, isSrv, databaseName, username, password, address: uri.toString() };
}

async function addressesOf(host: string): Promise<readonly string[]> {
  if (isIP(host)) return [host];
  try {
    return (await lookup(host, { all: true })).map(({ address }) => address);
  } catch (error) {
    throw refusal(`The name ${host} is not known. Check it for a typing mistake.`, error);
  }
}

/** Refuses servers that only we can reach. @throws AppError INVALID_INPUT. */
export async function assertOutside({ hosts, isSrv }: ExternalAddress): Promise<void> {
  let names = hosts.map(hostName);
  if (isSrv) {
    const [first = ''] = names;
    const records = await resolveSrv(`_mongodb._tcp.${first}`).catch((error: unknown) => {
      throw refusal(`The name ${first} has no servers behind it. Check it for a typing mistake.`, error);
    });
    names = records.map(({ name }) => name);
  }
  for (const name of names) {
    const addresses = await addressesOf(name);
    if (!addresses.every((address) => isOutside(address, areInsidersAllowed())))
      throw refusal(`${name} is a private address. Give one that can be reached from the internet.`);
  }
}
