import { parsed } from './settingShapes.ts'

const words = (given: string): string[] => given.trim().split(/\s+/)

/** How files of residents are looked at. */
export const fileShape = {
  VIRUS_SCAN_COMMAND: parsed(words, 'a command and its arguments, such as clamdscan --no-summary -').optional(),
}
