import { renderAsync } from '@resvg/resvg-js'
import { fontFile } from '../fontFiles.ts'

/** An SVG's picture, drawn beside the main thread. Fails without the fonts: a picture whose words are missing tells nothing. */
export async function pngOf(svg: string): Promise<Uint8Array> {
  const fontFiles = [fontFile('regular'), fontFile('bold')]
  const picture = await renderAsync(svg, {
    font: { fontFiles, loadSystemFonts: false, defaultFontFamily: 'PT Sans' },
  })
  return picture.asPng()
}
