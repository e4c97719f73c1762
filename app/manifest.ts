import type { MetadataRoute } from 'next';
import { paths } from '@/lib/paths';

export default function manifest(): MetadataRoute.Manifest {
  return {
    name: 'Chakravue',
    short_name: 'Chakravue',
    description: 'The software an eye hospital runs its day on.',
    start_url: paths.today,
    display: 'standalone',
    background_color: '#ffffff',
    theme_color: '#0f5f6f',
    icons: [
      { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
      { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
    ],
  };
}
