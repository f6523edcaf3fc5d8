import { createRequire } from 'node:module'
import { renderAsync } from '@resvg/resvg-js'

const require = createRequire(import.meta.url)

/** PT Sans was made for Russian; the system's own fonts are not asked, so that a picture is the same on every machine. */
const fontFiles = [
  require.resolve('@expo-google-fonts/pt-sans/400Regular/PTSans_400Regular.ttf'),
  require.resolve('@expo-google-fonts/pt-sans/700Bold/PTSans_700Bold.ttf'),
]

/** An SVG's picture, drawn beside the main thread. */
export async function pngOf(svg: string): Promise<Uint8Array> {
  const picture = await renderAsync(svg, {
    font: { fontFiles, loadSystemFonts: false, defaultFontFamily: 'PT Sans' },
  })
  return picture.asPng()
}
