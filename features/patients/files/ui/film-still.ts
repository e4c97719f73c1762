const SIDE = 384;
const PATIENCE_MS = 5_000;
/** The first picture of a film is often black. */
const AT_SECONDS = 1;

export const isFilm = ({ name, type }: Pick<File, 'name' | 'type'>): boolean =>
  type.startsWith('video/') || /\.(mp4|m4v)$/i.test(name);

/** A picture out of a film, for its place in the list; null where this browser cannot play it. */
export async function stillOf(file: File): Promise<Blob | null> {
  if (!isFilm(file)) return null;
  const address = URL.createObjectURL(file);
  const film = document.createElement('video');
  const patience = new Promise<null>((resolve) => setTimeout(() => resolve(null), PATIENCE_MS));
  try {
    return await Promise.race([drawn(film, address), patience]);
  } catch {
    return null;
  } finally {
    film.removeAttribute('src');
    film.load();
    URL.revokeObjectURL(address);
  }
}

async function drawn(film: HTMLVideoElement, address: string): Promise<Blob | null> {
  film.muted = true;
  film.preload = 'auto';
  film.src = address;
  await happens(film, 'loadeddata');
  if (film.duration > 0) {
    film.currentTime = Math.min(AT_SECONDS, film.duration / 2);
    await happens(film, 'seeked');
  }
  const scale = SIDE / Math.max(film.videoWidth, film.videoHeight, 1);
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(film.videoWidth * scale);
  canvas.height = Math.round(film.videoHeight * scale);
  canvas.getContext('2d')?.drawImage(film, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.8));
}

const happens = (film: HTMLVideoElement, event: 'loadeddata' | 'seeked'): Promise<void> =>
  new Promise((resolve, reject) => {
    film.addEventListener(event, () => resolve(), { once: true });
    film.addEventListener('error', () => reject(new Error('it cannot be played here')), { once: true });
  });
