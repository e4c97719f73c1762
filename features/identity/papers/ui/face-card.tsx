import type { Face } from '@/features/identity/face/dto';

/** How a hospital shows itself: logo, names, and what is written under them. */
export function FaceCard({ face, as: Heading = 'p' }: { face: Face; as?: 'h1' | 'p' }) {
  return (
    <div className="grid justify-items-center gap-2 text-center">
      {face.logo ? (
        // On white in the dark too: logos are drawn for paper.
        // biome-ignore lint/performance/noImgElement: it is a part of this answer, and no address of its own
        <img
          src={`data:image/png;base64,${face.logo}`}
          alt=""
          style={{ background: '#fff' }}
          className="max-h-20 max-w-48 rounded-md object-contain p-1"
        />
      ) : null}
      <Heading className="font-semibold text-2xl text-text tracking-tight">{face.name}</Heading>
      {face.secondName ? <p className="text-lg text-text">{face.secondName}</p> : null}
      {face.lines.length > 0 ? (
        <address className="text-[0.8125rem] text-text-muted not-italic">
          {face.lines.map((line) => (
            <span key={line} className="block">
              {line}
            </span>
          ))}
        </address>
      ) : null}
    </div>
  );
}
