import { createRequire } from 'node:module'

export type Face = 'regular' | 'bold'

const require = createRequire(import.meta.url)

/**
 * PT Sans was made for Russian; the system's own fonts are not asked, so that what is drawn is the same on every machine. Fails where the
 * file is missing. It is asked for when something is drawn, not at the start: without its fonts the product goes on talking, in words.
 */
export const fontFile = (face: Face): string => files[face]()

const files: Record<Face, () => string> = {
  regular: () => require.resolve('@expo-google-fonts/pt-sans/400Regular/PTSans_400Regular.ttf'),
  bold: () => require.resolve('@expo-google-fonts/pt-sans/700Bold/PTSans_700Bold.ttf'),
}
