import { clsx } from 'clsx';
import { NavIcon } from './nav-icon';
import { NavLink } from './nav-link';
import type { NavigationSection } from './navigation';

/** The sections of a navigation. `narrowable` hides the words when the side is narrow. */
export function NavList({
  sections,
  narrowable = false,
}: {
  sections: readonly NavigationSection[];
  narrowable?: boolean;
}) {
  const words = narrowable ? 'nav-narrow:sr-only' : '';
  return (
    <div className="grid gap-5">
      {sections.map((section) => (
        <div key={section.label ?? section.items[0]?.href ?? ''}>
          {section.label ? (
            <p className={clsx('mb-1 px-2.5 font-medium text-text-subtle text-xs', words)}>{section.label}</p>
          ) : null}
          <ul className="grid gap-0.5">
            {section.items.map((item) => (
              <li key={item.href}>
                <NavLink
                  href={item.href}
                  title={item.label}
                  {...(item.exact ? { exact: true } : {})}
                  className={clsx('nav-item', narrowable && 'nav-narrow:justify-center nav-narrow:px-0')}
                >
                  <NavIcon name={item.icon} className="size-4.5 shrink-0" />
                  <span className={clsx('flex-1 truncate', words)}>{item.label}</span>
                  {item.badge === undefined ? null : (
                    <span
                      className={clsx(
                        'rounded-full bg-surface-sunken px-1.5 font-medium text-text-muted text-xs tabular-nums',
                        words,
                      )}
                    >
                      {item.badge}
                    </span>
                  )}
                </NavLink>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}
