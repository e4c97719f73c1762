import { Children, cloneElement, isValidElement, type ReactNode, type SyntheticEvent } from 'react';

type Handler = (event: SyntheticEvent) => void;
type Given = Record<string, unknown>;

/**
 * The one element that is given, with what its place adds: handlers run after the element's own. Radix' Slot
 * does this and more, and weighs more than a button on every page that has one.
 */
export function slotted(children: ReactNode, added: Given): ReactNode {
  // What a server component sends may still be on its way: as an array it is waited for.
  const [child] = Children.toArray(children);
  if (!isValidElement<Given>(child)) throw new Error('One element is needed here');
  const own = child.props;
  const joined = Object.entries(added).map(([name, value]) => [name, joinedWith(own[name], value)]);
  return cloneElement(child, Object.fromEntries(joined));
}

function joinedWith(own: unknown, added: unknown): unknown {
  if (typeof own !== 'function' || typeof added !== 'function') return added;
  const [first, second] = [own, added] as [Handler, Handler];
  return (event: SyntheticEvent) => {
    first(event);
    second(event);
  };
}
