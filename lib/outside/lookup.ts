import 'server-only';
import { lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { isOutside } from './ranges';

/** An address that must not be asked. */
export class InsideAddress extends Error {
  override name = 'InsideAddress';
}

type Resolve = typeof lookup;

/**
 * For `lookup` of a connection: the address that was checked is the one that is connected to, because a
 * second look at the DNS could say another. Refuses a name as soon as one of its addresses is inside.
 */
export const guardedLookup =
  (areInsidersAllowed: () => boolean, resolve: Resolve = lookup): LookupFunction =>
  (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      const first = addresses?.[0];
      if (error || !first) return callback(error ?? new InsideAddress(`${hostname} has no address`), '', 0);
      if (addresses.some(({ address }) => !isOutside(address, areInsidersAllowed())))
        return callback(new InsideAddress(`${hostname} is an address inside`), '', 0);
      return options.all ? callback(null, addresses) : callback(null, first.address, first.family);
    });
  };

/** A connection does not look up what is an address already, so that is asked here. */
export const isForbiddenLiteral = (host: string, allowInsiders: boolean): boolean =>
  isIP(host) !== 0 && !isOutside(host, allowInsiders);
