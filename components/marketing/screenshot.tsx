/** A screenshot of the product itself, in the reader's own colour theme. */
export function Screenshot({ name, alt }: { name: 'today' | 'patients' | 'queue' | 'platform'; alt: string }) {
  const frame = 'h-auto w-full rounded-xl border border-border shadow-overlay';
  return (
    <>
      {/* biome-ignore lint/performance/noImgElement: a static file at its own size; the optimizer is off */}
      <img src={`/screenshots/${name}-light.png`} alt={alt} width={1440} height={900} loading="lazy" className={`${frame} dark:hidden`} />
      {/* biome-ignore lint/performance/noImgElement: a static file at its own size; the optimizer is off */}
      <img src={`/screenshots/${name}-dark.png`} alt={alt} width={1440} height={900} loading="lazy" className={`${frame} hidden dark:block`} />
    </>
  );
}
