import type { InboundFile } from '../engine/event.ts'
import type { EffectContext } from './context.ts'
import { wantFiles } from './wantFiles.ts'

/** Notes photos of meters. Answers their ids, in order. */
export const keepPhoto = (context: EffectContext, { files }: { files: InboundFile[] }): Promise<string[]> =>
  wantFiles(context, files)
