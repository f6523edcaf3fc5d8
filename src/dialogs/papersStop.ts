import type { Said } from '../engine/dialog.ts'

/** «Отмена» loses nothing here, and is told so. */
export const saidStop = (said: Said): boolean =>
  said.kind === 'text' && /^\W*(отмен(а|ить)|стоп|cancel|stop)\W*$/i.test(said.text)
