import 'server-only';
import { AppError } from '@/lib/errors';
import { isDrawable } from '@/lib/pdf/png';
import { drawLogo } from '@/lib/pictures/thread';

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47]);
const JPEG = Buffer.from([0xff, 0xd8, 0xff]);
/** What an SVG may not say: text that grows when it is read, and whatever lies outside of it. */
const OUTSIDE =
  /<!ENTITY|<script|<foreignObject|@import|(?:href|src)\s*=\s*["']?\s*(?!["'#]|data:image\/(?:png|jpeg))/i;

/** Of the picture that is stored: it stands on each paper and in the sign-in page. */
const MOST_BYTES = 200_000;

const refused = (sentence: string): AppError => new AppError('INVALID_INPUT', sentence, { field: 'logo' });

function assertKnown(bytes: Buffer): void {
  const isPicture = bytes.subarray(0, 4).equals(PNG) || bytes.subarray(0, 3).equals(JPEG);
  if (isPicture) return;
  const text = bytes.toString('utf8');
  if (
    !/^\s*(?:<\?xml|<!--|<!DOCTYPE svg|<svg)/i.test(text.replace(/^\uFEFF/, '')) ||
    !/<svg[\s>]/i.test(text)
  )
    throw refused('Choose a PNG, a JPEG or an SVG.');
  if (OUTSIDE.test(text))
    throw refused('This SVG has scripts or parts that lie elsewhere. Save it as a PNG and choose that.');
}

/**
 * A logo as it is kept: drawn again by us as a PNG of at most 480 pixels, so that nothing but the picture is
 * left of the file.
 * @param base64 a PNG, JPEG or SVG
 * @throws AppError INVALID_INPUT for anything else, and for what does not let itself be drawn.
 */
export async function redrawLogo(base64: string): Promise<string> {
  const bytes = Buffer.from(base64, 'base64');
  assertKnown(bytes);
  const drawn = await drawLogo(bytes);
  if (!drawn) throw refused('This picture cannot be read. Save it again, or choose another one.');
  const png = Buffer.from(drawn);
  if (png.length > MOST_BYTES || !isDrawable(png))
    throw refused('This picture has too many colours for a logo. Choose a simpler one.');
  return png.toString('base64');
}
