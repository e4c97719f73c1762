import { LOGO_PIXELS, MOST_LOGO_BYTES } from '../policy';

const asAddress = (file: File): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });

const contentOf = (address: string): string => address.split(',')[1] ?? '';
/** The last side fits whatever is drawn: four bytes a pixel. */
const SIDES = [LOGO_PIXELS, 360, 240, 160];

/**
 * A picture as the form sends it: the file as it is where it is small, else drawn smaller in the browser.
 * What is kept of it the server draws by itself.
 * @returns base64. @throws what the browser says of a file that it cannot draw
 */
export async function shrinkLogo(file: File): Promise<string> {
  const address = await asAddress(file);
  if (file.size <= MOST_LOGO_BYTES) return contentOf(address);
  const picture = new Image();
  picture.src = address;
  await picture.decode();
  const longer = Math.max(picture.naturalWidth, picture.naturalHeight);
  let drawn = '';
  for (const side of SIDES) {
    const scale = Math.min(1, side / longer);
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(picture.naturalWidth * scale));
    canvas.height = Math.max(1, Math.round(picture.naturalHeight * scale));
    canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    drawn = contentOf(canvas.toDataURL('image/png'));
    if (drawn.length * 0.75 <= MOST_LOGO_BYTES) break;
  }
  return drawn;
}
